"""What the buyer admits in a mail outside the platform: told as our own record with a hint, never shown, never a ground."""

import pytest

from benchmarks.filling.measure import made
from casefile.parse import parse_case
from casefile.reading import Line, Reading, ReadPage
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed

CASE = {
    "schema_version": "1", "platform": "ebay", "site": "US", "procedure": "item_not_received", "reason": "item_not_received",
    "as_of": "2026-11-19T16:00:00Z", "order": {"id": "17-12893-40571"}, "buyer": {"name": "Denise Okafor"},
}  # fmt: skip
HEAD = [
    "From: Denise Okafor <d.okafor@mail.example>",
    "To: shop@seller.example",
    "Date: Fri, 13 Nov 2026 08:14:00 -0600",
]
FOUND = "Hi, I have received the parcel now, I will cancel the case."


def mail(*lines, head=HEAD):
    rows = tuple(
        Line(text=text, box=(0.02, n / 20, 0.9, (n + 0.7) / 20), score=1.0)
        for n, text in enumerate([*head, "Subject: Order 17-12893-40571", *lines])
    )
    page = ReadPage(number=1, width=900, height=900, lines=rows, text_source="text_layer")
    return Reading(sha256="1" * 64, media_type="message/rfc822", pages=(page,), has_text_layer=True), 1000


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((FOUND,), True),
        (("I still have not received my parcel.",), False),
        (("Where is my parcel?",), False),
    ],
)
def test_an_admission_outside_the_platform(house, said, told):
    it = made(parse_case(CASE), {"mail.eml": mail(*said)}, house)
    letter = composed(
        Casework(matter=it.matter, evidence=it.evidence, language="en", read={}), it.matter.letter_language
    )
    sentences = [one for section in letter.sections for words in section.paragraphs for one in words.sentences]
    quoting = [one for one in sentences if said[0].rstrip(".") in one.text]
    assert all("outside the platform" in one.text for one in quoting)
    assert len(quoting) == 1
    assert all(one.proof != "shown" for one in quoting)
    assert ("buyer-admits-outside" in {one.code for one in it.findings}) is told
