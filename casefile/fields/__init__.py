"""The fields of a case, one file per subject matter."""
