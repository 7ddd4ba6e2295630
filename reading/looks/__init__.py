"""What a page looks like beside its text: bar codes, sharpness, exposure, flaws, hashes."""
