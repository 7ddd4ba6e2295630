"""Whom a request is taken for behind reverse proxies: by the address that a known proxy adds, and by nothing else."""

import pytest

from api.request.connections import ConnectionLimits, Connections
from api.request.forwarded import KnownProxies, networks
from api.serving import config_of
from api.settings import Settings, SettingsFault

PROXIES = KnownProxies(networks("10.0.0.0/8, ::1, 192.0.2.7"))


@pytest.mark.parametrize(
    ("peer", "said", "caller"),
    [
        ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("::1", ["203.0.113.9:4711"], "203.0.113.9"),
        ("10.0.0.1", ["[2001:db8::1]:99"], "2001:db8::1"),
        ("::ffff:10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1, 203.0.113.9, 10.2.3.4"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["10.1.1.1, 10.2.2.2"], "10.1.1.1"),
        ("10.0.0.1", ["203.0.113.9, unknown"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.9, "], "10.0.0.1"),
        ("10.0.0.1", ["a" * 9000], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("203.0.113.5", ["198.51.100.1"], "203.0.113.5"),
        ("192.0.2.8", ["198.51.100.1"], "192.0.2.8"),
        ("", ["198.51.100.1"], ""),
    ],
)
def test_the_caller_is_the_nearest_address_that_is_no_proxy_of_ours(peer, said, caller):
    headers = [(b"x-forwarded-for", one.encode()) for one in said]
    assert PROXIES.caller(peer, headers) == caller
    assert KnownProxies().caller(peer, headers) == peer


def test_only_a_proxy_says_how_it_was_reached():
    said = [(b"x-forwarded-proto", b"HTTPS")]
    assert (PROXIES.scheme("10.0.0.1", said, "http"), PROXIES.scheme("203.0.113.5", said, "http")) == ("https", "http")
    assert PROXIES.scheme("10.0.0.1", [(b"x-forwarded-proto", b"javascript")], "http") == "http"


@pytest.mark.parametrize(
    "proxies", ["*", "0.0.0.0/0", "::/0", "10.0.0.1, *", "10.0.0.0/33", "proxy.example", "10.0.0.1;10.0.0.2"]
)
def test_a_setting_that_names_no_proxies_is_refused_at_start(tmp_path, proxies, monkeypatch):
    with pytest.raises(SettingsFault) as fault:
        config_of(None, Settings(data=tmp_path, proxies=proxies))
    assert (fault.value.code, fault.value.params, fault.value.exit_code) == (
        "addresses-malformed",
        {"setting": "PROXIES"},
        2,
    )


class Held:
    def __init__(self, address):
        self.address, self.ended = address, False

    def give_up(self):
        self.ended = True


def test_requests_through_a_proxy_are_counted_by_their_callers():
    many = Connections(ConnectionLimits(per_address=2, proxies=PROXIES))
    helds = [Held("10.0.0.1") for _ in range(6)]
    for held in helds:
        many.note(held, "opening")
    assert not any(held.ended for held in helds)
    for place, held in enumerate(helds):
        held.address = "203.0.113.9" if place < 4 else "203.0.113.10"
        many.note(held, "served")
    assert [getattr(many.refusal(held, "/"), "code", "") for held in helds] == ["connections-full-for-you"] * 4 + [
        ""
    ] * 2
    for held in helds:
        held.address = "10.0.0.1"
        many.note(held, "idle")
    assert (many.served, many.refusal(helds[0], "/")) == (0, None)
    for held in helds:
        many.leave(held)
    assert (len(many), many._count) == (0, {})
