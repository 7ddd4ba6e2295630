"""Picture work inside the guarded child: segments, chunks, turning, encoding, camera data."""
