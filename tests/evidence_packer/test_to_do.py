"""What the report tells an operator to do: the same thing once, pages to take again by file."""

from evidence_packer.report.shape import Report, ReportCheck, ReportFinding
from evidence_packer.report.to_do import problems, retakes


def finding(title, file=None, severity="warning", **more):
    told = {"code": "wording", "detail": f"Why {title}", "hint": f"Mend {title}"}
    return ReportFinding(**{**told, "title": title, "file": file, "severity": severity, **more})


def body(*checks):
    found = (ReportCheck(code=code, status="finding", findings=findings) for code, findings in checks)
    return Report(verdict="review", checks=tuple(found))


def test_what_belongs_to_no_file_is_told_together_and_blockers_come_first(house):
    found = problems(
        body(("wording-calm", (finding("a"), finding("b"), finding("c", severity="blocker")))),
        {},
        house.catalogs.of("en"),
    )
    assert [(p.severity, [title for title, _ in p.lines]) for p in found] == [
        ("blocker", ["c"]),
        ("warning", ["a", "b"]),
    ]
    assert found[1].lines[1] == ("b", "Mend b")


def test_each_place_in_a_file_keeps_its_own_picture(house):
    box = [0.1, 0.1, 0.2, 0.2]
    told = body(("foreign-order-ids", (finding("one", "a.png", page=2, box=box), finding("two in a.png", "a.png"))))
    first, second = problems(told, {("a.png", 2, tuple(box)): b"JPEG"}, house.catalogs.of("en"))
    assert first.picture == "data:image/jpeg;base64,SlBFRw=="
    assert (first.file, first.page, second.file, second.picture) == ("a.png", 2, None, None)


def test_a_file_to_take_again_is_listed_once_with_every_reason(house):
    told = body(
        ("page-legible", (finding("blurred", "a.png", code="page-illegible"),)),
        ("timestamp-visible", (finding("no date", "a.png", code="timestamp-missing"),)),
        ("wording-calm", (finding("rude"),)),
    )
    [retake] = retakes(told, house.catalogs.of("en"))
    assert (retake.file, retake.reasons) == ("a.png", ("blurred", "no date"))


def test_what_is_found_in_many_files_is_shown_in_two_and_the_others_are_named(house):
    told = body(("foreign-order-ids", tuple(finding(f"in {n}.png", f"{n}.png") for n in range(60))))
    found = problems(told, {}, house.catalogs.of("en"))
    assert [len(found), found[0].lines[0][0], found[2].lines[0][0]] == [3, "in 0.png", "The same in 58 more files"]
    assert found[2].details[0].startswith("2.png, 3.png")
    assert found[2].details[0].endswith("25.png and 34 more")


def test_a_long_list_of_files_to_take_again_ends_in_names(house):
    again = tuple(finding("blurred", f"{n}.png", code="page-illegible") for n in range(20))
    listed = retakes(body(("page-legible", again)), house.catalogs.of("zh-Hans"))
    assert len(listed) == 9
    assert "19.png" in listed[-1].reasons[0]
