"""What is kept: database, tables, ledgers, keys, drafts, objects, retention, backup."""
