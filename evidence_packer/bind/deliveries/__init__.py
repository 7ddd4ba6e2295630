"""One file per way to hand evidence over."""
