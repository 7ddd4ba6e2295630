"""The address of a draft shows the state that its case is in: being made, or as it was made."""

import itertools
import re

import pytest

ORDERS = (f"112-4829307-771{number:04d}" for number in itertools.count(1))
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


def button(client, page, action, **typed):
    """What a press of a button of a page answers, with what the page posts for it."""
    html = client.get(page).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    target = re.search(r'<form id="case" method="post" action="([^"]+)"', html)[1]
    sent = [(name, (None, value)) for name, value in {**hidden, "action": action, **typed}.items()]
    if not hidden.get("draft"):
        sent.append(("files", ("a.png", PNG, "image/png")))
    return client.post(target, files=sent, follow_redirects=False)


@pytest.fixture
def made(client, a_case):
    """The address of a draft that a pack was made of, and of the pack."""
    case = a_case()
    form = f"/form/{case['platform']}/{case['procedure']}"
    draft = button(client, form, "build", **{"/order/id": next(ORDERS)}).headers["location"]
    page = client.get(draft).text
    return draft, "/packs/" + re.search(r'data-made="([^"]+)"', page)[1]


def test_a_draft_shows_what_was_made_of_it_and_with_edit_how_it_is_made(client, made):
    draft, _ = made
    assert draft.startswith("/drafts/")
    assert 'id="case"' not in client.get(draft).text
    assert 'id="case"' in client.get(f"{draft}?edit").text


def test_the_old_address_of_the_result_leads_to_the_draft(client, made):
    draft, pack = made
    there = client.get(pack, follow_redirects=False)
    assert (there.status_code, there.headers["location"]) == (303, draft)


def test_a_draft_that_was_changed_since_is_being_made_again(client, made):
    draft, pack = made
    button(client, f"{draft}?edit", "save", who="Li")
    assert 'id="case"' in client.get(draft).text
    old = client.get(pack, follow_redirects=False)
    assert (old.status_code, f'href="{draft}?edit"' in old.text) == (200, True)


def test_buttons_that_change_nothing_stay_where_it_is_made(client, made):
    draft, _ = made
    assert button(client, f"{draft}?edit", "save").headers["location"] == f"{draft}?edit"


def test_the_desk_opens_the_draft(client, made):
    draft, pack = made
    desk = client.get("/").text
    assert f'class="case" href="{draft}"' in desk
    assert f'class="case" href="{pack}"' not in desk
