"""What stands around the sentences: addressee, subject, reference table, signature, list of exhibits. Pure."""

from zoneinfo import ZoneInfo

from casefile.subject import subject_id
from letters.scene import Scene


def addressee(scene: Scene) -> str:
    """Who reads the letter."""
    return scene.text("letter.addressee", platform=scene.name(scene.request.platform.name))


def salutation(scene: Scene) -> str:
    """How the reader is greeted."""
    return scene.text("letter.salutation", platform=scene.name(scene.request.platform.name))


def subject(scene: Scene) -> str:
    """What the letter is about, with the id that the platform files it under."""
    procedure = scene.request.procedure
    found = subject_id(scene.case, procedure.subject)
    title = scene.name(procedure.name)
    if not found:
        return title
    return scene.text("letter.subject", procedure=title, id=found, what=scene.text(f"letter.subject.{procedure.subject}"))


def reference(scene: Scene) -> tuple[tuple[str, str], ...]:
    """(label, value) rows of the ids, the reason and the amount that identify the matter."""
    case = scene.case
    claim, notice = case.claim, case.notice
    amount = claim.amount if claim and claim.amount else case.order.total if case.order else None
    network = " ".join(
        part for part in ((claim.network or "").title(), claim.network_reason_code or "") if part
    ) if claim else ""  # fmt: skip
    rows = (
        ("order", case.order.id if case.order else None),
        ("charge", case.payment.charge_id if case.payment else None),
        ("dispute", case.payment.dispute_id if case.payment else None),
        ("account", case.account.merchant_id if case.account else None),
        ("claim", claim.id if claim else None),
        ("return", case.return_.id if case.return_ else None),
        ("case", case.submission.case_id if case.submission else None),
        ("notice", notice.id if notice else None),
        ("error", notice.error_code if notice else None),
        ("reason", scene.text(f"reason.{case.reason}") if case.reason else None),
        ("network", network),
        ("amount", scene.say.money(amount) if amount else None),
    )
    return tuple((scene.text(f"letter.reference.{name}"), value) for name, value in rows if value)


def signature(scene: Scene) -> tuple[str, ...]:
    """The person or team, the store, the company: the last line is the company, or what comes nearest to it."""
    seller = scene.case.seller
    if seller is None:
        return ()
    signatory = seller.signatory
    person = ", ".join(part for part in (signatory.name, signatory.title) if part) if signatory else ""
    lines = (person or seller.contact, seller.store, seller.name)
    return tuple(dict.fromkeys(line for line in lines if line))


def enclosures(scene: Scene) -> tuple[str, ...]:
    """The exhibits with their captions and pages; a draft knows no pages."""
    request = scene.request
    found = []
    for exhibit in request.plan.exhibits:
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


def day(scene: Scene) -> str:
    """The date of the letter, as it is on the site."""
    return scene.say.day(scene.request.as_of.astimezone(ZoneInfo(scene.request.site.zone)))
