import pytest
from made_files import camera_data

from reading.pictures.camera import read_exif


@pytest.mark.parametrize(
    ("taken", "offset", "read"),
    [
        ("2026:10:29 16:21:08", None, "2026-10-29T16:21:08"),
        ("2026:10:29 16:21:08", "-07:00", "2026-10-29T16:21:08-07:00"),
        ("2026:10:29 16:21:08", "+14:00", "2026-10-29T16:21:08+14:00"),
        ("2026:10:29 16:21:08", "+15:00", "2026-10-29T16:21:08"),
        ("2026:10:29 16:21:08", "PST", "2026-10-29T16:21:08"),
        ("2126:10:29 16:21:08", None, "2126-10-29T16:21:08"),
        ("2026:02:30 16:21:08", None, None),
        ("2026:10:29 24:00:00", None, None),
        ("0000:00:00 00:00:00", None, None),
        ("1900:01:01 00:00:00", None, None),
        ("    :  :     :  :  ", None, None),
        ("yesterday", None, None),
        ("2026-10-29 16:21:08", None, None),
    ],
)
def test_dates_are_read_strictly(taken, offset, read):
    tags = {"taken": taken} | ({"offset": offset} if offset else {})
    assert read_exif(camera_data(**tags).tobytes()).camera.taken_at == read


def test_position_is_noticed_and_not_told():
    camera = read_exif(camera_data().tobytes()).camera
    assert camera.has_location
    assert not any("39" in str(value) for value in (camera.taken_at, camera.software))


def test_program_comes_from_xmp_where_exif_has_none():
    xmp = b'<rdf:Description xmp:CreatorTool="Adobe Photoshop 27.0 (Windows)"/>'
    assert read_exif(None, xmp).camera.software == "Adobe Photoshop 27.0 (Windows)"


@pytest.mark.parametrize("block", [None, b"", b"Exif\x00\x00", b"II*\x00", b"\xff" * 200, camera_data().tobytes()[:40]])
def test_broken_blocks_say_nothing(block):
    assert read_exif(block).orientation == 1
