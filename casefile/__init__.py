"""The floor of words: every name the other packages share. Pure data and pure functions, nothing below it."""
