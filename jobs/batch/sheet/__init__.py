"""Spreadsheets in and out: tables become cases, results go back into the same workbook."""
