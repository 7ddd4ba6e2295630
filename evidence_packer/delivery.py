"""What goes to the platform: the contract of deliveries, and the choice by the platform's data.

A delivery is a file in ``deliveries/`` with ``make(order) -> tuple[Delivered, ...]``; a procedure names it by ``delivery``.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import evidence_packer.deliveries as plug_ins
from casefile.discovery import modules
from casefile.errors import DataFault
from casefile.platform import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One file to submit: name without folder, bytes, format (``pdf``, ``png``, ``jpg``), pages, what it is for."""

    name: str
    data: bytes
    format: str
    pages: int | None = None
    for_: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOrder:
    """What a delivery is made from. ``stem(kind, number)`` names a file, ``picture(page, dpi, form, quality)`` draws one.

    ``pages`` counts all pages of the bundle, ``front`` those before the exhibits; ``letter_needed`` asks for the letter as a file.
    """

    bundle: bytes
    letter: bytes
    letter_pages: int
    letter_needed: bool
    pages: int
    front: int
    limits: Limits
    stem: Callable[[str, int], str]
    picture: Callable[[int, int, str, int], bytes]


@functools.cache
def _deliveries() -> Mapping[str, Callable[[DeliveryOrder], tuple[Delivered, ...]]]:
    return {module.__name__.rsplit(".", maxsplit=1)[-1]: module.make for module in modules(plug_ins)}


def deliver(kind: str, order: DeliveryOrder) -> tuple[Delivered, ...]:
    """The files to submit, in upload order.

    Raises:
        DataFault: the platform's file names a delivery that does not exist.
    """
    make = _deliveries().get(kind)
    if make is None:
        raise DataFault("delivery-unknown", file=kind, why="no file of this name in evidence_packer/deliveries/")
    return make(order)
