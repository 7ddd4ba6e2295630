"""What a tenant says of the columns of a sheet is kept for the next sheet with the same headers, until it is erased."""

from types import SimpleNamespace

import pytest

from casefile.errors import RequestFault
from jobs.batch.batch_names import keys_of
from jobs.batch.batch_tasks import finish, plan
from jobs.batch.kept_columns import fingerprint, forget_columns, keep_columns, kept_columns
from jobs.records.batch_values import BatchOptions
from jobs.records.store import Store

SHEET = "Ref,Wo\n2918273645,etsy\n"
MAP = "Ref=order_id; Wo=platform"


@pytest.fixture
def planned(house, tmp_path):
    """The plan of a batch of a tenant, with what it says of columns."""
    store = Store(f"file://{tmp_path}")

    def make(sheet=SHEET, told="", tenant="t"):
        (tmp_path / "sheet.csv").write_text(sheet)
        store.put(keys_of(tenant, "b")["sheet"], tmp_path / "sheet.csv", replace=True)
        options = BatchOptions(defaults={"map": told} if told else {}, as_of="2026-11-30T00:00:00+00:00")
        bench = SimpleNamespace(house=house)
        return plan(bench, lambda *_: None, url=store.url, tenant=tenant, batch_id="b", options=options)

    make.store, make.house = store, house
    return make


def test_columns_that_were_named_once_are_known_the_next_time(planned):
    with pytest.raises(RequestFault):
        planned()
    assert planned(told=MAP).rows == 1
    assert planned().rows == 1
    assert planned("Ref,Wo\n2918273646,etsy\n").rows == 1


def test_another_tenant_and_other_headers_know_nothing_of_it(planned):
    planned(told=MAP)
    with pytest.raises(RequestFault):
        planned(tenant="other")
    with pytest.raises(RequestFault):
        planned("Ref,Wo,Colour\n2918273645,etsy,red\n")


def test_it_is_erased(planned):
    planned(told=MAP)
    forget_columns(planned.store, "t")
    with pytest.raises(RequestFault):
        planned()


def test_what_is_said_later_counts(planned):
    planned(told=MAP)
    headers = ["Ref", "Wo"]
    keep_columns(planned.store, "t", headers, {"ref": "claim_id", "not there": "site"})
    assert kept_columns(planned.store, "t").sheets[fingerprint(headers)] == {"ref": "claim_id"}


def test_the_sheet_of_named_columns_comes_back(planned):
    found = planned(told=MAP)
    store = planned.store
    store.put(keys_of("t", "b")["told"], b'{"state":"queued","language":"en","rows":[2]}\n', replace=True)
    made = finish(
        SimpleNamespace(house=planned.house), lambda *_: None, url=store.url, tenant="t", batch_id="b", name="sheet.csv",
        run="1", told_columns=found.told_columns,
    )  # fmt: skip
    assert b"queued" in store.get(made.sheet.key)
