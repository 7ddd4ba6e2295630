import io
import stat
import zipfile

import pytest

from jobs.records.archive import ArchiveFault, ArchiveLimits, is_portable, read_archive, write_archive


def written(entries):
    sink = io.BytesIO()
    stored = write_archive(sink, entries)
    return sink.getvalue(), stored


def zipped(build):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        build(archive)
    return io.BytesIO(sink.getvalue())


def test_same_files_in_any_order_give_the_same_bytes():
    first, _ = written([("a/订单.png", b"1"), ("a/b.txt", b"22")])
    second, _ = written([("a/b.txt", b"22"), ("a/订单.png", b"1")])
    assert first == second


def test_entries_are_stored_sorted_and_dated_alike():
    data, _ = written([("p/z.txt", b"z"), ("p/a.txt", b"a")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
    assert [info.filename for info in infos] == ["p/a.txt", "p/z.txt"]
    assert {(info.compress_type, info.date_time, info.create_system) for info in infos} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 3)
    }
    assert {stat.S_IMODE(info.external_attr >> 16) for info in infos} == {0o644}


def test_a_stored_range_is_the_file():
    data, stored = written([("p/信.txt", "信".encode()), ("p/empty", b""), ("p/x.bin", bytes(1000))])
    for entry in stored:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert data[entry.start : entry.start + entry.length] == archive.read(entry.name)


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a//b", "a/../b", "con.txt", "a/NUL", "a/b.", "a/b ", "a\\b", "a:b", "x" * 300, "a/\x01"]
)
def test_names_that_do_not_unpack_everywhere_are_refused(name):
    assert not is_portable(name)
    with pytest.raises(ArchiveFault):
        written([(name, b"")])


@pytest.mark.parametrize("name", ["a/签收截图.png", "112-1_x/originals/photo 1 (2).jpg", ".hidden"])
def test_ordinary_names_are_portable(name):
    assert is_portable(name)


def test_names_that_differ_in_case_only_are_refused():
    with pytest.raises(ArchiveFault, match="archive-name-twice"):
        written([("p/A.png", b""), ("p/a.png", b"")])


def test_reading_gives_back_what_was_written():
    data, _ = written([("p/a.txt", b"a"), ("p/b.txt", b"b")])
    assert list(read_archive(io.BytesIO(data))) == [("p/a.txt", b"a"), ("p/b.txt", b"b")]


def test_old_windows_names_are_read():
    name = "签收截图.png"
    source = zipped(lambda archive: archive.writestr("x" * len(name.encode("gb18030")), b"1"))
    raw = source.getvalue().replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030"))
    assert [entry for entry, _ in read_archive(io.BytesIO(raw))] == [name]


def _link(archive):
    info = zipfile.ZipInfo("link")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda archive: archive.writestr("../x", b""), "archive-climbs"),
        (lambda archive: archive.writestr("/etc/x", b""), "archive-climbs"),
        (lambda archive: archive.writestr("C:/x", b""), "archive-climbs"),
        (lambda archive: [archive.writestr(name, b"") for name in ("a", "A")], "archive-name-twice"),
        (_link, "archive-link"),
        (lambda archive: archive.writestr("bomb", bytes(2_000_000)), "archive-too-large"),
        (lambda archive: [archive.writestr(str(n), b"") for n in range(20)], "archive-too-many"),
    ],
)
def test_hostile_archives_are_refused(build, code):
    with pytest.raises(ArchiveFault, match=code):
        list(read_archive(zipped(build), ArchiveLimits(entries=10, total_bytes=1_000_000)))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(ArchiveFault, match="archive-unreadable"):
        list(read_archive(io.BytesIO(data)))
