"""A batch of one row behind another tenant's heap: counted in rows of the heap, so that a slow machine changes nothing."""

import hashlib
import time

import pytest

HEAD = "platform,procedure,order_id,extra.do,extra.seconds\n"
SMALL, HEAP = "small-key-0123456789abcdef", "heap-key-0123456789abcdef"
ROWS = 60


@pytest.fixture
def client(make_client, tmp_path):
    keys = ",".join(f"{name}={hashlib.sha256(key.encode()).hexdigest()}" for name, key in (("s", SMALL), ("h", HEAP)))
    with make_client(tmp_path, api_keys=keys) as client:
        yield client


def headers(key):
    return {"authorization": f"Bearer {key}"}


def send(client, key, rows):
    answer = client.post("/v1/batches", files={"sheet": ("s.csv", HEAD + "\n".join(rows))}, headers=headers(key))
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def until(client, key, path, wanted):
    end = time.monotonic() + 300
    while time.monotonic() < end:
        batch = client.get(path, headers=headers(key)).json()
        if wanted(batch):
            return batch
        time.sleep(0.02)
    raise AssertionError(batch)


def done(batch):
    return batch["counts"].get("done", 0)


def test_one_row_waits_for_a_few_rows_of_the_heap(client, a_case):
    case = a_case()
    row = f"{case['platform']},{case['procedure']},112-{{:07}}-7716253,sleep,{{}}"
    heap = send(client, HEAP, [row.format(n, 1) for n in range(ROWS)])
    before = done(until(client, HEAP, heap, lambda batch: done(batch) >= 1))
    mine = send(client, SMALL, [row.format(999, 0)])
    assert until(client, SMALL, mine, lambda batch: batch["status"] == "succeeded")["counts"] == {"done": 1}
    heaped = client.get(heap, headers=headers(HEAP)).json()
    assert heaped["status"] == "running", "the heap was done first"
    assert done(heaped) - before < ROWS / 2
    client.delete(heap, headers=headers(HEAP))
