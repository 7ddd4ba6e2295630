"""The refund, cancellation and return policies: what they say and when the buyer saw them."""

from casefile.fields.payment import Policy
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _policy(scene: LetterContext, policy: Policy | None, which: str) -> list[Raw]:
    if policy is None:
        return []
    covered = scene.covered("policy_shown")
    known = covered is not None and covered.status in {"shown", "attached"}
    cites = scene.of_files(policy.files) or (covered.exhibits if covered and known else ())
    found = []
    if policy.shown_at:
        where = scene.words(policy.where, f"/policies/{which}/where")
        details = scene.text("letter.details", details=where) if where else ""
        date = scene.say.moment(policy.shown_at)
        found.append(scene.fact(f"letter.policy_shown.{which}", cites, "attached", date=date, details=details))
    words = scene.words(policy.text, f"/policies/{which}/text")
    if words:
        quote = scene.say.quoted(words)
        found.append(scene.fact(f"letter.policy_says.{which}", cites, "attached", quote=quote))
    return found


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph per policy."""
    policies = scene.case.policies
    if policies is None:
        return []
    named = (("refund", policies.refund), ("cancellation", policies.cancellation), ("return", policies.return_))
    return [paragraphs for which, policy in named for paragraphs in paragraph(*_policy(scene, policy, which))]
