"""The submission: exactly what goes to the platform, and a note in Chinese and English on what to do with it."""

from casefile.deadline import deciding
from casefile.wording import Catalog
from evidence_packer.delivery import Delivered, DeliveryOrder, deliver
from evidence_packer.naming import file_stem, unique
from evidence_packer.reporting.advice import steps
from jobs.steps.study import Study
from jobs.steps.write import Written
from press.pdf.asking import page_count, page_picture

_LETTER_AS_FILE = 2
"""Where at least this many files may be sent, the letter goes as a file too."""


def stem(study: Study, kind: str, number: int = 1) -> str:
    """The platform's file name for a kind of document."""
    return file_stem(study.case, study.procedure, study.site, study.as_of, kind, number)


def hand_over(study: Study, written: Written, bundle: bytes) -> tuple[Delivered, ...]:
    """The files to submit, named and in upload order."""
    limits = study.procedure.limits
    pages = page_count(bundle)
    made = deliver(
        study.procedure.delivery,
        DeliveryOrder(
            bundle=bundle,
            letter=written.pdf,
            letter_pages=page_count(written.pdf),
            letter_needed=limits.max_files is None or limits.max_files >= _LETTER_AS_FILE,
            pages=pages,
            front=pages - study.plan.pages,
            limits=limits,
            stem=lambda kind, number: stem(study, kind, number),
            picture=lambda page, dpi, form, quality: page_picture(bundle, page, dpi, form=form, quality=quality),
        ),
    )
    names = unique([delivered.name for delivered in made])
    return tuple(
        Delivered(name=name, data=d.data, format=d.format, pages=d.pages, for_=d.for_)
        for name, d in zip(names, made, strict=True)
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1000:.0f} KB"


def _note(study: Study, written: Written, delivered: tuple[Delivered, ...], catalog: Catalog, *, blocked: bool) -> str:
    names = (study.platform.name, study.procedure.name)
    platform, procedure = (n.get(catalog.language, n["en"]) for n in names)
    lines = [catalog.text("upload.title"), catalog.text("upload.platform", platform=platform, procedure=procedure)]
    due = deciding(study.due)
    at = due.block_at or due.warn_at if due else None
    if due and at:
        source = study.platform.sources.get(due.source)
        title = source.title if source else due.source
        lines.append(catalog.text("upload.deadline", at=at.isoformat(sep=" ", timespec="minutes"), source=title))
    if blocked:
        lines.append(catalog.text("upload.blocked"))
    lines += ["", catalog.text("upload.files")]
    lines += [
        catalog.text("upload.file", number=number, name=d.name, size=_size(len(d.data)))
        for number, d in enumerate(delivered, start=1)
    ]
    limit = study.procedure.limits.text_chars
    within = catalog.text("upload.limit", limit=limit) if limit else ""
    text_name = f"{stem(study, 'Letter')}.txt"
    lines += ["", catalog.text("upload.text", chars=written.text.chars, limit=within, name=text_name)]
    advice = steps(study.procedure, catalog)
    if advice:
        lines += ["", catalog.text("upload.steps"), *(f"- {line}" for line in advice)]
    return "\n".join([*lines, "", catalog.text("upload.never")])


def upload_note(study: Study, written: Written, delivered: tuple[Delivered, ...], *, blocked: bool) -> bytes:
    """``UPLOAD.txt``: Chinese, then English, with the byte order mark that Windows' editor needs."""
    catalogs = study.house.catalogs
    parts = [_note(study, written, delivered, catalogs.of(language), blocked=blocked) for language in ("zh-Hans", "en")]
    return ("\ufeff" + ("\n\n" + "-" * 60 + "\n\n").join(parts) + "\n").replace("\n", "\r\n").encode("utf-8")
