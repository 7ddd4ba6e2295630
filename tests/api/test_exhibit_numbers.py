"""The list of files counts as the letter does: what cannot be used is no exhibit, what is still being read will be one."""

from api.form.file_views import exhibit_numbers
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.reading import Reading
from casefile.upload import NotIncluded
from jobs.case_work.kinds.live_preview import KnownFile

READ = Reading(sha256="0" * 64, media_type="image/png", pages=())


def known(name, reading=None, refused=None):
    return KnownFile(name=name, bytes=1, reading=reading, refused=refused), None


def test_the_list_counts_as_the_letter():
    files = [
        known("locked.pdf", refused=NotIncluded(file="locked.pdf", code="file-encrypted")),
        known("a.png", READ),
        known("coming.png"),
        known("set_aside.png", READ),
        known("b.png", READ),
    ]
    exhibits = tuple(
        PlannedExhibit(number=number, file=file, kind="tracking", source_pages=(1,), first_page=number)
        for number, file in enumerate(("a.png", "b.png"), start=1)
    )
    plan = BundlePlan(exhibits=exhibits)
    assert exhibit_numbers(files, plan) == {
        "locked.pdf": 0,
        "a.png": 1,
        "coming.png": 2,
        "set_aside.png": 0,
        "b.png": 3,
    }
