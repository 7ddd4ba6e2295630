import pytest

from jobs.records.store import AlreadyStored, Store


@pytest.fixture(params=["file", "memory"])
def store(request, tmp_path):
    return Store(f"file://{tmp_path}/objects" if request.param == "file" else "memory:///")


def test_what_is_put_comes_back(store, tmp_path):
    (tmp_path / "big").write_bytes(b"0123456789")
    store.put("a/b/one", b"bytes")
    store.put("a/b/two", tmp_path / "big")
    assert store.get("a/b/one") == b"bytes"
    assert store.read("a/b/two", 3, 4) == b"3456"
    assert store.read("a/b/two", 0, 0) == b""
    assert (store.size("a/b/two"), store.size("a/none"), store.get("a/none")) == (10, None, None)


def test_the_first_put_wins(store):
    store.put("k/one", b"first")
    with pytest.raises(AlreadyStored):
        store.put("k/one", b"second")
    assert store.get("k/one") == b"first"
    store.put("k/one", b"third", replace=True)
    assert store.get("k/one") == b"third"


def test_listing_and_deleting(store):
    for key in ("packs/t/1/x", "packs/t/2/y/z", "packs/u/3/x"):
        store.put(key, b"")
    assert store.folders("packs/t") == ["1", "2"]
    assert store.under("packs/t") == ["packs/t/1/x", "packs/t/2/y/z"]
    assert store.folders("packs/none") == []
    store.delete(["packs/t/1/x", "packs/t/none"])
    assert store.under("packs/t") == ["packs/t/2/y/z"]


def test_keys_cannot_climb_out(tmp_path):
    store = Store(f"file://{tmp_path}/objects")
    with pytest.raises(ValueError, match=r"\.\."):
        store.get("../secret")


def test_nothing_half_written_is_left(tmp_path):
    store = Store(f"file://{tmp_path}/objects")
    store.put("k", b"1")
    with pytest.raises(FileNotFoundError):
        store.put("k2", tmp_path / "gone")
    assert [path.name for path in (tmp_path / "objects" / ".incoming").iterdir()] == []
    assert store.under("") == ["k"]
