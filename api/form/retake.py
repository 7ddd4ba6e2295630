"""The list for the colleague who has to take screenshots again: which one, which page, what must be visible on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.form.words import REFUSED, PageWords

_AGAIN = (
    "page-illegible", "page-empty", "text-too-small", "picture-enlarged", "picture-stretched", "photo-too-dark",
    "photo-too-bright", "photo-reflection", "number-masked", "timestamp-missing", "timestamp-ambiguous", "order-id-missing",
    "order-id-near-miss", "foreign-order-ids", "tracking-number-missing", "tracking-number-near-miss",
    "tracking-number-other", "off-platform-chat", "evidence-contradicts", "page-context-missing",
)  # fmt: skip
"""Findings that a new picture can settle; each has its line ``retake.<code>``."""


def retake_list(
    words: PageWords, subject: str, report: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]
) -> str:
    """The list as plain text to send on, empty when nothing has to be taken again or added."""
    lines = [*_taken_again(words, report, findings), *_sent_again(words, report, findings), *_added(words, report)]
    if not lines:
        return ""
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
    return "\n".join([words.catalog.text("retake.head", subject=subject), *numbered, words.catalog.text("retake.foot")])


def _taken_again(words: PageWords, report: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> list[str]:
    kinds = {exhibit["file"]: exhibit["kind"] for exhibit in report["exhibits"]}
    several = {exhibit["file"] for exhibit in report["exhibits"] if exhibit["pages"][1] > exhibit["pages"][0]}
    by_place: dict[tuple[str, int | None], list[str]] = {}
    for finding in findings:
        key = f"retake.{finding['code']}"
        if finding["file"] and finding["code"] in _AGAIN and words.catalog.has(key):
            line = words.catalog.text(key)
            page = finding["page"] if finding["file"] in several else None
            mine = by_place.setdefault((finding["file"], page), [])
            mine += [line] if line not in mine else []
    text = words.catalog.text
    return [
        text(
            "retake.again" if words.example(kinds.get(file, "other")) else "retake.again_plain",
            file=text("retake.page", file=file, page=page) if page else file,
            kind=text(f"kind.{kinds.get(file, 'other')}"),
            what=text("retake.and").join(what),
            example=words.example(kinds.get(file, "other")),
        ).strip()
        for (file, page), what in by_place.items()
    ]


def _sent_again(words: PageWords, report: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """Files that could not be opened, with what to do about each."""
    reasons = {line["file"]: line["reason"] for line in report["not_included"]}
    refused = [finding for finding in findings if finding["code"] == REFUSED and finding["file"] in reasons]
    text = words.catalog.text
    return [text("retake.refused", file=f["file"], reason=reasons[f["file"]], hint=f["hint"]) for f in refused]


def _added(words: PageWords, report: Mapping[str, Any]) -> list[str]:
    """What is missing altogether, by the first kind that would prove it."""
    missing = {
        row["needs"][0]: row["statement"] for row in report["coverage"] if row["status"] == "missing" and row["needs"]
    }
    text = words.catalog.text
    return [
        text("retake.add", kind=text(f"kind.{kind}"), statement=statement, example=words.example(kind)).strip()
        for kind, statement in missing.items()
    ]
