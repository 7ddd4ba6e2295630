"""What is asked for: by the ground that leads, else by the money, with the ids under which the reader finds the matter."""

from letters import grounded
from letters.blocks import block
from letters.language_formatter import bare, ended, opened
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _key(scene: LetterContext) -> str:
    kind = scene.kind.id
    if scene.accepts and scene.has(f"letter.request_accept.{kind}"):
        return f"letter.request_accept.{kind}"
    if scene.has(f"letter.request.{kind}.{scene.case.reason}"):
        return f"letter.request.{kind}.{scene.case.reason}"
    return f"letter.request.{kind}.{scene.matter}" if scene.has(f"letter.request.{kind}.{scene.matter}") else (
        f"letter.request.{kind}"
    )  # fmt: skip


_ON_AGREEMENT = {"withdrawal_application", "close_request"}
"""Letters that ask for what the buyer agreed to."""
_LEAVES = {"fact_evidence_conclusion"}
"""Letters that ask to leave a sum with the seller."""


def _agreed(scene: LetterContext) -> bool:
    """Whether the buyer agreed, by an exhibit or by our dated record; a draft knows no evidence."""
    covered, withdrawal = scene.covered("buyer_agreed"), scene.case.withdrawal
    dated = withdrawal is not None and bool(withdrawal.agreed_at or withdrawal.buyer_confirmed_at)
    return scene.request.draft or dated or (covered is not None and covered.status == "shown")


def _net(scene: LetterContext) -> Raw | None:
    """What is asked for after a refund: what is left of the sum, or nothing more."""
    back, rest = scene.given_back, scene.still_asked
    if back is None or rest is None or back.currency != rest.currency:
        return None
    key = "letter.request_rest" if rest.amount else "letter.request_refunded"
    return scene.plain(key, "request", refunded=scene.say.money(back), amount=scene.say.money(rest))


_REFERENCES = 2
"""Ids that the request names, the nearest to the matter first."""


def _references(scene: LetterContext) -> str:
    """The ids under which the reader finds the matter: the case or claim, the order, the parcel of stock."""
    case, claim = scene.case, scene.case.claim
    rows = (
        ("case", case.submission.case_id if case.submission else None),
        ("claim", claim.id if claim else None),
        ("dispute", case.payment.dispute_id if case.payment else None),
        ("return", case.return_.id if case.return_ else None),
        ("order", case.order.id if case.order else None),
        ("charge", case.payment.charge_id if case.payment else None),
        ("shipment", case.inventory.shipment_id if case.inventory else None),
        ("notice", case.notice.id if case.notice else None),
        ("account", case.account.merchant_id if case.account else None),
    )
    # one number is said once, by what it is of: a dispute or return rather than a claim
    names = {value: name for name, value in rows if value}
    found = [f"{scene.text(f'letter.reference.{name}')} {value}" for value, name in names.items()]
    return scene.text("letter.comma").join(found[:_REFERENCES])


def _metric(scene: LetterContext) -> str:
    """The metric that orders are to be taken out of, by its name."""
    metric = scene.case.metric
    key = f"letter.metric.{metric.name}" if metric else ""
    return scene.text(key) if metric and scene.has(key) else ""


def _named(scene: LetterContext, text: str, *more: str) -> Raw:
    """A request with the ids of the matter behind it, and ``more`` before them."""
    cites = scene.text("letter.comma").join(filter(None, (*more, _references(scene))))
    said = (
        scene.text("letter.own_cited", text=bare(text), cites=cites) if cites else ended(text, scene.request.language)
    )
    return Raw(text=opened(said), sentence_class="request")


_DECIDED_ON = {"fact_evidence_conclusion", "appeal_after_decision", "reimbursement"}
"""Letters that ask for a decision about a sum: what is asked follows from the money where no ground asks for more."""


def _by_ledger(scene: LetterContext) -> Raw | None:
    """What is asked for by the money alone: nothing is left with the seller that was taken already."""
    ledger, claim = scene.request.evidence.ledger, scene.case.claim
    if scene.kind.id not in _DECIDED_ON or scene.accepts:
        return None
    key = f"ground.ask.{ledger.verb}.{ledger.matter('return' if scene.matter == 'return' else 'claim')}"
    money = {
        "net": ledger.net,
        "disputed": ledger.disputed or (claim.amount if claim else None),
        "refunded": scene.given_back,
    }
    said = {name: scene.say.money(sum_) for name, sum_ in money.items() if sum_}
    denies = ledger.verb == "deny"
    sure = ("_sum", "") if not denies else ("_open", "_sum", "")  # without a ground nobody says that nothing is owed
    ends = ("_refunded", "") if ledger.settled and denies else ("",) if ledger.offered and denies else sure
    known = (
        key + end
        for end in ends
        if grounded.speaks(scene, key + end) and grounded.named(scene, key + end) <= said.keys()
    )
    found = next(known, None)
    return _named(scene, scene.text(found, **said)) if found else None


def _grounded(scene: LetterContext) -> list[Raw]:
    """What the leading ground asks for, by its verb; the ids stand behind the first."""
    first = grounded.leading(scene)
    if first is None or not all(grounded.speaks(scene, key) for key in first.requests):
        return []
    found = [text for key in first.requests if (text := grounded.asked(scene, first, key))]
    if not found:
        return []
    of = (_metric(scene),) if first.ask.verb == "exclude" else ()
    return [
        _named(scene, found[0], *of),
        *(Raw(text=text, sentence_class="request") for text in dict.fromkeys(found[1:])),
    ]


_PLANS = {"plan_of_action"}
"""Letters that ask for a plan to be accepted."""


def _planned(scene: LetterContext) -> bool:
    case = scene.case
    return bool(case.root_causes or case.actions_taken or case.preventions)


def _restored(scene: LetterContext) -> str:
    """What is asked for where papers answer the notice and there is no plan."""
    procedure, account = scene.request.procedure, scene.case.account
    if procedure.penalty:
        return "ground.ask.cancel.violation"
    if account and account.status in {"suspended", "under_review"}:
        return "ground.ask.reinstate.account"
    return "letter.request_as_enclosed"


def _by_kind(scene: LetterContext) -> Raw:
    """What a letter of this kind asks for in such a matter."""
    key = _key(scene)
    claim = scene.case.claim
    if scene.kind.id in _PLANS and not scene.accepts and not _planned(scene):
        key = _restored(scene)
    if scene.kind.id in _LEAVES and scene.matter != "dispute" and not scene.accepts and (rest := _net(scene)):
        return rest
    amount = claim.amount if claim and scene.has(key + "_amount") else None
    total = scene.case.order.total if scene.case.order else None
    amount = None if key.endswith(".fee_dispute") and amount == total else amount  # a fee is less than what was sold
    text = scene.text(key + "_amount", amount=scene.say.money(amount)) if amount else scene.text(key)
    if (scene.kind.reader or scene.request.procedure.audience) in grounded.READERS:
        return Raw(text=opened(text), sentence_class="request")
    return _named(scene, text)


@block
def request(scene: LetterContext) -> Paragraphs:
    """What we ask for: the last paragraph of the letter.

    The seller's own request in the letter's language, else what the leading ground or the money asks for, else what fits kind
    and matter.
    """
    own = scene.own(scene.case.request, "request", "/request")
    if own:
        return paragraph(own)
    if asked := _grounded(scene):
        return paragraph(*asked)
    if scene.kind.id in _ON_AGREEMENT and (scene.against("buyer_agreed") or not _agreed(scene)):
        return paragraph(scene.plain("letter.request_as_enclosed", "request"))
    return paragraph(_by_ledger(scene) or _by_kind(scene))
