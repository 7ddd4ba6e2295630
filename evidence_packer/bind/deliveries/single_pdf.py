"""One PDF with everything; where it is too large for one file, numbered volumes; where pages are counted, the telling ones."""

from collections.abc import Sequence

from evidence_packer.bind.budget import front_kept, kept
from evidence_packer.bind.delivery import Delivered, DeliveryOrder, DeliveryWay


def _fits(order: DeliveryOrder, data: bytes, pages: int) -> bool:
    limits = order.limits
    return len(data) <= (limits.max_file_bytes or len(data)) and pages <= (limits.max_pages or pages)


def _delivered(order: DeliveryOrder, data: bytes, indexes: Sequence[int], number: int) -> Delivered:
    shows = tuple(index + 1 for index in indexes if index >= order.front)
    name = order.stem("Evidence", number) + (f"_{number:02d}" if number else "")
    return Delivered(name=f"{name}.pdf", data=data, format="pdf", pages=len(indexes), for_="evidence", shows=shows)


def _volumes(order: DeliveryOrder, indexes: Sequence[int]) -> list[tuple[bytes, Sequence[int]]]:
    """As few documents as hold ``indexes`` in order, cut in halves, if possible between exhibits."""
    data = order.document(indexes)
    if _fits(order, data, len(indexes)) or len(indexes) == 1:
        return [(data, indexes)]
    starts = {order.index(exhibit.first_page) for exhibit in order.plan.exhibits}
    middle = len(indexes) / 2
    cuts = [place for place in range(1, len(indexes)) if indexes[place] in starts] or list(range(1, len(indexes)))
    cut = min(cuts, key=lambda place: abs(place - middle))
    return [*_volumes(order, indexes[:cut]), *_volumes(order, indexes[cut:])]


def _make(order: DeliveryOrder) -> tuple[Delivered, ...]:
    """The bundle, or its volumes; with too few files for that, as many telling pages as fit."""
    files, limits = order.files, order.limits
    room = None if limits.max_pages is None else limits.max_pages * (files or order.plan.exhibit_pages or 1)
    front = front_kept(order.front, order.plan.exhibit_pages, room)
    pages = kept(order.ranked, None if room is None else room - front)
    while True:
        indexes = [*range(front), *(order.index(page) for page in pages)]
        volumes = _volumes(order, indexes) if indexes else []
        if files is None or len(volumes) <= files or (len(pages) <= 1 and not front):
            break
        if len(pages) <= 1:
            front = 0
            continue
        worth = {page: place for place, page in enumerate(order.ranked)}
        fewer = sorted(pages, key=worth.__getitem__)[: max(1, len(pages) * files // len(volumes))]
        pages = tuple(sorted(fewer if len(fewer) < len(pages) else fewer[:-1]))
        front = min(front, 1)
    number = (lambda place: place) if len(volumes) > 1 else (lambda _: 0)
    return tuple(_delivered(order, data, part, number(place)) for place, (data, part) in enumerate(volumes, start=1))


WAY = DeliveryWay(name="single_pdf", make=_make, letter_goes_along=True)
