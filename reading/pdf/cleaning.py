"""A PDF rewritten: its pages and nothing else.

Pages are carried over into a new document by a list of what may stay, so that scripts, actions, attachments, form
definitions, metadata and earlier revisions have no way in. What people saw on annotations and in form fields is first drawn
into the page.
"""

import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from reading.pdf import bare, drawn_notes, fidelity, forms, layers, opening, scrubbing

_PAGE_KEYS = {
    Name.Type, Name.MediaBox, Name.CropBox, Name.Rotate, Name.UserUnit, Name.Contents, Name.Resources, Name.Group,
}  # fmt: skip
_A4 = (0.0, 0.0, 595.276, 841.89)


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPdf:
    """A rewritten document. ``rasters``: pages to be shown as pictures; ``hidden``: pages with layers that are off."""

    data: bytes
    pages: int
    changes: tuple[str, ...]
    rasters: frozenset[int]
    hidden: frozenset[int]


def clean(document: Pdf) -> CleanPdf:
    """The pages of ``document`` (which is changed) in a new file without anything active or private.

    Raises:
        Unpackable: something inside cannot be unpacked, so that nobody knows what it holds.
    """
    repaired = bool(document.get_warnings())
    changes = [*active_content(document), *(["repaired"] if repaired else [])]
    if document.is_encrypted:
        changes.append("restrictions-removed")
    layers.settle(document)
    changes += _flatten(document)
    hidden = layers.pages_with_hidden(document)
    switches = document.Root.get(Name.OCProperties) if hidden else None
    for page in document.pages:
        _strip_page(page)
    fresh = pages_only(document, switches)
    changes += sorted(scrubbing.scrub(fresh))
    bare.strip(fresh)
    rasters = fidelity.pages_to_rasterise(fresh) | fidelity.pages_of_odd_size(fresh) | hidden
    changes += ["pages-rasterised"] if rasters else []
    return CleanPdf(
        data=saved(fresh),
        pages=len(fresh.pages),
        changes=tuple(dict.fromkeys(changes)),
        rasters=rasters,
        hidden=hidden,
    )


def pages_only(document: Pdf, switches: pikepdf.Object | None) -> Pdf:
    """A new document with the pages of ``document``. ``switches`` says which layers are off, for showing pages right here only."""
    fresh = Pdf.new()
    fresh.pages.extend(document.pages)
    if switches is not None:
        fresh.Root.OCProperties = fresh.copy_foreign(document.make_indirect(switches))
    return fresh


def saved(document: Pdf) -> bytes:
    """The same bytes every time. Streams are neither unpacked nor packed: that is where bombs go off."""
    for key in list(document.trailer.keys()):
        if key in {"/Info", "/Metadata"}:
            del document.trailer[key]
    buffer = io.BytesIO()
    document.save(
        buffer,
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        encryption=False,
    )
    return buffer.getvalue()


def active_content(document: Pdf) -> list[str]:
    """Codes of what the document carries besides its pages and what will therefore be gone."""
    root = document.Root
    names = root.get(Name.Names, Dictionary())
    form = root.get(Name.AcroForm, Dictionary())
    told = (
        ("javascript-removed", Name.JavaScript in names or _is_script(root.get(Name.OpenAction))),
        ("actions-removed", Name.OpenAction in root or Name.AA in root or _any_page_action(document)),
        ("attachments-removed", Name.EmbeddedFiles in names or Name.AF in root or Name.Collection in root),
        ("xfa-removed", Name.XFA in form),
        ("signature-not-kept", _is_signed(form)),
        ("metadata-removed", Name.Metadata in root or len(document.trailer.get(Name.Info, ())) > 0),
    )
    return [code for code, found in told if found]


def _is_script(action: object) -> bool:
    return isinstance(action, Dictionary) and action.get(Name.S) == Name.JavaScript


def _any_page_action(document: Pdf) -> bool:
    for page in document.pages:
        if Name.AA in page.obj:
            return True
        annotations = page.obj.get(Name.Annots)
        for annotation in annotations if isinstance(annotations, pikepdf.Array) else ():
            if isinstance(annotation, Dictionary) and (Name.AA in annotation or Name.A in annotation):
                return True
    return False


def _is_signed(form: object) -> bool:
    if not isinstance(form, Dictionary):
        return False
    flags = form.get(Name.SigFlags, 0)
    return isinstance(flags, int) and bool(flags & 1)


def _flatten(document: Pdf) -> list[str]:
    annotated = [page for page in document.pages if len(page.obj.get(Name.Annots, ())) > 0]
    if not annotated:
        return []
    form = document.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and Name.XFA in form:
        del form[Name.XFA]
    drawn_notes.draw_notes(document)
    seen = forms.draw_fields(document)
    document.flatten_annotations("screen")
    filled = isinstance(form, Dictionary) and len(form.get(Name.Fields, ())) > 0
    told = [("form-flattened", filled), ("form-value-lost", not seen)]
    return ["annotations-flattened", *(code for code, found in told if found)]


def _strip_page(page: pikepdf.Page) -> None:
    visible = opening.rectangle(page, Name.CropBox) or opening.rectangle(page, Name.MediaBox) or _A4
    for key in list(page.obj.keys()):
        if Name(key) not in _PAGE_KEYS:
            del page.obj[key]
    if opening.rectangle(page, Name.MediaBox) is None:
        page.obj.MediaBox = pikepdf.Array(visible)
