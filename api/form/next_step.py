"""The one verdict of a case while it is made, and the one step that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from api.form.drafting import FormDraft
from api.form.file_views import FileView
from api.form.gaps import Gap
from api.form.letter_gaps import LetterGap
from api.form.origins import FROM_MAIL
from api.form.words import PageWords
from casefile.finding import Verdict

Step = Literal["begin", "reading", "blocked", "review", "ready"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVerdict:
    """``headline`` is the heaviest thing; ``walk`` are the places to mend, one after the other."""

    step: Step
    headline: str
    detail: str
    walk: tuple[str, ...]
    usable: int
    again: int


def desk_verdict(
    verdict: Verdict, draft: FormDraft, words: PageWords, open_ones: Sequence[Gap], missing: Sequence[LetterGap],
    files: Sequence[FileView],
) -> DeskVerdict:  # what the verdict follows from  # fmt: skip
    """Never ready over a letter in which something is missing without which nothing is won."""
    text = words.catalog.text
    waiting = sum(file.state == "reading" for file in files)
    blockers = [gap for gap in open_ones if gap.tone == "bad"]
    hollow = [gap for gap in missing if gap.required]
    again = sum(file.again for file in files)
    step: Step = verdict
    if hollow and step == "ready":
        step = "review"
    headline, detail = text(f"form.verdict.{step}"), text(f"desk.next.{step}")
    if waiting:
        step, headline, detail = "reading", text("desk.reading", count=waiting), text("desk.reading_detail")
    elif not files:
        step = "begin"
        begun = bool(draft.fields.get(FROM_MAIL))
        headline, detail = text("desk.begin_files" if begun else "desk.begin"), text("desk.begin_detail")
    elif blockers or hollow:
        detail = blockers[0].text if blockers else hollow[0].text
    elif open_ones:
        detail = open_ones[0].text
    walk = [gap.to for gap in (blockers or open_ones) if gap.to] + [gap.to for gap in hollow]
    return DeskVerdict(
        step=step, headline=headline, detail=detail, walk=tuple(dict.fromkeys(walk)) if files else (),
        usable=sum(file.state == "read" and not file.again for file in files),
        again=again,
    )  # fmt: skip
