"""The texts that the seller wrote into a case, with their places; what the buyer said is not ours to judge."""

import re
from collections.abc import Iterator

from casefile.case import Case
from casefile.fields.letter import uncited

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def own_texts(case: Case) -> Iterator[tuple[str, str, str]]:
    """(JSON pointer, language as keyed or empty, text) of every text of ours, in the order of the case's fields."""
    own = [(f"/facts/{n}/text", fact.text) for n, fact in enumerate(case.facts)]
    own += [(f"/contacts/{n}/text", c.text) for n, c in enumerate(case.contacts) if c.from_ == "seller"]
    own += [(f"/root_causes/{n}/text", cause.text) for n, cause in enumerate(case.root_causes)]
    own += [(f"/actions_taken/{n}/text", action.text) for n, action in enumerate(case.actions_taken)]
    own += [(f"/preventions/{n}/text", prevention.text) for n, prevention in enumerate(case.preventions)]
    own += [(f"/claim/points/{n}/answer", p.answer) for n, p in enumerate(case.claim.points)] if case.claim else []
    items = case.notice.required_items if case.notice else ()
    own += [(f"/notice/required_items/{n}/answer", item.answer) for n, item in enumerate(items)]
    own += [
        (f"/rejections/{n}/reasons/{m}/answer", reason.answer)
        for n, rejection in enumerate(case.rejections)
        for m, reason in enumerate(rejection.reasons)
    ]
    own.append(("/request", case.request))
    own += [
        (f"/letter_edits/{n}/text", {edit.language: uncited(edit.text)}) for n, edit in enumerate(case.letter_edits)
    ]
    for pointer, text in own:
        if isinstance(text, dict):
            yield from ((pointer, language, part) for language, part in text.items() if part)
        elif text:
            yield pointer, "", text


def language_of(language: str, text: str) -> str:
    """The language of a text: as keyed, else by its script."""
    return language or ("zh-Hans" if HAN.search(text) else "en")
