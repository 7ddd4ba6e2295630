"""Rights and signatures: the complaint about a right, the basis of sale, authorisation and declarations to be signed."""

from dataclasses import replace

from casefile.fields.files import Kind
from casefile.subject import subject_id
from letters.blocks import block
from letters.language_formatter import bare
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_NAMED = 10
"""Listings named in full."""


@block
def complaint(scene: LetterContext) -> Paragraphs:
    """The complaint about a right: which, whose, about what.

    One paragraph on the complaint, a list of the places it names.
    """
    right = scene.case.ip
    if right is None:
        return []
    kind = scene.text(f"letter.right.{right.right}") if right.right else scene.text("letter.right.any")
    parts = [
        scene.text("letter.registration", number=right.registration_number) if right.registration_number else None,
        right.owner.name if right.owner else None,
    ]
    details = scene.text("letter.semicolon").join(part for part in parts if part)
    bracket = scene.text("letter.details", details=details) if details else ""
    key = "letter.complaint" + ("_id" if right.complaint_id else "")
    cites = scene.of_kinds("notice")
    stated = scene.known(key, cites, shown=False, id=right.complaint_id or "", right=kind, details=bracket)
    places = [*right.asins, *right.urls][:_NAMED]
    named = scene.text("letter.comma").join(places)
    return paragraph(stated, scene.plain("letter.complained_of", "fact", places=named) if places else None)


_KINDS: dict[str, tuple[Kind, ...]] = {
    "licensed": ("authorisation", "contract"),
    "authorised": ("authorisation",),
    "first_sale": ("invoice",),
    "non_infringing": ("product_photo", "test_report"),
    "misidentified": ("listing", "product_photo"),
}
"""Basis → kinds of evidence that carry it."""


@block
def basis(scene: LetterContext) -> Paragraphs:
    """Why the complaint does not hold: on which basis the goods are sold.

    One argument with its exhibits, or none where the case names no basis.
    """
    right = scene.case.ip
    if right is None or right.basis is None:
        return []
    cites = scene.of_kinds(*_KINDS[right.basis])
    key, platform = f"letter.basis.{right.basis}", scene.name(scene.request.platform.name)
    if cites:  # no page states a basis: what carries it is enclosed
        return paragraph(replace(scene.fact(key, cites, "attached", platform=platform), sentence_class="argument"))
    return paragraph(scene.worded(bare(scene.text(key, platform=platform)), "argument", cites))


@block
def authorised(scene: LetterContext) -> Paragraphs:
    """The seller's authorisation of an agent: who, for what, from when.

    Three legal sentences and a line to sign on; without the agent's name nothing.
    """
    agent = scene.case.submitted_by.name if scene.case.submitted_by else None
    seller = scene.case.seller
    company = (seller.name or seller.store) if seller else None
    if not agent or not company:
        scene.left("/submitted_by/name" if not agent else "/seller/name", "name-missing")
        return []
    found = subject_id(scene.case, scene.request.procedure.subject) or ""
    platform = scene.name(scene.request.platform.name)
    names = {"seller": company, "agent": agent, "platform": platform}
    given = scene.plain(f"letter.authorise.{scene.request.procedure.subject}", "legal", id=found, **names)
    scope = scene.plain("letter.authorise_scope", "legal")
    since = scene.plain("letter.authorise_from", "legal", date=scene.say.day(scene.request.as_of.date()))
    return [*paragraph(given, scope, since), *paragraph(scene.plain("letter.sign_here", "legal"))]


_DECLARED = ("good_faith", "jurisdiction", "service")
_CONTACT = ("name", "address", "phone", "email")


def _contact(scene: LetterContext) -> list[Raw | None]:
    seller = scene.case.seller
    signatory = seller.signatory.name if seller and seller.signatory else None
    found: list[Raw | None] = []
    for field in _CONTACT:
        value = getattr(seller, field) if seller else None
        value = signatory or value if field == "name" else value
        if value:
            found.append(scene.plain(f"letter.contact_data.{field}", "legal", value=value))
        else:
            scene.left(f"/seller/{field}", "contact-missing")
    return found


@block
def declarations(scene: LetterContext) -> Paragraphs:
    """What the person who signs a counter-notice declares: printed to be ticked and signed by hand, never pre-ticked.

    17 U.S.C. 512(g)(3) asks for the material and where it stood, good faith under penalty of perjury, name, address, telephone
    number, consent to jurisdiction, and a signature. Only a copyright complaint is answered so; a court order never.

    The contact data, the declarations as a list to be ticked, the line to sign on.
    """
    right = scene.case.ip
    if right is None or right.is_court_order or right.right not in {None, "copyright"}:
        scene.left("/ip/right", "no-counter-notice")
        return []
    boxes = [scene.plain(f"letter.declared.{name}", "legal") for name in _DECLARED]
    sign = scene.plain("letter.sign_here", "legal")
    return [*paragraph(*_contact(scene), listed=True), *paragraph(*boxes, listed=True), *paragraph(sign)]
