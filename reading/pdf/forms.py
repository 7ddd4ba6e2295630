"""Form fields drawn into their pages: what a person filled in has to be seen once the form itself is gone.

What a program drew before, in whatever script, is kept. A field that nobody drew, or whose drawing shows nothing, is drawn here by
pikepdf; a value that its fonts cannot write is told by the change ``form-value-lost``.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from pikepdf.form import ExtendedAppearanceStreamGenerator

_SHOWING = frozenset(
    {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "BI", "INLINE IMAGE"}
)
_TEXT = frozenset({"Tj", "TJ", "'", '"', "Do", "BI", "INLINE IMAGE"})
_FONT = Name.EvidencePackerHelvetica
_HIDDEN = 2
_LARGEST, _SMALLEST = 12.0, 4.0
_MARK = b"q %f w 0 0 0 RG %f %f m %f %f l %f %f m %f %f l S Q"


def draw_fields(document: Pdf) -> bool:
    """Draw the fields that nobody has drawn yet; whether everything that was filled in can be seen now."""
    form = document.acroform
    if not form.exists:
        return True
    generator = ExtendedAppearanceStreamGenerator(document, form)
    seen = [
        _drawn(document, generator, form.get_field_for_annotation(annotation), annotation)
        for page in document.pages
        for annotation in form.get_widget_annotations_for_page(page)
    ]
    form.needs_appearances = False
    return all(seen)


def _drawn(
    document: Pdf,
    generator: ExtendedAppearanceStreamGenerator,
    field: pikepdf.AcroFormField,
    annotation: pikepdf.Annotation,
) -> bool:
    if _flags(annotation.obj) & _HIDDEN:
        return True
    if field.is_checkbox or field.is_radio_button:
        _tick(document, field, annotation.obj)
        return True
    value = field.value_as_string.strip() if field.is_text or field.is_choice else ""
    if not value or _shows(annotation.obj, _TEXT):
        return True
    if not _writable(value):
        return False
    _set_appearance(document, field, annotation.obj)
    try:
        generator.generate_text(field) if field.is_text else generator.generate_choice(field)
    except Exception:  # noqa: BLE001  # whatever a hostile form makes of it, the plain way is tried
        field.generate_appearance(annotation)
    return _shows(annotation.obj, _TEXT)


def _flags(widget: pikepdf.Object) -> int:
    flags = widget.get(Name.F, 0)
    return flags if isinstance(flags, int) else 0


def _writable(value: str) -> bool:
    """Whether the fonts of every reader of PDF write it."""
    try:
        value.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _set_appearance(document: Pdf, field: pikepdf.AcroFormField, widget: pikepdf.Object) -> None:
    """A font and a size that there are for sure, in place of the field's own: those may be missing, or be none."""
    font = document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    resources = Dictionary(Font=Dictionary({str(_FONT): font}))
    x0, y0, x1, y1 = (float(edge) for edge in widget.Rect)
    tall, wide = abs(y1 - y0), abs(x1 - x0)
    rows = field.value_as_string.splitlines() or [""]
    longest = max(map(len, rows))
    size = min(_LARGEST, tall * 0.7 / len(rows), wide / max(1, longest) * 1.8)
    widget.DA = String(f"{_FONT} {max(_SMALLEST, size):.2f} Tf 0 g")
    widget.MK = Dictionary()
    document.Root.AcroForm.DR = resources
    widget.AP = Dictionary(
        N=document.make_stream(
            b"/Tx BMC EMC", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, wide, tall], Resources=resources
        )
    )


def _shows(widget: pikepdf.Object, operators: frozenset[str]) -> bool:
    """Whether the appearance draws anything by one of these operators."""
    drawing = widget.get(Name.AP, Dictionary()).get(Name.N) if isinstance(widget.get(Name.AP), Dictionary) else None
    return isinstance(drawing, Stream) and any(str(word) in operators for word in _words(drawing))


def _words(drawing: Stream) -> Iterator[object]:
    try:
        yield from (one.operator for one in pikepdf.parse_content_stream(drawing))
    except pikepdf.PdfError:
        return


def _tick(document: Pdf, field: pikepdf.AcroFormField, widget: pikepdf.Object) -> None:
    """A box or button that is on: its own drawing of that state is chosen, and where there is none, it is crossed."""
    value = field.value if isinstance(field.value, Name) else widget.get(Name.AS, Name.Off)
    states = widget.get(Name.AP, Dictionary()).get(Name.N) if isinstance(widget.get(Name.AP), Dictionary) else None
    if isinstance(states, Dictionary) and not isinstance(states, Stream) and value in states:
        if field.is_checkbox or Name.AS not in widget:
            widget.AS = value
        return
    if isinstance(states, Dictionary | Stream) or value in (Name.Off, Name("/")):
        return
    x0, y0, x1, y1 = (float(edge) for edge in widget.Rect)
    wide, tall = abs(x1 - x0), abs(y1 - y0)
    left, right, low, high = 0.2 * wide, 0.8 * wide, 0.2 * tall, 0.8 * tall
    cross = _MARK % (max(0.5, 0.08 * tall), left, low, right, high, left, high, right, low)
    widget.AP = Dictionary(
        N=document.make_stream(cross, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, wide, tall]))
    )
