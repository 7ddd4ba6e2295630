"""What stands around the sentences: addressee, subject, reference table, signature, list of exhibits. Pure."""

from zoneinfo import ZoneInfo

from casefile.subject import subject_id
from letters.grounded import leading
from letters.language_formatter import opened
from letters.letter_context import LetterContext


def reader(scene: LetterContext) -> str:
    """Who reads the letter: as its kind says, else the audience of the procedure."""
    return scene.kind.reader or scene.request.procedure.audience


def addressee(scene: LetterContext) -> str:
    """Who the letter goes to; a message to the buyer and a paper for anyone have no address line."""
    case = scene.case
    if reader(scene) in {"buyer", "anyone"}:
        return ""
    owner = case.ip.owner.name if case.ip and case.ip.owner else None
    carrier = scene.carrier(case.parcels[0].carrier) if case.parcels else scene.text("letter.the_carrier")
    return scene.text(
        f"letter.addressee.{reader(scene)}",
        platform=scene.name(scene.request.platform.name),
        owner=scene.readable(owner, "/ip/owner/name") or scene.text("letter.the_owner"),
        carrier=opened(carrier),
    )


def salutation(scene: LetterContext) -> str:
    """How the reader is greeted; the buyer by the name of the order."""
    buyer = scene.case.buyer
    if reader(scene) == "buyer" and buyer and buyer.name:
        return scene.text("letter.salutation.buyer_named", name=buyer.name)
    return scene.text(f"letter.salutation.{reader(scene)}")


def subject(scene: LetterContext) -> str:
    """What the letter is about, with the id that the reader files it under, and what decides it in a few words."""
    first = leading(scene)
    key = f"ground.{first.id}.subject" if first else ""
    matter = _matter(scene)
    return scene.text("letter.subject.answered", subject=matter, answer=scene.text(key)) if scene.has(key) else matter


def _matter(scene: LetterContext) -> str:
    procedure = scene.request.procedure
    found = subject_id(scene.case, procedure.subject)
    if reader(scene) == "carrier" and scene.case.parcels and scene.case.parcels[0].tracking_number:
        return scene.text("letter.subject.shipment", title=_title(scene), id=scene.case.parcels[0].tracking_number)
    if not found:
        return _title(scene)
    return scene.text(f"letter.subject.{procedure.subject}", title=_title(scene), id=found)


def _title(scene: LetterContext) -> str:
    """The procedure's name where the letter answers in it and the platform's file says it in this language."""
    names = scene.request.procedure.name
    chosen = scene.case.letter is not None
    if not chosen and scene.kind.reader is None and reader(scene) == "platform" and scene.request.language in names:
        return names[scene.request.language]
    return scene.text(f"letter.title.{scene.kind.id}")


def reference(scene: LetterContext) -> tuple[tuple[str, str], ...]:
    """(label, value) rows of the ids, the reason and the amount that identify the matter."""
    if not scene.kind.cites:
        return ()
    case = scene.case
    claim, notice = case.claim, case.notice
    amount = claim.amount if claim and claim.amount else case.order.total if case.order else None
    network = f"{claim.network.title()} {claim.network_reason_code or ''}".strip() if claim and claim.network else ""
    rows = (
        ("order", case.order.id if case.order else None),
        ("charge", case.payment.charge_id if case.payment else None),
        ("dispute", case.payment.dispute_id if case.payment else None),
        ("account", case.account.merchant_id if case.account else None),
        ("claim", claim.id if claim else None),
        ("return", case.return_.id if case.return_ else None),
        ("case", case.submission.case_id if case.submission else None),
        ("complaint", case.ip.complaint_id if case.ip else None),
        ("shipment", case.inventory.shipment_id if case.inventory else None),
        ("notice", notice.id if notice else None),
        ("error", notice.error_code if notice else None),
        ("reason", scene.text(f"reason.{case.reason}") if case.reason else None),
        ("network", network),
        ("amount", scene.say.money(amount) if amount else None),
    )
    named = {value: name for name, value in rows[::-1] if value}  # one number stands once, by the first of its names
    return tuple(
        (scene.text(f"letter.reference.{name}"), value) for name, value in rows if value and named[value] == name
    )


def signature(scene: LetterContext) -> tuple[str, ...]:
    """The person or team, the store, the company: the last line is the company, or what comes nearest to it."""
    seller = scene.case.seller
    if seller is None or not scene.kind.signed:
        return ()
    signatory = seller.signatory
    person = ", ".join(part for part in (signatory.name, signatory.title) if part) if signatory else ""
    lines = (person or seller.contact, seller.store, seller.name)
    return tuple(dict.fromkeys(line for line in lines if line))


def sender(scene: LetterContext) -> tuple[str, ...]:
    """Whose letter it is: store and company."""
    seller = scene.case.seller
    lines = (seller.store, seller.name) if seller else ()
    return tuple(dict.fromkeys(line for line in lines if line))


def enclosures(scene: LetterContext) -> tuple[str, ...]:
    """The exhibits with their captions and pages; a draft knows no pages."""
    request = scene.request
    found: list[str] = []
    for exhibit in request.plan.exhibits if scene.kind.cites else ():
        key = "letter.enclosure" if exhibit.first_page == exhibit.last_page else "letter.enclosure_pages"
        found.append(
            scene.text(
                "letter.enclosure_draft" if request.draft else key,
                number=exhibit.number,
                caption=request.captions.get(exhibit.file) or scene.text(f"kind.{exhibit.kind}"),
                page=exhibit.first_page,
                last=exhibit.last_page,
            )
        )
    return tuple(found)


def day(scene: LetterContext) -> str:
    """The date of the letter, as it is on the site."""
    return scene.say.day(scene.request.as_of.astimezone(ZoneInfo(scene.request.site.zone)))
