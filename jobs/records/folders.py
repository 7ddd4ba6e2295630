"""Folder names of packs for one subject: the second, different pack is ``_v2``; the same pack again keeps its name."""

import hashlib
from collections.abc import Callable, Iterable


def contents(files: Iterable[tuple[str, str]]) -> str:
    """One SHA-256 over the files of a pack, given as (SHA-256, path), without its folder name."""
    lines = sorted(f"{sha256}  {path}" for sha256, path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def versioned(folder: str, digest: str, claim: Callable[[str, str], str]) -> str:
    """``folder``, or ``folder_v2``, ``_v3`` … : the first name that is free or holds the same contents.

    Args:
        folder: the pack's own name.
        digest: its ``contents``.
        claim: takes a name for a digest unless it is taken, and returns the digest that has it.
    """
    number = 1
    while True:
        name = folder if number == 1 else f"{folder}_v{number}"
        if claim(name, digest) == digest:
            return name
        number += 1
