"""A full pack for every procedure of every platform, out of rendered evidence: built, proved, within its limits."""

import json
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.upload import Upload
from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.pack import PackRequest
from tests.test_every_procedure import HOUSE, NOW, case_of

EVIDENCE = Path(__file__).resolve().parent.parent / "examples" / "item-not-received"
FILES = {
    "tracking.png": "tracking",
    "messages.png": "messages",
    "order_page.png": "order_page",
    "erp_record.pdf": "erp_record",
}
PROCEDURES = [(platform.id, name) for platform in HOUSE.platforms.values() for name in platform.procedures]
SHORT = {("amazon", "ip_counter_notice"), ("paypal", "dispute"), ("coupang", "dispute"), ("walmart", "fee_dispute")}
"""One of each kind is built by every test run, the rest by the long one, out of all files."""


@pytest.mark.parametrize(
    ("platform", "procedure"),
    [pytest.param(*way, id="-".join(way)) for way in PROCEDURES if way in SHORT],
)
def test_a_pack_is_built(workshop, platform, procedure):
    built(workshop, platform, procedure, ("tracking.png", "erp_record.pdf"))


@pytest.mark.long
@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES, ids=map("-".join, PROCEDURES))
def test_a_pack_of_every_procedure_is_built(workshop, platform, procedure):
    built(workshop, platform, procedure, tuple(FILES))


def built(workshop, platform, procedure, names):
    chosen = HOUSE.platforms[platform].procedures[procedure]
    body = case_of(platform, procedure, chosen.reasons[0]).model_dump(mode="json", by_alias=True, exclude_none=True)
    listed = [{"name": name, "kind": FILES[name]} for name in names]
    case = Case.model_validate(json.loads(json.dumps(body)) | {"files": listed})
    uploads = tuple(Upload(name=name, data=(EVIDENCE / name).read_bytes()) for name in names)
    pack = make_pack(PackRequest(case=case, uploads=uploads, as_of=NOW), workshop)
    roles = {file.role for file in pack.files}
    assert {"bundle", "letter", "submission", "original", "report", "manifest"} <= roles
    assert len(pack.report.exhibits) + len(pack.report.not_included) == len(names)
    over = [f for c in pack.report.checks for f in c.findings if f.code.endswith("-over-limit")]
    assert over == []
