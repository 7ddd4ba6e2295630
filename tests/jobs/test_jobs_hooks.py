import contextlib
import datetime as dt
import http.server
import json
import socket
import threading
from dataclasses import replace

import pytest
from standardwebhooks import Webhook

from casefile.errors import RequestFault
from evidence_packer.report.shape import ReportDeadline
from jobs.notify.hook_sending import SCHEDULE, Sender, _in_turn
from jobs.notify.hook_wire import WireCall, check_url, exchange, post
from jobs.notify.hooks import Announcement, Hooks
from jobs.notify.hooks import Receiver as Wanted
from jobs.notify.reminders import after_sending, planned
from jobs.records.database import Database
from jobs.records.events import PackEvent
from jobs.records.notes import SubmissionRecord
from jobs.records.tables import deliveries

NOW = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)


def ended(pack_id, state):
    data = {"pack_id": pack_id, "status": state, "subject": "1", "platform": "x", "procedure": "y", "verdict": "ready"}
    event = PackEvent.kept({"type": f"pack.{state}", "timestamp": NOW.isoformat(), "data": data})
    return Announcement(event=event, about=pack_id, at=NOW)


EVENT = ended("p1", "succeeded")


class Receiver:
    """A receiver on loopback that answers as told and keeps what it got."""

    def __init__(self):
        self.answers, self.got = [], []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append((self.path, dict(self.headers), body))
                status, text = outer.answers.pop(0) if outer.answers else (200, b'{"code":0,"errcode":0}')
                self.send_response(status)
                if status in {301, 302}:
                    self.send_header("location", "/elsewhere")
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in?key=1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def hooks(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    yield Hooks(database)
    database.close()


@pytest.fixture
def sender(hooks, house):
    return Sender(database=hooks._database, catalogs=house.catalogs, templates=house.templates, private=True)


def announce(hooks, event=EVENT):
    with hooks._database.write() as connection:
        return hooks.announce(connection, "t", event)


def row(hooks):
    with hooks._database.read() as connection:
        return connection.execute(deliveries.select()).one()


def test_an_event_is_signed_so_that_the_reference_library_accepts_it(hooks, sender, receiver):
    _, secret = hooks.add("t", Wanted(url=receiver.url), NOW)
    assert announce(hooks) == 1
    assert announce(hooks) == 0
    assert sender.send_due() == 1
    ((path, headers, body),) = receiver.got
    assert path == "/in?key=1"
    told = Webhook(secret).verify(body, headers)
    assert (told["type"], told["data"]["pack_id"]) == ("pack.succeeded", "p1")
    assert headers["webhook-id"] == row(hooks).id
    assert row(hooks).state == "done"
    assert sender.send_due() == 0
    assert hooks.listed("other") == []


def test_both_secrets_sign_for_a_day(hooks, sender, receiver):
    hook, old = hooks.add("t", Wanted(url=receiver.url), NOW)
    new = hooks.rotate("t", hook.id, dt.datetime.now(dt.UTC))
    announce(hooks)
    sender.send_due()
    ((_, headers, body),) = receiver.got
    for secret in (old, new):
        Webhook(secret).verify(body, headers)


@pytest.mark.parametrize("answer", [(500, b""), (302, b""), (404, b"")])
def test_what_did_not_arrive_is_tried_again_under_the_same_id(hooks, sender, receiver, answer):
    hooks.add("t", Wanted(url=receiver.url), NOW)
    announce(hooks)
    receiver.answers.append(answer)
    sender.send_due()
    first = row(hooks)
    assert (first.state, first.tries, first.last_status) == ("waiting", 1, answer[0])
    wait = dt.datetime.fromisoformat(first.due_at) - dt.datetime.now(dt.UTC)
    assert 0 < wait.total_seconds() <= SCHEDULE[0] * 1.1 + 1
    hooks.replay("t", first.id, NOW)
    sender.send_due()
    assert [headers["webhook-id"] for _, headers, _ in receiver.got] == [first.id, first.id]
    assert row(hooks).state == "done"


def test_ten_tries_then_it_is_given_up_and_the_receiver_is_off(hooks, sender, receiver):
    hook, _ = hooks.add("t", Wanted(url=receiver.url), NOW)
    announce(hooks)
    for _ in range(10):
        receiver.answers.append((500, b""))
        with hooks._database.write() as connection:
            connection.execute(deliveries.update().values(due_at=NOW.isoformat()))
        sender.send_due()
    assert (row(hooks).state, len(receiver.got)) == ("failed", 10)
    assert hooks.get("t", hook.id).disabled_why == "ten tries failed"
    assert sum(SCHEDULE) / 3600 == pytest.approx(75.6, abs=1)


def test_a_receiver_that_is_gone_is_off_at_once(hooks, sender, receiver):
    hook, _ = hooks.add("t", Wanted(url=receiver.url), NOW)
    announce(hooks)
    receiver.answers.append((410, b""))
    sender.send_due()
    assert hooks.get("t", hook.id).disabled_at
    assert announce(hooks, ended("p2", "failed")) == 0


@pytest.mark.parametrize(("shape", "field"), [("feishu", "content"), ("dingtalk", "text"), ("wecom", "text")])
def test_chat_tools_get_words_and_may_say_no_with_a_200(hooks, sender, receiver, shape, field):
    hooks.add("t", Wanted(url=receiver.url, shape=shape, language="zh-Hans", secret="s"), NOW)
    announce(hooks)
    receiver.answers.append((200, b'{"code": 19021, "errcode": 310000}'))
    sender.send_due()
    assert row(hooks).state == "waiting"
    path, _, body = receiver.got[0]
    sent = json.loads(body)
    assert "证据包已完成：1" in str(sent[field])
    assert ("sign" in sent) == (shape == "feishu")
    assert ("&sign=" in path) == (shape == "dingtalk")


@pytest.mark.parametrize(
    "url",
    ["http://example.com/x", "https://127.0.0.1/x", "https://[::1]/", "https://10.0.0.1/", "https://169.254.169.254/",
     "https://localhost/", "https://user:pass@example.com/", "https://example.com:22/",
     "file:///etc/passwd", "nonsense", "https://a b/"],
)  # fmt: skip
def test_addresses_that_lead_inside_are_refused(url):
    with pytest.raises(RequestFault, match="webhook-url-refused"):
        check_url(url, private=False)


def test_a_name_that_leads_inside_is_refused_when_it_is_used(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("10.0.0.7", 443))])
    assert post("https://example.com/x", b"{}", {}, private=False).status == 0


@pytest.fixture
def peer():
    """An address at which a peer answers with the given bytes, one by one at a pace or at once, and closes."""
    ends = []

    def answering(data, pause=0.0):
        listening = socket.create_server(("127.0.0.1", 0))
        ending = threading.Event()
        ends.append((listening, ending))

        def serve():
            with contextlib.suppress(OSError), listening.accept()[0] as connection:
                connection.recv(65536)
                for place in range(0, len(data), 1 if pause else len(data)):
                    connection.sendall(data[place : place + 1] if pause else data)
                    if pause and ending.wait(pause):
                        return

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield answering
    for listening, ending in ends:
        ending.set()
        listening.close()


def test_a_receiver_that_answers_byte_by_byte_is_left(peer):
    url = peer(b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 60_000, pause=0.02)
    assert exchange(WireCall(method="GET", url=url, seconds=0.3), private=True).status == 0


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabcd", 200),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\nabcd", 0),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nabcd\r\n", 0),
        (b"HTTP/1.1 200 OK\r\n\r\nabcd", 200),
    ],
    ids=["whole", "cut", "chunks cut", "to the end"],
)
def test_half_an_answer_is_none(peer, data, status):
    assert exchange(WireCall(method="GET", url=peer(data)), private=True).status == status


def test_tenants_and_their_receivers_are_served_in_turn(hooks, sender, receiver):
    for tenant, many in (("loud", 3), ("quiet", 1)):
        for _ in range(many):
            hooks.add(tenant, Wanted(url=receiver.url), NOW)
    with hooks._database.write() as connection:
        for number in range(40):
            hooks.announce(connection, "loud", ended(f"l{number:02d}", "succeeded"))
        hooks.announce(connection, "quiet", replace(ended("q", "succeeded"), at=NOW + dt.timedelta(hours=1)))
    with hooks._database.read() as connection:
        owner = {one.id: (one.tenant, one.hook_id) for one in connection.execute(deliveries.select())}
        turns = [owner[one.id] for one in connection.execute(_in_turn(NOW + dt.timedelta(days=9)))]
    assert len(turns) == 121
    assert [tenant for tenant, _ in turns].index("quiet") < 2
    assert len({hook for _, hook in turns[:4]}) == 4, "each receiver before any is served twice"


def test_reminders_come_before_the_deadline_and_after_the_submission():
    due = [ReportDeadline(name="Answer", warn_at="2026-11-20T09:00:00-05:00", block_at="2026-11-21T09:00:00-05:00")]
    assert planned(due) == (("warn:0", "2026-11-20T14:00:00+00:00"), ("block:0", "2026-11-21T08:00:00+00:00"))
    sent = {"at": "2026-11-19T09:00:00+00:00", "waiting_since": "2026-11-19T10:00:00+00:00"}
    assert [name for name, _ in after_sending(SubmissionRecord.kept(sent))] == ["follow_up:0", "waiting_for_you:0"]
