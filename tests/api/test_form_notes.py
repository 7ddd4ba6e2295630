"""What was recorded of a pack stands on its page and in the list, in words."""

import re


def test_submission_and_outcome_are_recorded_by_the_form_and_shown(client, post):
    pack = post().json()
    page = client.get(f"/packs/{pack['id']}").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    sent = {"csrf": token[1]} if token else {}
    form = [(name, (None, value)) for name, value in {**sent, "case_id": "C-77", "at": "2026-11-19T09:00"}.items()]
    form.append(("screenshot", ("done.png", b"shot", "image/png")))
    assert client.post(f"/packs/{pack['id']}/submission", files=form, follow_redirects=False).status_code == 303
    ended = {**sent, "outcome": "won", "why": "the carrier confirmed"}
    assert client.post(f"/packs/{pack['id']}/outcome", data=ended, follow_redirects=False).status_code == 303
    kept = client.get(f"/v1/packs/{pack['id']}").json()
    assert (kept["submission"]["case_id"], kept["submission"]["screenshot"]["name"]) == ("C-77", "done.png")
    assert (kept["outcome"]["outcome"], kept["outcome"]["why"]) == ("won", "the carrier confirmed")
    page = client.get(f"/packs/{pack['id']}").text
    assert "the carrier confirmed" in page
    assert "C-77" in page
    assert client.get("/packs").status_code == 200
