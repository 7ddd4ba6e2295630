"""Several files of one name that come to a draft at once are all kept: screenshots pasted within a second are called alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from api.form import drafting

FILES = 6


@pytest.fixture
def at_once(monkeypatch):
    """Everybody looks at what is there before anybody has put a file."""
    import threading

    together = threading.Barrier(FILES)
    seen = threading.local()
    free = drafting.renamed

    def looked(files, taken):
        found = free(files, taken)
        if not getattr(seen, "waited", False):
            seen.waited = True
            together.wait(20)
        return found

    monkeypatch.setattr(drafting, "renamed", looked)


def test_files_of_one_name_that_come_at_once_are_all_kept(make_client, tmp_path, at_once):
    with make_client(tmp_path) as client:
        draft = client.post("/v1/drafts", json={"case": {"platform": "amazon", "procedure": "a_to_z_response"}}).json()[
            "id"
        ]

        def send(number):
            part = {"files": ("pasted.png", b"picture %d" % number, "image/png")}
            return client.post(f"/drafts/{draft}/files", files=part).status_code

        with ThreadPoolExecutor(FILES) as senders:
            assert set(senders.map(send, range(FILES))) <= {200, 201}
        kept = client.get(f"/v1/drafts/{draft}").json()["files"]
    assert len(kept) == FILES
    assert len({file["sha256"] for file in kept}) == FILES
    assert {file["name"] for file in kept} == {"pasted.png", *(f"pasted_{n:02d}.png" for n in range(2, FILES + 1))}
