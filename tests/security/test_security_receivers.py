"""Where a webhook may go: every spelling of an inside address is refused, when it is made and when it is sent."""

import socket

import pytest

from casefile.errors import RequestFault
from jobs.notify.hook_wire import check_url, post

INSIDE = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7F.0.0.1", "0177.0.0.1",
    "017700000001", "0177.1", "127.0.0.1.", "0", "0x0", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.1", "012.0.0.1",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.257", "169.254.169.254", "2852039166",
    "0xa9fea9fe", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.0.170", "192.0.2.1", "198.51.100.7",
    "203.0.113.9", "198.18.0.1", "198.19.255.255", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "4294967295", "０x7f.1", "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "①②⑦.⓪.⓪.①",
    "256.1.1.1", "1.2.3.4.5", "0x", "08.1.1.1", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:8.8.8.8]", "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::8.8.8.8]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:db8::1]", "[3fff::1]", "[fc00::1]", "[fd12:3456::1]",
    "[fe80::1]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[fec0::1]", "[ff02::1]", "[100::1]", "[5f00::1]",
    "[2001:10::1]", "localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "printer",
    "printer.local", "db.internal", "a.lan", "x.home.arpa", "ｌｏｃａｌｈｏｓｔ",
]  # fmt: skip
PUBLIC = [
    "example.com", "EXAMPLE.com", "example.com.", "hooks.example.com", "a-b.example.com", "1and1.com",
    "0x7f.example.com", "127.example.com", "bücher.example", "xn--bcher-kva.example", "例え.テスト", "8.8.8.8",
    "1.1.1.1", "134744072", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1",
    "198.17.1.1", "198.20.0.1", "223.255.255.254", "169.253.1.1", "[2606:4700:4700::1111]",
    "[2001:4860:4860::8888]", "[2a00:1450:4001::1]", "example.com:443", "example.com:8443",
]  # fmt: skip
WRITTEN = [
    "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "//example.com/", "nonsense", "https://",
    "https:///x", "https://user@example.com/", "https://user:pass@example.com/", "https://@example.com/", "https://example.com@127.0.0.1/",
    "https://example.com:22/", "https://example.com:80/", "https://example.com:0/", "https://example.com:65536/", "https://example.com:x/",
    "https://a b/", "https://example.com\\@127.0.0.1/", "https://example.com/\n", "https://exa\u200bmple.com/", "https://-a.com/",
    "https://a..com/", "https://[::1/", "https://[example.com]/", f"https://{'a' * 64}.com/", f"https://example.com/{'x' * 2000}",
    "https://example.com/ü", "https://%6c%6f%63alhost/", "https://exa%00mple.com/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_name_is_known(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr("socket.getaddrinfo", unknown)


def never(*_, **__):
    raise AssertionError("connected")


@pytest.mark.parametrize("url", [*(f"https://{host}/hook" for host in INSIDE), *WRITTEN])
def test_an_address_that_leads_inside_is_refused_when_made_and_when_sent(url, monkeypatch):
    monkeypatch.setattr("socket.create_connection", never)
    with pytest.raises(RequestFault, match="webhook-url-refused"):
        check_url(url, private=False)
    assert post(url, b"{}", {}, private=False).status == 0


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_address_is_taken(host):
    check_url(f"https://{host}/hook?key=1", private=False)


@pytest.mark.parametrize(
    "found",
    [["10.0.0.7"], ["8.8.8.8", "127.0.0.1"], ["2606:4700::1", "::1"], ["64:ff9b::7f00:1"],
     ["fe80::1%2"], ["::ffff:10.0.0.1"], ["224.0.0.1"]],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused_when_made_and_when_sent(monkeypatch, found):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (one, 443)) for one in found])
    monkeypatch.setattr("socket.create_connection", never)
    with pytest.raises(RequestFault, match="webhook-url-refused"):
        check_url("https://example.com/", private=False)
    assert post("https://example.com/", b"{}", {}, private=False).status == 0


def test_the_address_that_was_judged_is_the_one_connected_to(monkeypatch):
    answers, went = [["8.8.8.8"], ["127.0.0.1"]], []
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (one, 443)) for one in answers.pop(0)])

    def connect(address, *_):
        went.append(address)
        raise OSError

    monkeypatch.setattr("socket.create_connection", connect)
    assert post("https://example.com/", b"{}", {}, private=False).status == 0
    assert went == [("8.8.8.8", 443)]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x", "http://printer/x", "https://10.0.0.1:8444/", "http://[::1]:9/"]
)
def test_where_it_is_allowed_private_addresses_stay_so(url):
    check_url(url, private=True)
    with pytest.raises(RequestFault):
        check_url(url, private=False)
