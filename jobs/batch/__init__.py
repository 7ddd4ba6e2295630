"""Many cases: rows of a sheet, the archive beside it, and the sheet back."""
