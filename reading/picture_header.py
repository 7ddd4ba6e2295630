"""A picture as a guarded child announces it, ahead of its bytes; whoever gets it checks every number."""

from typing import Literal, TypedDict


class PictureHeader(TypedDict):
    """Its kind, its size in pixels as stored, the EXIF value of its orientation, and how many bytes follow."""

    format: Literal["jpeg", "png"]
    width: int
    height: int
    orientation: int
    bytes: int
