"""What is remembered of earlier packs: ids, parcel, buyer and wording; an unreadable one costs nothing."""

import datetime as dt
from types import SimpleNamespace

from jobs.engine.recall import recall
from jobs.records.notes import OutcomeRecord, SubmissionRecord

CASE = {
    "platform": "amazon", "procedure": "a_to_z_response", "reason": "item_not_received", "order": {"id": "112-4829307-7716253"},
    "parcels": [{"tracking_number": "1Z999AA10123456784"}], "buyer": {"username": "Ann"}, "seller": {"store": "Northlake Home"},
    "facts": [{"text": "The carrier scanned the parcel in the night and delivered it on the next day."}],
}  # fmt: skip


class Packs:
    """Packs that hold these cases."""

    def __init__(self, *cases):
        self.cases = cases

    def page(self, tenant, **_):
        notes = {
            "submission": SubmissionRecord(at="2026-11-18T10:00:00+00:00"),
            "outcome": OutcomeRecord(outcome="won"),
        }
        return [SimpleNamespace(id=str(n), **notes) for n in range(len(self.cases))], False

    def shelf(self, tenant, pack_id):
        case = self.cases[int(pack_id)]
        asked = SimpleNamespace(
            case=case,
            subject="112-4829307-7716253",
            order_ids=["112-4829307-7716253"],
            uploads=[SimpleNamespace(sha256="ab")],
        )
        return SimpleNamespace(accepted=lambda: asked if case else None)


def test_a_pack_is_remembered():
    (one,) = recall(Packs(CASE), "t")
    assert (one.subject, one.store, one.tracking_numbers) == (
        "112-4829307-7716253",
        "Northlake Home",
        ("1Z999AA10123456784",),
    )
    assert (one.files, one.outcome, len(one.letter) > 5) == (("ab",), "won", True)
    assert one.submitted_at == dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)
    assert one.buyer
    assert "Ann" not in one.buyer


def test_erased_and_unreadable_packs_are_passed_over():
    assert len(recall(Packs(None, {"platform": 3}, CASE), "t")) == 1
