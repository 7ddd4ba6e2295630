"""The letter in its box, and all texts together in the form."""

from evidence_packer.judge.checks import letter_form
from tests.casework_parts import changed
from tests.evidence_packer.conftest import make_case


def codes(made, chars, **limits):
    procedure = made.procedure.model_copy(update={"limits": made.procedure.limits.model_copy(update=limits)})
    dossier = changed(made, letter_chars=chars, procedure=procedure)
    return [(finding.code, finding.params["found"]) for finding in letter_form.check_letter_length(dossier)]


def test_all_texts_of_the_form_count_together(dossier):
    case = make_case(
        platform="stripe", procedure="dispute", site=None, reason="cancelled_subscription",
        policies={"cancellation": {"where": "c" * 900}}, buyer={"name": "J. Whitfield"},
    )  # fmt: skip
    made = dossier(case=case)
    assert made.procedure.limits.total_text_chars == 150_000
    assert codes(made, 100) == []
    over = codes(made, 5000, text_chars=200, total_text_chars=1000)
    assert [code for code, _ in over] == ["texts-over-limit", "letter-too-long"]
    assert over[0][1] >= 200 + 900
