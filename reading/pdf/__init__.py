"""PDF work inside the guarded child: clean, judge fidelity, rasterise, read the text layer."""
