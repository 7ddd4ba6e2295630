"""Exhibits of the report: what was read from each file, in the contract's shape."""

from collections.abc import Mapping

from casefile.citation import BundlePlan
from casefile.facts import FileFacts
from evidence_packer.report.exhibit_shape import (
    BarcodeFacts,
    EventFacts,
    ExhibitFacts,
    FieldFacts,
    MessageFacts,
    OrderIdFacts,
    ReportExhibit,
    SharpnessFacts,
    StateFacts,
    TimestampFacts,
    TrackingNumberFacts,
    rounded,
)


def _sharpness(file: FileFacts) -> SharpnessFacts:
    """Of the least sharp page."""
    worst = max((s for s in file.sharpness if s.edge_width is not None), key=lambda s: s.edge_width or 0, default=None)
    first = worst or (file.sharpness[0] if file.sharpness else None)
    return SharpnessFacts(
        edge_width=round(first.edge_width, 2) if first and first.edge_width is not None else None,
        verdict=first.verdict if first else "no_content",
    )


def _states(file: FileFacts) -> tuple[StateFacts, ...]:
    return tuple(
        StateFacts(
            of=one.about.id if one.about and one.about.what == "parcel" else None,
            state=one.says,
            to=one.to,
            at=one.at,
            place=one.place,
            voice=one.voice,
            box=rounded(one.box),
            page=one.page,
        )
        for one in file.states
    )


def _messages(file: FileFacts) -> tuple[MessageFacts, ...]:
    return tuple(
        MessageFacts(
            who=m.who,
            name=m.name,
            at=m.at,
            text=m.text,
            intents=m.intents,
            marked=_marked(file, number),
            channel=m.channel,
            box=rounded(m.box),
            page=m.page,
        )
        for number, m in enumerate(file.messages, 1)
    )


def _marked(file: FileFacts, number: int) -> tuple[str, ...]:
    """What a person says of a message."""
    return tuple(s.says for s in file.said if s.by_person and s.about is not None and s.about.id == str(number))


def _facts(file: FileFacts) -> ExhibitFacts:
    return ExhibitFacts(
        width=file.pages[0][0] if file.pages else None,
        height=file.pages[0][1] if file.pages else None,
        text_height_px=round(file.text_height_px, 1) if file.text_height_px else None,
        sharpness=_sharpness(file),
        timestamps=tuple(
            TimestampFacts(text=t.text, at=t.at, ambiguous=t.ambiguous, box=rounded(t.box), page=t.page)
            for t in file.timestamps
        ),
        order_ids=tuple(
            OrderIdFacts(value=o.value, matches=o.matches, box=rounded(o.box), page=o.page) for o in file.order_ids
        ),
        tracking_numbers=tuple(
            TrackingNumberFacts(
                value=n.value, matches=n.matches, carrier=n.carrier, valid=n.valid, box=rounded(n.box), page=n.page
            )
            for n in file.tracking_numbers
        ),
        barcodes=tuple(
            BarcodeFacts(text=code.text, format=code.format, box=rounded(code.box), page=page)
            for page, code in file.barcodes
        ),
        events=tuple(
            EventFacts(status=e.status, at=e.at, place=e.place, box=rounded(e.box), page=e.page) for e in file.events
        ),
        states=_states(file),
        messages=_messages(file),
        fields=tuple(
            FieldFacts(name=f.name, value=f.value, currency=f.currency, box=rounded(f.box), page=f.page)
            for f in file.fields
        ),
        exif_taken_at=file.exif.taken_at,
        has_text_layer=file.has_text_layer,
    )


def exhibits(facts: tuple[FileFacts, ...], plan: BundlePlan, captions: Mapping[str, str]) -> tuple[ReportExhibit, ...]:
    """One entry per exhibit, in order."""
    by_file = {file.file: file for file in facts}
    return tuple(
        ReportExhibit(
            number=exhibit.number,
            file=exhibit.file,
            kind=exhibit.kind,
            kind_proposed=by_file[exhibit.file].kind_proposed,
            kind_reason=by_file[exhibit.file].kind_reason,
            kind_words=by_file[exhibit.file].kind_words,
            caption=captions[exhibit.file],
            sha256=by_file[exhibit.file].sha256,
            pages=(exhibit.first_page, exhibit.last_page),
            facts=_facts(by_file[exhibit.file]),
        )
        for exhibit in plan.exhibits
    )
