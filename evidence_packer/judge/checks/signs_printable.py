"""Do the fonts of letter and bundle have every sign that is to stand there?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "signs-printable"
INPUT = "case"
_SHOWN = 20


def _texts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """(where, text) of what people wrote into letter and bundle."""
    if letter := dossier.letter:
        head = (letter.subject, letter.addressee, letter.salutation, *letter.signature, *letter.sender)
        yield "@printed.letter", "\n".join((*head, *(sentence.text for sentence in letter.sentences)))
    for exhibit in dossier.plan.exhibits:
        yield "@printed.translation", "\n".join(exhibit.translation)
    captions = [entry.caption for entry in dossier.case.files if entry.caption and dossier.plan.of_file(entry.name)]
    yield "@printed.captions", "\n".join(c if isinstance(c, str) else "\n".join(c.values()) for c in captions)


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per part of the documents that holds signs which come out as empty boxes."""
    told: set[str] = set()
    for where, text in _texts(dossier):
        missing = dossier.unprintable(text)
        if missing and where not in told:
            told.add(where)
            params = {"where": where, "text": " ".join(missing[:_SHOWN])}
            yield Finding(code="signs-not-printed", severity="warning", params=params, rules=("S004-06",))
