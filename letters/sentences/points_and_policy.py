"""The claim point by point, and the policies that the buyer agreed to."""

from casefile.fields.claim import ClaimPoint
from casefile.fields.payment import Policy
from casefile.letter import Proof
from letters import printed
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, RawParagraph, filled_columns, paragraph


def _listing(scene: LetterContext, point: ClaimPoint, pointer: str) -> Raw | None:
    words = scene.words(point.listing_says, f"{pointer}/listing_says")
    if not words:
        return None
    read = printed.quotation(scene, point.listing_says)
    cites = read or scene.of_kinds("listing")
    if not cites:
        return scene.plain("letter.point_says", "fact", quote=scene.say.quoted(words))
    proof: Proof = "shown" if read else "attached"
    return scene.fact("letter.point_says", cites, proof, quote=scene.say.quoted(words))


def _met_by_listing(scene: LetterContext, point: ClaimPoint) -> bool:
    """Whether the listing's own words answer a point: the letter began with such words, and this is not all that it said."""
    claim = scene.case.claim
    several = claim is not None and (len(claim.points) > 1 or not claim.statement)
    return several and "listing_words" in scene.told and bool(point.says and point.listing_says and not point.answer)


def _row(scene: LetterContext, point: ClaimPoint, pointer: str) -> RawParagraph | None:
    answer = scene.own(point.answer, "argument", f"{pointer}/answer", point.files)
    if answer is None and not _met_by_listing(scene, point):
        if not point.answer:
            scene.left(f"{pointer}/answer", "not-answered")
        return None
    says = scene.words(point.says, f"{pointer}/says")
    cells = (
        scene.plain("letter.point_says", "fact", quote=scene.say.quoted(says)) if says else None,
        _listing(scene, point, pointer),
        answer,
    )
    kept = [(column, cell) for column, cell in enumerate(cells) if cell]
    return RawParagraph(
        sentences=tuple(cell for _, cell in kept),
        cells=tuple(column for column, _ in kept),
        table=tuple(scene.text(f"letter.column.{name}") for name in ("says", "listing", "answer")),
        together=True,
    )


@block
def points(scene: LetterContext) -> Paragraphs:
    """The claim point by point: what the buyer says, what the listing says, our answer with its exhibit.

    One row of a table per point; a point without an answer stays out and is listed as left out.
    """
    points = scene.case.claim.points if scene.case.claim else ()
    rows = [row for n, point in enumerate(points) if (row := _row(scene, point, f"/claim/points/{n}"))]
    if rows and scene.covered("item_as_listed"):
        scene.said.add("item_as_listed")
    return filled_columns(rows)


def _policy(scene: LetterContext, policy: Policy | None, which: str) -> list[Raw]:
    if policy is None:
        return []
    covered = scene.covered("policy_shown")
    if scene.against("policy_shown"):
        return []
    known = covered is not None and covered.status in {"shown", "attached"}
    cites = scene.of_files(policy.files) or (covered.exhibits if covered and known else ())
    found = []
    if policy.shown_at and "policy_at" not in scene.told:
        where = scene.words(policy.where, f"/policies/{which}/where")
        details = scene.text("letter.details", details=where) if where else ""
        date = scene.say.moment(policy.shown_at)
        found.append(scene.fact(f"letter.policy_shown.{which}", cites, "attached", date=date, details=details))
    words = scene.words(policy.text, f"/policies/{which}/text")
    if words:
        quote = scene.say.quoted(words)
        found.append(scene.fact(f"letter.policy_says.{which}", cites, "attached", quote=quote))
    return found


@block
def policy(scene: LetterContext) -> Paragraphs:
    """The refund, cancellation and return policies: what they say and when the buyer saw them.

    One paragraph per policy.
    """
    policies = scene.case.policies
    if policies is None:
        return []
    named = (("refund", policies.refund), ("cancellation", policies.cancellation), ("return", policies.return_))
    return [paragraphs for which, policy in named for paragraphs in paragraph(*_policy(scene, policy, which))]
