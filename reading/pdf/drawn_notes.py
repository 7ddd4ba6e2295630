"""Lines, boxes and polygons laid over a page that no program drew yet: readers draw them themselves, so it is done here."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

_PAINT = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
_SHAPES = (
    Name.Line,
    Name.Polygon,
    Name.PolyLine,
    Name.Square,
)  # no set: a name that is an object of its own cannot be hashed
_MOST_POINTS, _FEWEST, _SIDES = 10_000, 2, 4
_STATE = Name.EvidencePackerGlass


def draw_notes(document: Pdf) -> None:
    """Give each line, box and polygon on the document's pages the drawing that it lacks."""
    for page in document.pages:
        for note in _notes(page):
            if note.get(Name.Subtype) in _SHAPES and not _is_drawn(note):
                _draw(document, note)


def _notes(page: Page) -> Iterator[Dictionary]:
    found = page.obj.get(Name.Annots)
    for note in found if isinstance(found, Array) else ():
        if isinstance(note, Dictionary):
            yield note


def _is_drawn(note: Dictionary) -> bool:
    drawings = note.get(Name.AP)
    return isinstance(drawings, Dictionary) and isinstance(drawings.get(Name.N), Dictionary | Stream)


def _draw(document: Pdf, note: Dictionary) -> None:
    corners, width = _corners(note), _width(note)
    if len(corners) < _FEWEST:
        return
    outline, filling = _colour(note.get(Name.C), 1), _colour(note.get(Name.IC), 0)
    closed = note.Subtype in (Name.Polygon, Name.Square)
    outline = outline if width > 0 and (outline or not filling) else ""
    if not (outline or filling):
        outline = "0 G" if width > 0 else ""
    path = " ".join(f"{x:f} {y:f} {'l' if place else 'm'}" for place, (x, y) in enumerate(corners))
    paint = ("b" if outline else "f") if closed and filling else "s" if closed else "S"
    content = f"q {_STATE} gs {outline} {filling} {width:f} w {path} {paint} Q"
    across, down = zip(*corners, strict=True)
    box = [min(across) - width, min(down) - width, max(across) + width, max(down) + width]
    solid = note.get(Name.CA, 1)
    solid = solid if isinstance(solid, int | float | Decimal) else 1
    glass = Dictionary(ExtGState=Dictionary({str(_STATE): Dictionary(CA=solid, ca=solid)}))
    note.Rect = Array(box)
    note.AP = Dictionary(
        N=document.make_stream(
            content.encode("ascii"), Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), Resources=glass
        )
    )


def _corners(note: Dictionary) -> list[tuple[float, float]]:
    if note.Subtype == Name.Square:
        box = _numbers(note.get(Name.Rect))
        x0, y0, x1, y1 = box if len(box) == _SIDES else [0.0] * _SIDES
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    points = _numbers(note.get(Name.L if note.Subtype == Name.Line else Name.Vertices))[: 2 * _MOST_POINTS]
    return list(zip(points[::2], points[1::2], strict=False))


def _numbers(thing: object) -> list[float]:
    if not isinstance(thing, Array):
        return []
    parts: list[object] = list(thing)  # numbers are not PDF objects here
    return [float(number) for number in parts if isinstance(number, int | float | Decimal)]


def _width(note: Dictionary) -> float:
    style, border = note.get(Name.BS), note.get(Name.Border)
    width: object = 1
    if isinstance(style, Dictionary):
        width = style.get(Name.W, 1)
    elif isinstance(border, Array) and len(border) > 2:
        width = border[2]
    return float(width) if isinstance(width, int | float | Decimal) else 1.0


def _colour(thing: Object | None, stroke: int) -> str:
    parts: Sequence[float] = _numbers(thing)
    operators = _PAINT.get(len(parts))
    return f"{' '.join(f'{part:f}' for part in parts)} {operators[stroke]}" if operators else ""
