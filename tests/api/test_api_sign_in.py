"""Signing in through the browser: a session instead of a key, its token in every form, failed attempts slowed down."""

import hashlib
import re

import pytest

KEY = "a-long-key-of-shop-a"
PAGE = {"accept": "text/html"}


@pytest.fixture
def keyed(make_client, tmp_path):
    digest = hashlib.sha256(KEY.encode()).hexdigest()
    with make_client(tmp_path, api_keys=f"shop-a={digest}") as client:
        yield client


def sign_in(client, key=KEY, following="/packs"):
    return client.post("/sign-in", data={"key": key, "next": following}, follow_redirects=False)


def token(client):
    return re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/", headers=PAGE).text)[1]


def test_a_page_leads_to_the_sign_in_and_back(keyed):
    there = keyed.get("/packs?order_id=1", headers=PAGE, follow_redirects=False)
    assert there.status_code == 303
    assert there.headers["location"] == "/sign-in?next=%2Fpacks%3Forder_id%3D1"
    entered = sign_in(keyed, following="/packs?order_id=1")
    assert entered.headers["location"] == "/packs?order_id=1"
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert keyed.get("/packs", headers=PAGE).status_code == 200


def test_the_way_back_never_leaves_this_service(keyed):
    for address in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"):
        assert sign_in(keyed, following=address).headers["location"] == "/"


def test_a_wrong_key_is_told_and_many_are_slowed_down(keyed):
    answers = [sign_in(keyed, key=f"wrong-{n}").status_code for n in range(7)]
    assert answers == [401] * 5 + [429] * 2
    assert sign_in(keyed).status_code == 429


def test_programs_are_not_sent_to_a_page(keyed):
    assert keyed.get("/v1/packs", headers=PAGE).status_code == 401
    assert keyed.get("/packs").status_code == 401


def test_a_change_needs_the_token_of_the_page(keyed):
    sign_in(keyed)
    mail = {"mail": "Amazon order 112-4829307-7716253"}
    assert keyed.post("/mail", data=mail, follow_redirects=False).status_code == 403
    assert keyed.post("/mail", data={**mail, "csrf": token(keyed)}, follow_redirects=False).status_code == 303
    assert keyed.post("/v1/drafts", json={}).status_code == 403
    assert keyed.post("/v1/drafts", json={}, headers={"x-csrf-token": token(keyed)}).status_code != 403


def test_signing_out_ends_it(keyed):
    sign_in(keyed)
    keyed.post("/sign-out", data={"csrf": token(keyed)})
    assert keyed.get("/packs", headers=PAGE, follow_redirects=False).status_code == 303


def test_a_changed_cookie_is_nobody(keyed):
    sign_in(keyed)
    value = keyed.cookies["session"]
    keyed.cookies.clear()
    for place in range(0, len(value) - 2, 7):  # the last sign holds bits that mean nothing
        other = "B" if value[place] == "A" else "A"
        forged = {**PAGE, "cookie": f"session={value[:place]}{other}{value[place + 1 :]}"}
        assert keyed.get("/packs", headers=forged, follow_redirects=False).status_code == 303, place


def test_without_keys_nobody_signs_in(client):
    assert client.get("/", headers=PAGE).status_code == 200
    assert 'name="csrf"' not in client.get("/", headers=PAGE).text
