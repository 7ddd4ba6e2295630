"""What storage does to us: which errors pass, which need the operator, which are our own; and data folders that cannot be used."""

import contextlib
import errno
import http.server
import os
import sqlite3
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import obstore
import pytest
from obstore.store import LocalStore, from_url
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "faults"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))


from jobs.faults import JobError, StorageFault
from jobs.records.database import Database
from jobs.records.storage_errors import is_transient, meaning

NOBODY = 65534


def caught(do):
    with pytest.raises(Exception) as found:  # noqa: PT011  # whatever it is, is judged
        do()
    return found.value


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A database of this release, as bytes."""
    folder = tmp_path_factory.mktemp("whole")
    database = Database(f"sqlite:///{folder}/app.db")
    database.migrate()
    database.close()
    return (folder / "app.db").read_bytes()


def ask(path, *statements, **options):
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0.05}, **options)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def held(path, statements):
    with contextlib.closing(sqlite3.connect(path, timeout=0.05)) as other:
        other.execute("BEGIN IMMEDIATE")
        ask(path, *statements)


SQLITE = [
    ("no such column", lambda p: ask(p, "SELECT nope FROM packs"), None),
    ("no such table", lambda p: ask(p, "SELECT * FROM nope"), None),
    ("syntax", lambda p: ask(p, "SELEC"), None),
    ("not null", lambda p: ask(p, "INSERT INTO packs(id) VALUES (NULL)"), None),
    ("no page left", lambda p: ask(p, "PRAGMA max_page_count=1", "CREATE TABLE b AS SELECT zeroblob(99999)"), "disk-full"),
    ("locked by another", lambda p: held(p, ["UPDATE packs SET state=''"]), "storage-away"),
    ("no folder", lambda p: ask(p / "x", "SELECT 1"), "storage-away"),
    ("read-only", lambda p: ask(f"file:{p}?mode=ro&uri=true", "UPDATE packs SET state=''"), "data-refused"),
    ("a programming error", lambda p: [].nope, None),
    ("a type error", lambda p: len(5), None),
    ("a number too large", lambda p: sqlite3.connect(":memory:").execute("SELECT ?", (1 << 70,)), None),
    ("a text with half a character", lambda p: sqlite3.connect(":memory:").execute("SELECT ?", ("\ud800",)), None),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("do", "means"), [row[1:] for row in SQLITE], ids=[row[0] for row in SQLITE])
def test_what_an_error_of_sqlite_means(tmp_path, whole, do, means):
    path = tmp_path / "app.db"
    path.write_bytes(whole)
    assert meaning(caught(lambda: do(path))) == means


DAMAGED = {
    "garbage": lambda data: os.urandom(len(data)),
    "text": lambda data: b"not a database " * 1000,
    "cut in half": lambda data: data[: len(data) // 2],
    "only the beginning": lambda data: data[:100],
    "garbage behind the beginning": lambda data: data[:4096] + os.urandom(len(data) - 4096),
    "nothing": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_database_is_named_and_stays_as_it_is(tmp_path, whole, how):
    path = tmp_path / "app.db"
    path.write_bytes(DAMAGED[how](whole))
    before = path.read_bytes()
    database = Database(f"sqlite:///{path}")
    fault = caught(database.migrate)
    database.close()
    assert (fault.code, fault.params["file"], path.read_bytes() == before) == ("database-damaged", str(path), True)


def changed(whole, path, *statements):
    path.write_bytes(whole)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE alembic_version SET version_num='9999'", "database-newer"),
        ("DROP TABLE pack_marks", "database-damaged"),
        ("ALTER TABLE packs DROP COLUMN verdict", "database-damaged"),
        ("DELETE FROM alembic_version", "database-damaged"),
    ],
)
def test_tables_that_are_not_those_of_this_release(tmp_path, whole, statement, code):
    changed(whole, tmp_path / "app.db", statement)
    database = Database(f"sqlite:///{tmp_path}/app.db")
    assert caught(database.migrate).code == code
    database.close()


def test_rows_that_are_gone_are_not_made_anew_over_objects(tmp_path):
    (tmp_path / "objects" / "packs" / "local").mkdir(parents=True)
    database = Database(f"sqlite:///{tmp_path}/app.db")
    assert caught(lambda: database.migrate(tmp_path / "objects")).code == "database-missing"
    assert not (tmp_path / "app.db").exists()
    database.close()


def test_writers_behind_a_locked_file_end_with_the_first_of_them(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    took = []

    def write():
        start = time.monotonic()
        with pytest.raises(DBAPIError) as found, database.write():
            pass
        assert is_transient(found.value)
        took.append(time.monotonic() - start)

    with contextlib.closing(sqlite3.connect(tmp_path / "app.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not database.works()
        threads = [threading.Thread(target=write) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(took), max(took) < 30) == (8, True)
    with database.write():
        assert database.works
    database.close()


class Bucket(http.server.BaseHTTPRequestHandler):
    """A bucket that answers one status, with words in the body that look like another."""

    status = 200

    def do_GET(self):
        body = b"<Error>kind: Connect, inner: Http( status: 503</Error>"
        self.send_response(self.status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_POST = do_GET  # noqa: N815  # the library's names

    def log_message(self, *_):
        pass


RETRIES = {
    "max_retries": 1,
    "retry_timeout": timedelta(seconds=1),
    "backoff": {"init_backoff": timedelta(milliseconds=20), "max_backoff": timedelta(seconds=1), "base": 2},
}


@pytest.fixture(scope="module")
def bucket():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def remote(port):
    keys = {
        "access_key_id": "k",
        "secret_access_key": "s",
        "region": "us-east-1",
        "endpoint": f"http://127.0.0.1:{port}",
    }
    return from_url("s3://b/x", retry_config=RETRIES, client_options={"allow_http": True}, **keys)


@pytest.mark.parametrize(
    ("status", "put", "listed"),
    [
        (500, "storage-away", "storage-away"), (502, "storage-away", "storage-away"), (503, "storage-away", "storage-away"),
        (504, "storage-away", "storage-away"), (429, "storage-away", "storage-away"), (408, "storage-away", "storage-away"),
        (401, "data-refused", "data-refused"), (403, "data-refused", "data-refused"), (404, None, "data-refused"),
        (400, None, None), (412, None, None), (416, None, None), (409, None, None), (501, None, None),
    ],
)  # fmt: skip
def test_what_an_answer_of_a_bucket_means(bucket, status, put, listed):
    Bucket.status, store = status, remote(bucket)
    assert meaning(caught(lambda: obstore.put(store, "a", b"x"))) == put
    assert meaning(caught(lambda: list(obstore.list(store)))) == listed


def test_a_bucket_that_is_not_there(tmp_path):
    assert meaning(caught(lambda: obstore.get(remote(9), "a"))) == "storage-away"
    store = LocalStore(tmp_path)
    (tmp_path / "file").write_bytes(b"abc")
    assert meaning(caught(lambda: obstore.get_range(store, "file", start=9, end=10))) is None
    assert meaning(caught(lambda: obstore.get(store, "file/x"))) is None
    assert meaning(caught(lambda: obstore.get(store, "a\0b"))) is None


@pytest.mark.parametrize(
    ("number", "means"),
    [
        (errno.ENOSPC, "disk-full"), (errno.EDQUOT, "disk-full"), (errno.EIO, "storage-away"), (errno.EMFILE, "storage-away"),
        (errno.EROFS, "data-refused"), (errno.EACCES, "data-refused"), (errno.EPERM, "data-refused"),
        (errno.ENOENT, None), (errno.EISDIR, None), (errno.EINVAL, None), (errno.ENAMETOOLONG, None), (errno.EPIPE, None),
    ],
)  # fmt: skip
def test_what_an_error_of_the_disk_means(number, means):
    assert meaning(OSError(number, "x")) == means


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "x"), "job-postponed"),
        (OSError(errno.EROFS, "x"), "data-refused"),
        (TypeError("x"), "job-failed"),
        (KeyError("x"), "job-failed"),
        (sqlite3.OperationalError("database is locked"), "job-failed"),  # words without a code are nobody's sign
        (StorageFault("object-missing", object="x"), "object-missing"),
    ],
)
def test_how_a_job_ends_that_meets_an_error(error, code):
    assert JobError.of(error).code == code


COMMANDS = [["check-store"], ["backup", "copy"], ["keys", "list"], ["keys", "add", "shop"], ["worker"]]


FOLDERS = ("garbage", "nothing", "newer", "rows gone")


@pytest.mark.parametrize(
    ("language", "command", "how"),
    [
        pytest.param(("en", "zh-Hans")[(place + number) % 2], command, how, id=f"{' '.join(command)}-{how}")
        for place, command in enumerate(COMMANDS)
        for number, how in enumerate(FOLDERS)
    ],
)
def test_every_command_tells_of_a_data_folder_that_cannot_be_used(tmp_path, whole, monkeypatch, command, how, language):
    from typer.testing import CliRunner

    from api.commands.command_line import app

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EVIDENCE_PACKER_DATA", str(tmp_path / "data"))
    (tmp_path / "data" / "objects" / "packs" / "local").mkdir(parents=True)
    path = tmp_path / "data" / "app.db"
    if how == "newer":
        changed(whole, path, "UPDATE alembic_version SET version_num='9999'")
    elif how != "rows gone":
        path.write_bytes(DAMAGED[how](whole))
    before = path.read_bytes() if path.exists() else None
    result = CliRunner().invoke(app, [*command, "--lang", language])
    told = result.stderr.replace("\n", "")  # a long path is wrapped
    assert (result.exit_code, "app.db" in told, "Traceback" in told) == (3, True, False), result.output
    assert ("数据" in told) == (language == "zh-Hans")
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_folder_without_rights_is_named(tmp_path):
    from jobs.records.opening import usable_folder

    tmp_path.chmod(0o755)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o755)
    child = os.fork()
    if child == 0:
        code = 1
        with contextlib.suppress(BaseException):
            os.setuid(NOBODY)
            try:
                usable_folder(closed)
            except StorageFault as fault:
                code = 0 if fault.code == "data-not-writable" else 2
        os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_a_running_service_whose_file_is_overwritten_is_not_ready(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    assert database.works()
    (tmp_path / "app.db").write_bytes(os.urandom(20_000))
    assert database.trouble().code == "database-damaged"
    (tmp_path / "app.db").unlink()
    assert database.trouble().code == "database-missing"
    database.close()


OVERWRITTEN = {
    "noise": lambda data: os.urandom(len(data) + 8192),
    "zeros": lambda data: bytes(len(data) + 8192),
    "cut short": lambda data: data[: len(data) // 2],
    "nothing": lambda data: b"",
    "another program's": lambda data: b"SQLite format 3\0" + os.urandom(len(data) + 8192),
}


@pytest.mark.parametrize("how", OVERWRITTEN)
def test_a_running_service_whose_file_is_overwritten_takes_nothing_more_and_names_it(tmp_path, how):
    from fake_trade import TRADE
    from fastapi.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    sent = {"json": {"case": {"platform": "amazon", "procedure": "a_to_z_response", "fields": {}}}}
    app = create_app(Settings(data=tmp_path, workers=1, engine="direct"), TRADE)
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        assert client.post("/v1/drafts", **sent).status_code == 201
        path = tmp_path / "app.db"
        with path.open("r+b") as file:  # in place, as a copy over it is
            data = OVERWRITTEN[how](path.read_bytes())
            file.truncate(0)
            file.write(data)
        for answer in (client.post("/v1/drafts", **sent), client.get("/v1/packs")):
            assert (answer.status_code, answer.json()["code"]) == (503, "database-damaged")
            assert str(path) in answer.json()["detail"]
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["checks"]["database"]) == (503, False)
        assert str(path) in ready.json()["reasons"]["database"]


def test_nobody_waits_longer_than_a_second_for_a_locked_file(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() < 1_000
    database.close()


@pytest.fixture(scope="module")
def whole_engine(tmp_path_factory):
    """The engine's file of this release, as bytes."""
    from dbos import run_dbos_database_migrations

    path = tmp_path_factory.mktemp("engine") / "engine.db"
    run_dbos_database_migrations(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture(scope="module")
def files(whole, whole_engine):
    """Both, by name."""
    return {"app.db": whole, "engine.db": whole_engine}


_STATEMENTS = {
    "newer": ("UPDATE alembic_version SET version_num='9999'", "UPDATE dbos_migrations SET version=9999"),
    "another's": ("DELETE FROM alembic_version", "DROP TABLE dbos_migrations"),
    "locked": ("PRAGMA journal_mode=WAL",) * 2,
}


def _lasting_lock(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", ["app.db", "engine.db"])
@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("garbage", "database-damaged"),
        ("nothing", "database-damaged"),
        ("garbage behind the beginning", "database-damaged"),
        ("another's", "database-damaged"),
        ("newer", "database-newer"),
        ("locked", "data-locked"),
    ],
)
def test_a_service_does_not_start_on_a_file_it_cannot_use(tmp_path, files, fake_service, name, how, code):
    path, data = tmp_path / name, files[name]
    lock = None
    if how in DAMAGED:
        path.write_bytes(DAMAGED[how](data))
    else:
        changed(data, path, _STATEMENTS[how][name == "engine.db"])
        lock = _lasting_lock(path) if how == "locked" else None
    before, service = path.read_bytes(), fake_service(tmp_path)
    start = time.monotonic()
    fault = caught(service.take_data)
    assert (fault.code, fault.exit_code, str(path) in fault.params["file"]) == (code, 3, True)
    assert time.monotonic() - start < 60
    assert path.read_bytes() == before
    if lock is not None:
        lock.close()
    service.database.close()


@pytest.fixture
def fake_service():
    """A service over a folder, not started."""
    from fake_trade import TRADE

    from api.service import Service
    from api.settings import Settings

    return lambda folder: Service(Settings(data=folder, workers=1), TRADE)


def test_a_value_that_no_row_takes_is_the_senders_fault():
    import psycopg

    from jobs.records.storage_errors import is_unstorable

    connection = sqlite3.connect(":memory:")
    refused = [lambda: connection.execute("SELECT ?", ("\ud800",)), lambda: connection.execute("SELECT ?", (1 << 70,))]
    assert [is_unstorable(caught(one)) for one in refused] == [True, True]
    assert is_unstorable(DBAPIError("INSERT", {}, psycopg.errors.StringDataRightTruncation("too long")))
    assert is_unstorable(
        DBAPIError("INSERT", {}, psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"))
    )
    assert not is_unstorable(DBAPIError("INSERT", {}, psycopg.errors.UndefinedColumn("nope")))
    assert not is_unstorable(caught(lambda: connection.execute("SELECT nope")))
    connection.close()
