"""What people read holds no placeholder, pointer, code or value as a program writes it, in either language."""

import re

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from casefile.labels import field_name, tongue
from casefile.pointer import fields_at
from evidence_packer.judge.judging import judge
from evidence_packer.report.report import report
from tests.test_every_procedure import HOUSE, case_of, dossier_of, study_of

PROCEDURES = [
    pytest.param(platform.id, name, id=f"{platform.id}-{name}")
    for platform in HOUSE.platforms.values()
    for name in platform.procedures
]
RAW = re.compile(
    r"\{[a-z_]+[}|]|@[a-z_]+[./]|(?<![\w./:-])/[a-z_]+(?:/[a-z0-9_]+)+|\b[a-z]{2,}\.\d+\.[a-z]|(?<![\w./@-])[a-z]+(?:_[a-z0-9]+)+\b(?!\.\w)"
    r"|\[['\"]|\{['\"]|\bNone\b|\bDecimal\(|\bdatetime\.|<[A-Z]\w+ object"
)
"""A placeholder, a key, a pointer, a dotted path, a code, a value as Python writes it."""
BARE = {
    "parcels": [{"carrier": "no_such_carrier", "tracking_number": "1Z999AA10123456785", "direction": "return"}],
    "files": [{"name": "gone.png", "kind": "tracking"}], "deadline": None, "claim": {}, "language": "nl",
    "facts": [{"text": "包裹已送达"}], "root_causes": [{"code": "no_such_code"}], "remedy": {"type": "full_refund"},
    "letter_edits": [{"paragraph": "parcel/9", "language": "en", "text": "Unused {cite:gone.png#1}."}],
    "actions_taken": [{"text": {"zh-Hans": "已退款"}}], "order": {"id": "X", "items": [{"name": "不锈钢保温杯", "sku": "B-1"}]},
    "rejections": [{"reasons": [{"text": "No proof"}]}], "site": None,
}  # fmt: skip


def texts_of(body):
    found = [getattr(f, part) for c in body.checks for f in c.findings for part in ("title", "detail", "hint")]
    found += [c.why for c in body.checks if c.why] + [*body.steps, *body.because, *body.assumptions]
    found += [row.text for row in (*body.checklist, *body.advice)] + [c.statement for c in body.coverage]
    found += [
        getattr(line, part) for line in (body.letter.left_out if body.letter else ()) for part in ("sentence", "why")
    ]
    return [text for text in found if text]


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES)
@pytest.mark.parametrize("changes", [{}, BARE], ids=["good", "bare"])
def test_a_report_speaks_to_people(platform, procedure, changes):
    from evidence_packer.report.report import LetterFacts
    from jobs.case_work.steps.write import composed

    plain = case_of(platform, procedure, HOUSE.platforms[platform].procedures[procedure].reasons[0])
    body = plain.model_dump(mode="json", by_alias=True, exclude_none=True) | changes
    known = study_of(Case.model_validate(body))
    letter = composed(known, known.matter.letter_language)
    dossier = dossier_of(known, letter=letter, letter_chars=900)
    results = judge(dossier)
    for language in ("en", "zh-Hans"):
        captions = {x.file: x.file for x in known.plan.exhibits}
        told = report(
            dossier, results, HOUSE.catalogs.of(language), captions, LetterFacts(letter=letter, chars=1, limit=None)
        )  # fmt: skip
        known_words = {"no_such_carrier", "no_such_code"}  # as the case and the platform's own ids have them
        known_words |= {one for i in known.platform.identifiers for one in i.valid}
        raw = {m[0]: text for text in texts_of(told) for m in RAW.finditer(text) if m[0] not in known_words}
        assert raw == {}


def every_field(pointer="", depth=0):
    for name in fields_at(pointer) if pointer else tuple(f.alias or n for n, f in Case.model_fields.items()):
        here = f"{pointer}/{name}"
        yield here
        if depth < 5 and name not in {"amount", "extra"}:
            yield from every_field(here, depth + 1)
            yield from every_field(here + "/0", depth + 1)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_field_of_a_case_has_a_name(language):
    catalog = load_house().catalogs.of(language)
    lacking = {
        pointer
        for pointer in every_field()
        if not catalog.own("field./" + "/".join(part for part in pointer.split("/") if part and not part.isdigit()))
        and not pointer.endswith(("/amount", "/currency"))
        and "/confirmations/0" not in pointer
    }
    assert lacking == set()


@pytest.mark.parametrize(
    ("pointer", "english", "chinese"),
    [
        ("/order/id", "Order number", "订单号"),
        ("/parcels/1/carrier", "Carrier (no. 2)", "承运商（第 2 项）"),
        ("/rejections/0/reasons/2/answer", "Your answer to it (no. 1.3)", None),
        ("/facts/0/nonsense", "What happened (no. 1)", None),
        ("/nonsense", "The case as a whole", "整个案件"),
        ("", "The case as a whole", "整个案件"),
    ],
)
def test_a_pointer_becomes_a_name(pointer, english, chinese):
    names = {tag: field_name(pointer, HOUSE.catalogs.of(tag)) for tag in ("en", "zh-Hans")}
    assert "/" not in names["en"]
    assert chinese is None or names == {"en": english, "zh-Hans": chinese}


@pytest.mark.parametrize(
    ("tag", "english", "chinese"),
    [
        ("de", "German", "德语"),
        ("pt-BR", "Portuguese (Brazil)", "葡萄牙语 (巴西)"),
        ("xx-nonsense", "xx-nonsense", None),
    ],
)
def test_a_tag_becomes_a_language(tag, english, chinese):
    assert tongue(tag, HOUSE.catalogs.of("en")) == english
    assert chinese is None or tongue(tag, HOUSE.catalogs.of("zh-Hans")) == chinese


COUNTED = re.compile(
    r"\{(count|days|hours|lines|sent|gaps|files|rows|chars|sentences|slots)\} (?!\{|was\b|is\b)[a-z]+s\b"
)


def test_one_of_a_thing_is_said_in_the_singular():
    texts = HOUSE.catalogs.by_language["en"].texts
    several = (
        "parcels_delivered.answer",
        "part_delivered.answers",
        "part_refunded.answers",
    )
    always_many = {"clock.days", *(f"ground.{name}" for name in several)}  # three at least; several
    mostly_many = {key for key, text in texts.items() if "{limit}" in text or "letters of this batch" in text}
    mostly_many |= {key for key in texts if key.startswith("ground.part_")}  # some of several
    assert {k: t for k, t in texts.items() if COUNTED.search(t) and k not in always_many | mostly_many} == {}
