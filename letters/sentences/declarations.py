"""What the person who signs a counter-notice declares: printed to be ticked and signed by hand, never pre-ticked.

17 U.S.C. 512(g)(3) asks for the material and where it stood, good faith under penalty of perjury, name, address, telephone
number, consent to jurisdiction, and a signature. Only a copyright complaint is answered so; a court order never.
"""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

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


def write(scene: LetterContext) -> Paragraphs:
    """The contact data, the declarations as a list to be ticked, the line to sign on."""
    right = scene.case.ip
    if right is None or right.is_court_order or right.right not in {None, "copyright"}:
        scene.left("/ip/right", "no-counter-notice")
        return []
    boxes = [scene.plain(f"letter.declared.{name}", "legal") for name in _DECLARED]
    sign = scene.plain("letter.sign_here", "legal")
    return [*paragraph(*_contact(scene), listed=True), *paragraph(*boxes, listed=True), *paragraph(sign)]
