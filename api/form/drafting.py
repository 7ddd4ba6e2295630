"""A draft as the form sees it: fields, rows of files, and the case they make. Kept by the work book, versioned."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from starlette.requests import Request

from api.form.covers import redactions
from api.form.entries import case_from
from api.form.origins import GIVEN
from api.form.own_words import edits, taken
from api.form.taken_over import Said, beside, listed, typed_of
from api.form.typed import Row, Typed, renamed
from api.request.uploads import CaseUpload
from api.service import now, service_of, tenant_of
from casefile.errors import RequestFault
from casefile.parse import parse_case
from casefile.plain_case import PlainCase
from casefile.platform import Platform
from casefile.pointer import put
from casefile.procedure import Procedure
from casefile.subject import SUBJECT_FIELDS
from casefile.wording import Catalogs
from jobs.case_work.kinds.live_preview import readable
from jobs.connect.exchange import ORIGIN
from jobs.records.drafts import Draft, DraftChanged, DraftContent, DraftFile, Drafts, NameTaken
from jobs.records.pack_store import ReceivedFile

_OWN = ("action", "draft", "version", "mail", "csrf", "place", "touched", "turn", "lines")
"""Names of inputs that are no facts of the case."""
KEPT = "kept."
"""What the service itself remembers of a draft stands under names that begin so; no page posts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """What a person has typed so far; ``id`` is ``None`` before it was first saved."""

    platform: Platform
    procedure_id: str
    fields: Mapping[str, str]
    rows: tuple[Row, ...] = ()
    files: tuple[DraftFile, ...] = ()
    id: str | None = None
    version: int = 0
    pack: str | None = None
    built: int = 0
    """The version that ``pack`` was made of."""
    placed: bool = True
    """Whether it is known where the case belongs; until then ``platform`` only stands in for it."""
    stamps: Mapping[str, int] = field(default_factory=dict)
    """At which version each field last changed."""
    turns: Mapping[str, str] = field(default_factory=dict)
    """Which page changed each field last, and with which of its requests; a field that the service changed has none."""
    turn: str = ""
    """The page and request that is being kept now."""
    entries: tuple[tuple[str, Said], ...] = ()
    """What a program said of files and no row holds: names and the rest of their entries."""
    beside: Said = ()
    """What a program or a connector said of the case and no input holds: pointers and values."""
    seen: Mapping[str, str] = field(default_factory=dict)
    """Numbers and times that the files say, by pointer (``api.form.noted``)."""

    @property
    def procedure(self) -> Procedure:
        """How it is answered."""
        return self.platform.procedures[self.procedure_id]

    @property
    def reason(self) -> str:
        """The reason chosen, else the procedure's first."""
        chosen = self.fields.get("reason", "")
        return chosen if chosen in self.procedure.reasons else self.procedure.reasons[0]

    @property
    def site_code(self) -> str:
        """The site chosen, else the platform's default."""
        chosen = self.fields.get("site", "")
        return chosen if chosen in self.platform.sites else (self.platform.default_site or min(self.platform.sites))

    def file(self, name: str) -> DraftFile | None:
        """The kept file of this name."""
        return next((file for file in self.files if file.name == name), None)

    def plain_case(self) -> PlainCase:
        """The case as JSON, with its files in order."""
        typed = {**self.fields, "reason": self.reason}
        if len(self.platform.sites) > 1:
            typed["site"] = self.site_code
        case = case_from(typed, self.platform, self.procedure_id)
        if own := edits(self.fields):
            case.json["letter_edits"] = own
        entries = dict(self.entries)
        case.json["files"] = [
            {
                **dict(entries.get(row.name, ())),
                "name": row.name,
                **({"kind": row.kind} if row.kind else {}),
                **({"caption": row.caption} if row.caption else {}),
                **({"redact": redactions(row.covers)} if row.covers else {}),
            }
            for row in self.rows
        ]
        for pointer, value in self.beside:
            case.put(pointer, value, over=False)
        return case

    def known_case(self) -> PlainCase:
        """The case as JSON, with the numbers and times that its files say where nobody typed any."""
        case = self.plain_case()
        for pointer, value in self.seen.items():
            case.put(pointer, value, over=False)
        return case


def chosen(request: Request, platform_id: str, procedure_id: str) -> tuple[Platform, str]:
    """The platform and the id of one of its procedures.

    Raises:
        RequestFault: ``route-unknown``.
    """
    platform = service_of(request).house.platforms.get(platform_id)
    if platform is None or procedure_id not in platform.procedures:
        raise RequestFault("route-unknown", status=404)
    return platform, procedure_id


def unplaced(request: Request) -> FormDraft:
    """A new draft of a case of which nothing is known yet."""
    platforms = service_of(request).house.platforms
    first = platforms[min(platforms)]
    return FormDraft(platform=first, procedure_id=next(iter(first.procedures)), fields={}, placed=False)


def _in_order(rows: tuple[Row, ...], files: tuple[DraftFile, ...]) -> tuple[Row, ...]:
    """The rows whose file is there, then files without a row, as they came."""
    names = {file.name for file in files}
    listed = tuple(row for row in dict.fromkeys(rows) if row.name in names)
    known = {row.name for row in listed}
    added = (
        Row(name=file.name, kind=(file.about or {}).get("kind"), caption="") for file in files if file.name not in known
    )
    return (*listed, *added)


def _of(request: Request, draft: Draft) -> FormDraft:
    case = draft.case
    if not {"fields", "rows"} & set(case):
        return _taken_over(request, draft)
    platform, procedure_id = chosen(request, str(case.get("platform")), str(case.get("procedure")))
    rows = tuple(Row(**row) for row in case.get("rows", ()))
    return FormDraft(
        platform=platform, procedure_id=procedure_id, fields=case.get("fields", {}), rows=_in_order(rows, draft.files),
        files=draft.files, id=draft.id, version=draft.version, pack=case.get("pack"), placed=case.get("placed", True),
        built=case.get("built", 0), entries=tuple((name, tuple(rest.items())) for name, rest in case.get("entries", {}).items()),
        stamps=case.get("stamps", {}), turns=case.get("turns", {}), beside=tuple(case.get("beside", {}).items()),
        seen=case.get("seen", {}),
    )  # fmt: skip


def _taken_over(request: Request, draft: Draft) -> FormDraft:
    """A draft that a program or a connector keeps; of a ticket that names no platform the place is still to be found."""
    case = PlainCase.of(readable(PlainCase({"platform": "", "procedure": "", **draft.case})))
    begun = unplaced(request)
    if case.get("platform") or ORIGIN not in (case.get("extra") or {}):
        platform, procedure_id = chosen(request, str(case.get("platform")), str(case.get("procedure")))
        fields = typed_of(case, platform, procedure_id)
        begun = FormDraft(platform=platform, procedure_id=procedure_id, fields={**fields, GIVEN: " ".join(fields)})
    rows, entries = listed(case)
    return replace(
        begun, rows=_in_order(rows, draft.files), entries=entries, files=draft.files, id=draft.id, version=draft.version,
        beside=beside(case, case_from(begun.fields, begun.platform, begun.procedure_id)),
    )  # fmt: skip


def load(request: Request, draft_id: str) -> FormDraft:
    """The draft with this id.

    Raises:
        RequestFault: ``draft-not-found``.
    """
    return _of(request, service_of(request).drafts.get(tenant_of(request), draft_id))


def load_all(request: Request, most: int) -> list[tuple[FormDraft, str]]:
    """The newest drafts of the form and when each was last changed; those of programs, which are none, are passed over."""
    found = []
    for draft in service_of(request).drafts.page(tenant_of(request), after=None, limit=most)[0]:
        try:
            found.append((_of(request, draft), draft.changed_at))
        except RequestFault:
            continue
    return found


def _plain(draft: FormDraft) -> DraftContent:
    return DraftContent({
        "platform": draft.platform.id, "procedure": draft.procedure_id, "fields": dict(draft.fields),
        "rows": [row.plain() for row in draft.rows], "pack": draft.pack, "built": draft.built, "placed": draft.placed,
        "stamps": dict(draft.stamps), **({"turns": dict(draft.turns)} if draft.turns else {}),
        **({"beside": dict(draft.beside)} if draft.beside else {}), **({"seen": dict(draft.seen)} if draft.seen else {}),
        **({"entries": {name: dict(rest) for name, rest in draft.entries}} if draft.entries else {}),
    })  # fmt: skip


def save(request: Request, draft: FormDraft, version: int | None) -> FormDraft:
    """The draft, kept; a new one gets its id. ``version``: what it was typed over (``None``: whatever is there).

    Raises:
        DraftChanged: another window saved it meanwhile.
        RequestFault: ``draft-not-found``, ``drafts-too-many``.
    """
    drafts, tenant = service_of(request).drafts, tenant_of(request)
    if draft.id is None:
        return _of(request, drafts.create(tenant, _plain(draft), now()))
    there = drafts.get(tenant, draft.id)
    if there.case == _plain(draft).json and version in {None, there.version}:
        return _of(request, there)
    before: Mapping[str, str] = there.case.get("fields", {})
    changed = [name for name in {*before, *draft.fields} if before.get(name, "") != draft.fields.get(name, "")]
    turns = {**draft.turns, **dict.fromkeys(changed, draft.turn)}
    stamped = replace(
        draft, stamps={**draft.stamps, **dict.fromkeys(changed, there.version + 1)},
        turns={name: turn for name, turn in turns.items() if turn},
    )  # fmt: skip
    return _of(request, drafts.save(tenant, draft.id, version, _plain(stamped), now()))


def kept(request: Request, draft: FormDraft, change: Callable[[FormDraft], FormDraft]) -> FormDraft:
    """The draft with a change, kept; where somebody else saved it meanwhile, the change is made to what they left.

    Raises:
        RequestFault: as ``save``, or what ``change`` raises.
    """
    if draft.id is None:
        return save(request, change(draft), None)
    there = draft
    while True:
        changed = change(there)
        try:
            return save(request, changed, there.version)
        except DraftChanged:
            there = load(request, draft.id)


def with_typed(draft: FormDraft, sent: Typed, catalogs: Catalogs) -> FormDraft:
    """The draft with what was just typed."""
    said = {n: value for n, value in sent.fields.items() if n not in _OWN and not n.startswith(KEPT)}
    kept = {name: value for name, value in draft.fields.items() if name.startswith(KEPT)}
    fields = {**taken(draft.fields, said, catalogs), **kept}
    return replace(draft, fields=fields, rows=_in_order(sent.rows, draft.files))


def add_files(
    request: Request, draft: FormDraft, files: tuple[tuple[ReceivedFile, str | None], ...]
) -> tuple[FormDraft, tuple[str, ...]]:
    """The draft with these files kept, and the free name each was given.

    The same bytes under the same name are there already and keep their place.
    """
    service, tenant = service_of(request), tenant_of(request)
    assert draft.id is not None
    names = [_added(service.drafts, tenant, draft.id, file, kind) for file, kind in files]
    kept = service.drafts.get(tenant, draft.id)
    return replace(draft, files=kept.files, rows=_in_order(draft.rows, kept.files)), tuple(names)


def _added(drafts: Drafts, tenant: str, draft_id: str, file: ReceivedFile, kind: str | None) -> str:
    """The free name under which a file was kept; several may come at once, and none takes another's place."""
    while True:
        there = drafts.get(tenant, draft_id).files
        if any((known.name, known.sha256) == (file.name, file.sha256) for known in there):
            return file.name
        ((named, _),) = renamed([(file, kind)], (known.name for known in there))
        with suppress(NameTaken):
            return drafts.put_file(tenant, draft_id, named, now(), kind, over=False).name


def upload_of(request: Request, draft: FormDraft, folder: Path) -> CaseUpload:
    """The case and files of a draft as if they had been sent in one request; files are fetched into ``folder``.

    Raises:
        RequestFault: ``case-invalid`` with every wrong field.
    """
    service, tenant = service_of(request), tenant_of(request)
    assert draft.id is not None
    typed = draft.plain_case()
    plain = {**typed.json, "extra": {**(typed.get("extra") or {}), "draft": draft.id}}
    for pointer in SUBJECT_FIELDS[draft.procedure.subject]:
        if pointer in draft.seen:
            put(plain, pointer, draft.seen[pointer], over=False)
    case = parse_case(plain)
    fetched = {file.name: file for file in service.drafts.fetch(service.drafts.get(tenant, draft.id), folder)}
    files = tuple(fetched[row.name] for row in draft.rows if row.name in fetched)
    return CaseUpload(sent=json.dumps(plain, ensure_ascii=False).encode(), plain=plain, case=case, files=files)
