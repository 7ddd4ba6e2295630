"""What is due goes once, whoever removes it, and a keeper that dies in the middle leaves nothing half."""

import datetime as dt
import threading
from collections import Counter

import pytest
from due_packs import lay, lay_rows
from fake_trade import TRADE
from sqlalchemy import func, select, text

from jobs.batch.batches import Batches
from jobs.engine.packs import Packs
from jobs.engine.workers import PoolLimits, WorkerPool
from jobs.erasing import Erasing
from jobs.records.database import Database
from jobs.records.drafts import Drafts
from jobs.records.keys import Keys
from jobs.records.ledger import PackLedger
from jobs.records.removals import LEASE
from jobs.records.store import Store
from jobs.records.store_check import examine
from jobs.records.tables import packs, people, removals
from jobs.retention import Retention

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
OLD = NOW - dt.timedelta(days=200)


class Keeper:
    """What one process removes with, over data that others share."""

    def __init__(self, folder, **settings):
        self.database = Database(f"sqlite:///{folder}/app.db")
        self.store = Store(f"file://{folder}/objects")
        self.erased = []
        pool = WorkerPool(TRADE.open_workshop, PoolLimits(slots=1))
        packed = Packs(PackLedger(self.database), self.store, pool, TRADE)
        self.erasing = Erasing(self.database, packed, Batches(self.database, self.store, pool, 1))
        whole = self.erasing.packs

        def watched(found, claim=None, **more):
            gone = whole(found, claim, **more)
            self.erased += gone.packs
            return gone

        self.erasing.packs = watched
        drafts = Drafts(self.database, self.store)
        self.retention = Retention(
            database=self.database, erasing=self.erasing, drafts=drafts, keys=Keys(self.database), **settings
        )


@pytest.fixture
def keeper(tmp_path):
    made = []

    def make(**settings):
        one = Keeper(tmp_path, **settings)
        one.database.migrate()
        made.append(one)
        return one

    yield make
    for one in made:
        one.database.close()


def count(database, table, where=None):
    with database.read() as connection:
        wanted = select(func.count()).select_from(table)
        return connection.scalar(wanted if where is None else wanted.where(where))


def test_two_keepers_share_what_is_due_and_each_pack_is_erased_once(keeper):
    first, second = keeper(), keeper()
    ids = lay(first.database, first.store, 1_000, at=OLD)
    young = lay(first.database, first.store, 3, at=NOW)
    assert first.retention.backlog(NOW) == (1_000, 20 * 86_400)
    threads = [threading.Thread(target=one.retention.tidy) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(first.erased + second.erased) == Counter(ids)
    assert min(len(first.erased), len(second.erased)) > 0
    assert first.retention.backlog(NOW) == (0, 0.0)
    assert (count(first.database, removals), list(examine(first.database, first.store))) == (0, [])
    assert {key.split("/")[2] for key in first.store.under("packs")} == set(young)
    assert count(first.database, people) == 2 * len(young)


@pytest.mark.parametrize("moment", ["claimed", "rows", "half"])
def test_a_keeper_that_dies_in_the_middle_leaves_nothing_half(keeper, monkeypatch, moment):
    first, second = keeper(), keeper()
    ids = lay(first.database, first.store, 20, at=OLD)

    def die(*_, **__):
        raise KeyboardInterrupt

    if moment == "claimed":
        first.erasing.packs = die
    elif moment == "rows":
        monkeypatch.setattr(first.store, "clear", die)
    else:
        clear, calls = first.store.clear, []
        monkeypatch.setattr(
            first.store, "clear", lambda *a: die() if len(calls) == 7 else (calls.append(1), clear(*a))[1]
        )
    with pytest.raises(KeyboardInterrupt):
        first.retention.tidy()
    second.retention.tidy()
    assert second.erased == []
    later = NOW + LEASE * 3
    second.erasing.removals.sweep(later)
    second.retention.round(later)
    assert set(first.erased + second.erased) == set(ids) or moment != "claimed"
    assert count(second.database, packs, packs.c.erased_at.is_(None)) == 0
    assert (second.store.under("packs"), count(second.database, removals)) == ([], 0)
    assert list(examine(second.database, second.store)) == []


def test_every_tenant_has_its_turn_and_its_own_days(keeper):
    one = keeper(days_of={"short": 10, "long": 365})
    at = NOW - dt.timedelta(days=20)
    for tenant in ("short", "plain", "long"):
        lay(one.database, one.store, 2, tenant=tenant, at=at)
        lay(one.database, one.store, 1, tenant=tenant, at=OLD)
    assert one.retention.round(NOW)["packs"] == 4
    with one.database.read() as connection:
        left = connection.execute(select(packs.c.tenant).where(packs.c.erased_at.is_(None)))
        assert Counter(row.tenant for row in left) == {"plain": 2, "long": 3}


def test_records_are_forgotten_as_long_after(keeper):
    one = keeper()
    lay(one.database, one.store, 5, at=OLD)
    assert one.retention.round(NOW)["packs"] == 5
    assert one.retention.round(NOW + dt.timedelta(days=179))["records"] == 0
    assert one.retention.round(NOW + dt.timedelta(days=181))["records"] == 5
    assert count(one.database, packs) == 0


def test_what_is_due_is_found_by_an_index(keeper):
    one = keeper()
    lay_rows(one.database, "t", 2_000, at=NOW)
    wanted = (
        select(packs.c.id).where(one.retention._due("t", NOW)).order_by(packs.c.erased_at, packs.c.created_at).limit(5)
    )
    sql = str(wanted.compile(one.database.engine, compile_kwargs={"literal_binds": True}))
    with one.database.read() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
    assert "ix_packs_tenant_erased_at_created_at (tenant=? AND erased_at=? AND created_at<?)" in plan
    assert "TEMP B-TREE" not in plan
