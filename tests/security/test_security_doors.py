"""Who gets in: nobody by absence, nobody with a secret that is half there, nobody with a key or session that ended."""

import base64
import contextlib
import errno
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx2
import pytest
from itsdangerous import URLSafeTimedSerializer

from jobs.notify.hooks import Receiver as Wanted

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "jobs"))

from fake_trade import TRADE  # noqa: E402  # the path comes first

BASE = "http://127.0.0.1:8000"
KEY, OTHER = "key-of-shop-a-0123456789", "key-of-shop-b-0123456789"
PAGE = {"accept": "text/html"}
MAIL = {"mail": "Amazon order 112-4829307-7716253"}


def sha256(key):
    return hashlib.sha256(key.encode()).hexdigest()


def made(folder, **settings):
    from api.app import create_app
    from api.settings import Settings

    return create_app(Settings(**{"data": folder, "workers": 1, "engine": "direct", **settings}), TRADE)


def browser(app, peer="127.0.0.1", base=BASE):
    """A client whose connection comes from ``peer``; used with ``with``, it also starts the service."""
    from fastapi.testclient import TestClient

    return TestClient(app, base_url=base, client=(peer, 50000), follow_redirects=False)


@pytest.fixture(scope="module")
def keyed(tmp_path_factory):
    """A service with a key of the settings and keys of the database."""
    app = made(tmp_path_factory.mktemp("keyed"), api_keys=f"shop-a={sha256(KEY)}")
    with browser(app):
        yield app


@pytest.fixture(scope="module")
def keyless(tmp_path_factory):
    app = made(tmp_path_factory.mktemp("keyless"))
    with browser(app):
        yield app


def service(app):
    return app.state.service


def sign_in(client, key):
    return client.post("/sign-in", data={"key": key, "next": "/packs"})


def token(client):
    return re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/", headers=PAGE).text)[1]


def enters(client):
    return client.get("/packs", headers=PAGE).status_code == 200


# Nobody gets in by absence


@pytest.mark.parametrize(
    ("peer", "listener", "host", "status"),
    [
        (("127.0.0.1", 1), ("127.0.0.1", 8000), "localhost", 200),
        (("127.9.9.9", 1), ("127.0.0.1", 8000), "127.0.0.1:8000", 200),
        (("::1", 1), ("::1", 8000), "[::1]:8000", 200),
        (("::ffff:127.0.0.1", 1), ("::ffff:127.0.0.1", 8000), "localhost", 200),
        (("10.0.0.9", 1), ("10.0.0.8", 8000), "localhost", 403),
        (("10.0.0.9", 1), ("127.0.0.1", 8000), "localhost", 403),
        (("127.0.0.1", 1), ("10.0.0.8", 8000), "localhost", 403),
        (("::ffff:10.0.0.9", 1), ("127.0.0.1", 8000), "localhost", 403),
        (("localhost", 1), ("127.0.0.1", 8000), "localhost", 403),
        (("", 0), ("127.0.0.1", 8000), "localhost", 403),
        (None, ("127.0.0.1", 8000), "localhost", 403),
        (None, ("/run/packer.sock", None), "localhost", 403),
        (("127.0.0.1", 1), None, "localhost", 403),
        (("127.0.0.1", 1), ("127.0.0.1", 8000), "evil.example", 403),
    ],
)
def test_without_keys_only_a_connection_of_this_machine_comes_in(keyless, peer, listener, host, status):
    answers = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        answers.append(message.get("status"))

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": "/v1/packs",
        "raw_path": b"/v1/packs", "query_string": b"", "headers": [(b"host", host.encode())], "client": peer,
        "server": listener,
    }  # fmt: skip
    import asyncio

    asyncio.run(keyless(scope, receive, send))
    assert answers[0] == status


@contextlib.contextmanager
def listening(app, host):
    """The application behind a real listener."""
    import uvicorn

    listener = socket.create_server((host, 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, proxy_headers=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()


def own_address():
    """An address of this machine that is not loopback, as a stranger would use it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
            return probe.getsockname()[0]
        except OSError:
            return None


def asked(address, port, **headers):
    return httpx2.get(f"http://{address}:{port}/v1/packs", headers={"host": "localhost", **headers}, trust_env=False)


def test_a_listener_for_everybody_stays_shut_when_the_last_key_is_revoked(tmp_path):
    app = made(tmp_path)
    service(app).database.migrate()
    key = service(app).api_keys.add("shop-a", ("read",))
    with listening(app, "0.0.0.0") as port:
        assert asked("127.0.0.1", port, authorization=f"Bearer {key}").status_code == 200
        (only,) = service(app).api_keys.listed()
        assert service(app).api_keys.revoke(only.id)
        for address in filter(None, ("127.0.0.1", own_address())):
            assert asked(address, port).status_code == 401
            assert asked(address, port, authorization=f"Bearer {key}").status_code == 401


def test_without_keys_a_stranger_at_a_listener_for_everybody_is_refused(tmp_path):
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but loopback")
    with listening(made(tmp_path), "0.0.0.0") as port:
        assert asked(address, port).status_code == 403
        assert asked("127.0.0.1", port).status_code == 200


@pytest.mark.parametrize("before", ["settings", "database", "revoked"])
def test_a_service_that_had_a_key_answers_401_without_any(tmp_path, before):
    app = made(tmp_path, **({"api_keys": f"shop-a={sha256(KEY)}"} if before == "settings" else {}))
    with browser(app) as client:
        if before != "settings":
            assert client.get("/v1/packs").status_code == 200
            service(app).api_keys.add("shop-a", ("read",))
        assert client.get("/v1/packs").status_code == 401
        if before == "revoked":
            service(app).api_keys.revoke(service(app).api_keys.listed()[0].id)
        assert client.get("/v1/packs", headers={"host": "localhost"}).status_code == 401
    with browser(made(tmp_path)) as client:
        for headers in ({}, {"host": "localhost"}):
            assert client.get("/v1/packs", headers=headers).json()["code"] == "key-missing"
        assert client.get("/healthz").status_code == 200


def test_before_it_has_started_nobody_comes_in(tmp_path):
    app = made(tmp_path)
    service(app).database.migrate()
    assert browser(app).get("/v1/packs").status_code == 401


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.8", "", "127.0.0.1.example"])
def test_where_the_socket_really_listens_decides(keyless, address):
    from api.settings import SettingsFault

    with pytest.raises(SettingsFault, match="key-needed"):
        service(keyless).refuse_open_door(address)


@pytest.fixture
def command(monkeypatch, tmp_path):
    """A command on a data folder of its own."""
    from typer.testing import CliRunner

    from api.commands.command_line import app

    def run(*arguments, **settings):
        for name, value in {"DATA": str(tmp_path), **settings}.items():
            monkeypatch.setenv(f"EVIDENCE_PACKER_{name}", value)
        return CliRunner().invoke(app, list(arguments))

    return run


def test_the_first_key_and_the_last_are_told_of(command):
    first, second = command("keys", "add", "shop-a"), command("keys", "add", "shop-a")
    assert "first key" in first.stderr
    assert len(first.stdout.strip()) >= 40
    assert second.stderr == ""
    ids = [one["id"] for one in json.loads(command("keys", "list", "--json").stdout)]
    revoked = [command("keys", "revoke", one) for one in ids]
    assert [("last key" in one.stderr) for one in revoked] == [False, True]


def test_a_key_that_is_too_short_does_not_start(command):
    from api.settings import Settings, SettingsFault

    told = command("serve", "--port", "8998", API_KEY="nineteen-characters")
    assert (told.exit_code, "20 characters" in told.stderr) == (2, True)
    with pytest.raises(SettingsFault, match="key-too-short"):
        _ = Settings(api_key="nineteen-characters ").keys
    assert Settings(api_key="twenty-characters-20").keys


def test_a_short_key_known_by_its_hash_opens_nothing(tmp_path):
    with browser(made(tmp_path, api_keys=f"shop-a={sha256('short')},shop-b={sha256('')}")) as client:
        for headers in ({"authorization": "Bearer short"}, {"x-api-key": "short"}):
            answer = client.get("/v1/packs", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "key-too-short")
        assert client.get("/v1/packs", headers={"x-api-key": ""}).status_code == 401
        assert sign_in(client, "short").status_code == 401


# Secrets are there whole or not at all


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(31)), bytes(range(33)), bytes(32), b"\n" * 32, None])
def test_a_damaged_secret_stops_the_start_and_is_left_alone(tmp_path, content, command):
    from api.settings import SettingsFault

    path = tmp_path / "session.key"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(SettingsFault, match="secret-damaged"), browser(made(tmp_path)):
        pass
    assert path.is_dir() if content is None else path.read_bytes() == content
    told = command("serve", "--port", "8997")
    named = "session.key" in told.stderr.replace("\n", "")  # a long path is wrapped
    assert (told.exit_code, named) == (2, True), told.output


def test_a_secret_is_private_and_stays(tmp_path):
    from api.request.secret_file import secret_of

    path = tmp_path / "new" / "session.key"
    first = secret_of(path)
    assert (len(first), path.stat().st_mode & 0o777) == (32, 0o600)
    path.chmod(0o644)
    assert secret_of(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["session.key"]


@pytest.mark.parametrize("at", ["fsync", "link"])
def test_a_secret_whose_writing_fails_leaves_none(tmp_path, monkeypatch, at):
    from api.request.secret_file import secret_of

    def full(*_):
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, at, full)
        with pytest.raises(OSError, match="no room"):
            secret_of(tmp_path / "session.key")
    assert list(tmp_path.iterdir()) == []
    assert len(secret_of(tmp_path / "session.key")) == 32


def test_what_a_process_left_that_died_while_making_a_secret_is_removed_and_nothing_else(tmp_path):
    import fcntl

    from api.request.secret_file import secret_of

    left, others = tmp_path / ".session.key.0123456789abcdef", tmp_path / ".session.keys"
    made_now = tmp_path / ".session.key.fedcba9876543210"
    for path in (left, others, made_now):
        path.write_bytes(b"half")
    with made_now.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # its maker lives
        first = secret_of(tmp_path / "session.key")
        assert {path.name for path in tmp_path.iterdir()} == {"session.key", others.name, made_now.name}
    assert secret_of(tmp_path / "session.key") == first
    assert {path.name for path in tmp_path.iterdir()} == {"session.key", others.name}


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from api.request.secret_file import secret_of\n"
        "folder = Path(sys.argv[1]); (folder / f'ready-{sys.argv[2]}').touch()\n"
        "while not (folder / 'go').exists(): time.sleep(0.001)\n"
        "print(secret_of(folder / 'session.key').hex())"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)], stdout=subprocess.PIPE, cwd=ROOT)
        for n in range(4)
    ]
    while len(list(tmp_path.glob("ready-*"))) < len(started):
        time.sleep(0.05)
    (tmp_path / "go").touch()
    told = {process.communicate(timeout=60)[0].strip() for process in started}
    assert told == {(tmp_path / "session.key").read_bytes().hex().encode()}


def test_what_holds_secrets_is_readable_by_its_owner_alone(tmp_path):
    data = tmp_path / "data"
    app = made(data)
    with browser(app) as client:
        client.get("/v1/packs")
        modes = {path.name: path.stat().st_mode & 0o777 for path in data.glob("app.db*")}
    assert modes["app.db"] == 0o600
    assert set(modes.values()) == {0o600}
    assert data.stat().st_mode & 0o777 == 0o700


# Sessions are worth no more than their key


@pytest.fixture
def signed_in(keyed):
    """A browser signed in with a key of the database, and the id of that key."""

    def enter(*scopes):
        before = {one.id for one in service(keyed).api_keys.listed()}
        key = service(keyed).api_keys.add("shop-a", scopes)
        (key_id,) = {one.id for one in service(keyed).api_keys.listed()} - before
        client = browser(keyed, peer=f"10.1.0.{len(before) + 1}")
        assert sign_in(client, key).status_code == 303
        return client, key_id

    return enter


def test_a_session_ends_with_its_key(keyed, signed_in):
    client, key_id = signed_in("read", "write")
    sent = {**MAIL, "csrf": token(client)}
    assert enters(client)
    assert service(keyed).api_keys.revoke(key_id)
    assert not enters(client)
    assert client.post("/mail", data=sent).status_code == 401


def test_a_session_may_do_what_its_key_may(signed_in):
    client, _ = signed_in("read")
    assert enters(client)
    sent = {**MAIL, "csrf": token(client)}
    assert client.post("/mail", data=sent).status_code == 403
    assert client.post("/v1/drafts", json={}, headers={"x-csrf-token": sent["csrf"]}).json()["code"] == "scope-missing"
    assert client.post("/sign-out", data={"csrf": sent["csrf"]}).status_code == 303
    assert not enters(client)
    writer, _ = signed_in("read", "write")
    assert writer.post("/mail", data={**MAIL, "csrf": token(writer)}).status_code == 303


def replayed(app, cookie):
    return browser(app).get("/packs", headers={**PAGE, "cookie": f"session={cookie}"}).status_code


def test_a_signed_out_cookie_is_refused_ever_after(tmp_path):
    keys = {"api_keys": f"shop-a={sha256(KEY)}"}
    app = made(tmp_path, **keys)
    with browser(app) as client:
        sign_in(client, KEY)
        ended = client.cookies["session"]
        beside = made(tmp_path, **keys)  # another process with the same data
        assert replayed(beside, ended) == 200
        client.post("/sign-out", data={"csrf": token(client)})
        assert replayed(app, ended) == 303
        assert replayed(beside, ended) == 303
        sign_in(client, KEY)
        former, kept = client.cookies["session"], None
        sign_in(client, KEY)
        kept = client.cookies["session"]
        assert (replayed(app, former), replayed(app, kept)) == (303, 200)
    with browser(made(tmp_path, **keys)) as client:
        assert [replayed(client.app, one) for one in (ended, former, kept)] == [303, 303, 200]
    with browser(made(tmp_path, api_keys=f"shop-a={sha256(OTHER)}")) as client:
        assert replayed(client.app, kept) == 303  # its key left the settings


@pytest.mark.parametrize("how", ["key", "session"])
def test_who_may_come_in_no_more_hears_no_more(tmp_path, house, how):
    """A stream that is open ends when its key is revoked or its session ended, though the pack goes on."""
    app = made(tmp_path)
    made_of = service(app)
    made_of.database.migrate()
    key = made_of.api_keys.add("shop-a", ("read", "write"))
    platform = next(p for p in house.platforms.values() if any(x.subject == "order" for x in p.procedures.values()))
    procedure = next(name for name, one in platform.procedures.items() if one.subject == "order")
    case = {
        "platform": platform.id,
        "procedure": procedure,
        "order": {"id": "1"},
        "extra": {"do": "sleep", "seconds": 60},
    }
    with browser(app) as client:
        by_key = {"authorization": f"Bearer {key}"}
        sent = {"data": {"case": json.dumps(case)}, "files": [("files", ("a.png", b"1"))]}
        pack = client.post("/v1/packs", headers={"prefer": "respond-async", **by_key}, **sent).json()
        sign_in(client, key)
        signed_out = {"csrf": token(client)}

        def end():
            until = time.monotonic() + 60
            while not made_of.streams and time.monotonic() < until:
                time.sleep(0.02)
            if how == "key":
                made_of.api_keys.revoke(made_of.api_keys.listed()[0].id)
            else:
                client.post("/sign-out", data=signed_out)

        ending = threading.Thread(target=end)
        ending.start()
        headers = by_key if how == "key" else {}
        with client.stream("GET", pack["links"]["events"], headers=headers) as answer:
            heard = "".join(answer.iter_text())
        ending.join()
        assert "event: progress" in heard
        assert "event: end" not in heard
        assert made_of.packs.ledger.row("shop-a", pack["id"]).state in {"queued", "running"}


@pytest.mark.parametrize("secret", [b"", b"\0" * 32, b"secret", b"session"])
def test_a_cookie_signed_with_a_secret_one_can_guess_is_nobody(keyed, secret):
    key_id = service(keyed).gate._set[sha256(KEY)].key_id
    signing = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    for salt in ("evidence-packer session", "itsdangerous", "session"):
        maker = URLSafeTimedSerializer(secret or b"\0", salt=salt, signer_kwargs=signing)
        assert replayed(keyed, maker.dumps({"key": key_id, "id": "0" * 32})) == 303
    assert replayed(keyed, service(keyed).sessions.begin("no-such-key")) == 303


def test_a_cookie_has_its_time(keyed, monkeypatch):
    client = browser(keyed)
    sign_in(client, KEY)
    now = time.time()
    for later, open_still in ((12 * 3600 - 60, True), (12 * 3600 + 60, False)):
        with monkeypatch.context() as patch:
            patch.setattr("itsdangerous.timed.time.time", lambda later=later: now + later)
            assert enters(client) is open_still


def test_without_keys_signing_in_opens_no_session(tmp_path):
    app = made(tmp_path)
    with browser(app) as client:
        assert sign_in(client, "whatever-this-may-be").status_code == 303
        assert "session" not in client.cookies


# Guessing is slow, and slows nobody else


def guess(client, n, **headers):
    return client.get("/v1/packs", headers=headers or {"authorization": f"Bearer guess-number-{n}-0123456789"})


def test_wrong_keys_are_slowed_by_address(keyed):
    known, fresh = KEY, service(keyed).api_keys.add("shop-b", ("read",))
    attacker, neighbour = browser(keyed, peer="10.2.0.1"), browser(keyed, peer="10.2.0.2")
    assert guess(attacker, 0, **{"x-api-key": known}).status_code == 200
    answers = [guess(attacker, n) for n in range(25)]
    assert [one.status_code for one in answers] == [401] * 20 + [429] * 5
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].json()["code"] == "key-slowed"
    assert guess(attacker, 0, **{"x-api-key": fresh}).status_code == 429  # a right guess looks like a wrong one
    assert guess(attacker, 0, **{"x-api-key": known}).status_code == 200  # who works from there goes on
    assert guess(neighbour, 0, **{"x-api-key": fresh}).status_code == 200
    assert guess(neighbour, 1).status_code == 401


def test_sign_ins_are_slowed_by_address_and_nobody_locks_the_others_out(keyed):
    for n in range(30):
        for _ in range(3):
            assert sign_in(browser(keyed, peer=f"10.3.0.{n}"), "wrong-key").status_code == 401
    assert [sign_in(browser(keyed, peer="10.3.0.1"), "wrong-key").status_code for _ in range(4)] == [401, 401, 429, 429]
    assert sign_in(browser(keyed, peer="10.3.1.1"), KEY).status_code == 303


def test_the_memory_of_failures_is_bounded_and_ends(monkeypatch):
    from api.request.attempts import Attempts
    from jobs.faults import Busy

    tried = Attempts("key-slowed", 3, most=100)
    for n in range(1_000):
        tried.failed(f"10.{n >> 8}.{n & 255}.1", f"{n}")
        tried.succeeded(f"10.{n >> 8}.{n & 255}.1", f"{n}")
    assert (len(tried._failed), len(tried._known)) == (100, 100)
    for n in range(3):
        tried.failed(f"2001:db8::{n + 1}", "digest")
    with pytest.raises(Busy, match="key-slowed"):
        tried.check("2001:db8::ffff", "digest")  # one network of IPv6 is one address
    tried.check("2001:db8:0:1::1", "digest")
    now = time.monotonic()
    monkeypatch.setattr("api.request.attempts.time.monotonic", lambda: now + 61)
    tried.check("2001:db8::ffff", "digest")


def test_many_guesses_at_once_tell_no_more_than_one_by_one(keyed):
    import asyncio

    from casefile.errors import RequestFault
    from jobs.faults import Busy

    gate = service(keyed).gate
    right = service(keyed).api_keys.add("shop-a", ("read",))

    async def attempt(key):
        try:
            await gate._holder(key.encode(), "10.4.0.1", gate._keys_tried)
        except Busy:
            return 429
        except RequestFault:
            return 401
        return 200

    async def all_at_once():
        return await asyncio.gather(*(attempt(f"guess-number-{n}-0123456789") for n in range(60)), attempt(right))

    answers = asyncio.run(all_at_once())
    assert answers.count(401) == 20
    assert answers[-1] == 429


# Whatever a header holds, the answer is no 5xx

READ = (
    "accept", "accept-encoding", "accept-language", "authorization", "content-type", "cookie", "host", "hx-request",
    "idempotency-key", "if-match", "if-none-match", "if-range", "last-event-id", "origin", "range", "sec-fetch-site",
    "traceparent", "x-api-key", "x-csrf-token", "x-forwarded-proto", "x-forwarded-for", "x-request-id", "forwarded",
)  # fmt: skip
ODD = (
    b"", b" ", b"\xff\xfe\xfd", "密钥".encode(), b"\xc3\xa9", b"\x80" * 300, b"a" * 9_000, b"session=\xff", b"=", b";;;=;",
    b"session=.a.b", b"session=\xe5\xaf\x86.x.y", b'session="\\777\\', b"session=eyJ9.AAAA.BBBB", b"language=\xff\xfe",
    b"Bearer \xff\xfe", b"Bearer " + "密".encode(), b"Basic \xff", b"Basic " + base64.b64encode(b"\xff\xfe:\xff"),
    b"Basic " + base64.b64encode("用户:密".encode()), b"Basic !!!!", b"Basic", b"bytes=-", b"bytes=9-1", b"bytes=\xff-\xfe",
    b"http://[", b"http://\xff", b"//", b"null", b"[::1", b"q=\xff;q=nan", b"en;q=\xb2", b"text/html;q=inf, */*;q=-1e999",
    b'"\xff"', b'W/"', b"00-\xff-\xff-01", b"\t", b"%00%ff%", b"multipart/form-data; boundary=\xff",
)  # fmt: skip


def asked_raw(app, path, method, headers):
    import asyncio

    answers = []

    async def receive():
        return {"type": "http.request", "body": b"csrf=%FF&key=%FF%FE", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            answers.append(message["status"])

    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": headers, "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return answers[0]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("which", ["keyed", "keyless"])
def test_no_header_makes_it_fall(request, which, name):
    app = request.getfixturevalue(which)
    plain = {"host": b"127.0.0.1:8000", "content-type": b"application/x-www-form-urlencoded"}
    places = (("GET", "/v1/packs"), ("GET", "/packs"), ("POST", "/mail"), ("POST", "/v1/drafts"), ("GET", "/healthz"))
    credential = name in {"authorization", "x-api-key", "cookie"}
    for value in ODD if credential else ODD[READ.index(name) % 3 :: 3]:
        sent = [(key.encode(), one) for key, one in {**plain, name: value}.items()]
        for method, path in places:
            answer = asked_raw(app, path, method, sent)
            assert answer < 500, (method, path, value)
            if which == "keyed" and credential and path == "/v1/packs":
                assert answer in {401, 403, 429}, value


@pytest.mark.parametrize("value", [b"\xff\xfe", "密钥".encode(), b"", b"a" * 9_000, b"\x80" * 40])
def test_an_odd_token_of_a_session_is_refused(keyed, value):
    client = browser(keyed, peer="10.5.0.1")
    sign_in(client, KEY)
    cookie = ("cookie", f"session={client.cookies['session']}".encode())
    plain = [
        ("host", b"127.0.0.1:8000"),
        cookie,
        ("x-csrf-token", value),
        ("content-type", b"application/x-www-form-urlencoded"),
    ]
    for path in ("/mail", "/v1/drafts", "/sign-out"):
        assert asked_raw(keyed, path, "POST", [(name.encode(), one) for name, one in plain]) == 403


@pytest.mark.parametrize("key", ["密钥" * 20, "é" * 30, "\udcff" * 3, "x" * 100_000, "a\0b", ""])
def test_an_odd_key_is_refused_at_the_sign_in(keyed, key):
    client = browser(keyed, peer=f"10.6.0.{len(key) % 250}")
    sent = client.post(
        "/sign-in", content=b"key=" + key.encode("utf-8", "surrogateescape"),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert sent.status_code == 401


def test_a_key_of_other_scripts_opens_what_it_should(tmp_path):
    key = "这是一个足够长的密钥用来测试非拉丁字符的情况"
    with browser(made(tmp_path, api_key=key)) as client:
        basic = base64.b64encode(f"me:{key}".encode()).decode()
        for headers in ([("authorization", b"Bearer " + key.encode())], [("x-api-key", key.encode())]):
            assert client.get("/v1/packs", headers=headers).status_code == 200
        assert client.get("/v1/packs", headers={"authorization": f"Basic {basic}"}).status_code == 200
        assert sign_in(client, key).status_code == 303


# The secrets of webhooks


@pytest.mark.parametrize("secret", ["x", "whsec_", "whsec_AAAA", "whsec_!!", "密钥", "whsec_" + "A" * 200, "A" * 44])
def test_a_webhook_for_programs_takes_no_secret_that_cannot_sign(keyless, secret):
    sent = browser(keyless).post("/v1/webhooks", json={"url": "https://example.com/a", "secret": secret})
    assert (sent.status_code, sent.json()["code"]) == (422, "webhook-secret-refused")


def test_rotations_at_once_lose_no_secret(keyless):
    import datetime as dt
    from concurrent.futures import ThreadPoolExecutor

    hooks = service(keyless).hooks
    hook, first = hooks.add("t", Wanted(url="https://example.com/b"), dt.datetime.now(dt.UTC))
    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(lambda _: hooks.rotate("t", hook.id, dt.datetime.now(dt.UTC)), range(3)))
    assert {one["secret"] for one in hooks.get("t", hook.id).secrets} == {first, *told}


def test_nothing_goes_out_unsigned(keyless):
    import datetime as dt

    from sqlalchemy import update

    from jobs.notify.hook_sending import Sender
    from jobs.records.tables import hooks as table

    made_of = service(keyless)
    hook, _ = made_of.hooks.add("t", Wanted(url="https://example.com/c"), dt.datetime.now(dt.UTC))
    sender = Sender(
        database=made_of.database, catalogs=made_of.house.catalogs, templates=made_of.house.templates, private=True
    )
    for secrets in ([], [{"secret": "", "since": "2026-01-01"}], [{"secret": "cut", "since": "2026-01-01"}]):
        with made_of.database.write() as connection:
            connection.execute(update(table).where(table.c.id == hook.id).values(secrets=secrets))
        with pytest.raises(ValueError, match="no secret"):
            sender.request(made_of.hooks.get("t", hook.id), "msg_1", {"type": "ping"}, dt.datetime.now(dt.UTC))
