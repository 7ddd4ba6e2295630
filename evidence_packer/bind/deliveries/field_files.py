"""One file per evidence field of the receiver's form, each with the exhibits whose kind the field asks for.

Which fields there are stands in the platform's data; an exhibit that no field asks for goes into the field without kinds.
"""

from collections.abc import Iterable

from casefile.citation import PlannedExhibit
from casefile.rules import EvidenceField
from evidence_packer.bind.budget import kept
from evidence_packer.bind.delivery import Delivered, DeliveryOrder, DeliveryWay


def _sorted_in(fields: Iterable[EvidenceField], exhibits: Iterable[PlannedExhibit]) -> dict[str, list[PlannedExhibit]]:
    """Exhibits by the name of their field: the first that asks for their kind, else the one that asks for none."""
    named = [field for field in fields if field.holds == "file"]
    found: dict[str, list[PlannedExhibit]] = {field.name: [] for field in named}
    rest = next((field.name for field in named if not field.kinds), named[-1].name if named else "evidence")
    for exhibit in exhibits:
        name = next((field.name for field in named if exhibit.kind in field.kinds), rest)
        found.setdefault(name, []).append(exhibit)
    return {name: group for name, group in found.items() if group}


def _file(order: DeliveryOrder, name: str, type_: str, pages: tuple[int, ...], *, front: bool) -> Delivered:
    first = [0] if front and order.front else []
    data = order.document([*first, *(order.index(page) for page in pages)])
    stem = order.stem(type_, 1)
    return Delivered(
        name=f"{stem}_{name}.pdf", data=data, format="pdf", pages=len(first) + len(pages), for_=name, shows=pages
    )


def _make(order: DeliveryOrder) -> tuple[Delivered, ...]:
    """A PDF per field with telling pages as far as pages and bytes allow; the first page stands before the general field."""
    limits, pages = order.limits, kept(order.ranked, order.limits.max_pages and order.limits.max_pages - 1)
    types = {field.name: field.type for field in order.fields}
    while True:
        files = []
        for name, group in _sorted_in(order.fields, order.plan.exhibits).items():
            own = tuple(p for e in group for p in range(e.first_page, e.last_page + 1) if p in pages)
            general = not any(field.name == name and field.kinds for field in order.fields)
            if own:
                files.append(_file(order, name, types.get(name, "Evidence"), own, front=general))
        whole = sum(len(file.data) for file in files)
        if len(pages) <= 1 or whole <= (limits.max_total_bytes or limits.max_file_bytes or whole):
            return tuple(files)
        worth = {page: place for place, page in enumerate(order.ranked)}
        pages = tuple(sorted(sorted(pages, key=worth.__getitem__)[: max(1, len(pages) * 4 // 5)]))


WAY = DeliveryWay(name="field_files", make=_make, letter_goes_along=False)
