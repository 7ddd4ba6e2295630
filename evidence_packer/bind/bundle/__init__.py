"""The evidence PDF: stamped, assembled, fitted and proved."""
