"""Are the operator's own words there in the language the letter is written in?"""

from collections.abc import Iterator

from casefile.fields.base import same_language
from casefile.finding import Finding
from casefile.own_words import own_texts
from casefile.scripts import mostly_foreign
from evidence_packer.judge.check import Dossier

CODE = "text-in-readers-language"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per field whose only text is in a script that the letter's reader does not read, unless the letter told it."""
    language = dossier.letter_language
    told_already = {left.sentence for left in dossier.letter.left_out} if dossier.letter else set()
    texts: dict[str, list[tuple[str, str]]] = {}
    for pointer, given, text in own_texts(dossier.case):
        if pointer not in told_already and not pointer.startswith(
            "/letter_edits/"
        ):  # what they hold stands in the letter
            texts.setdefault(pointer, []).append((given, text))
    for pointer, told in texts.items():
        said = any(same_language(tag, language) if tag else not mostly_foreign(text, language) for tag, text in told)
        if not said and all(mostly_foreign(text, language) for _, text in told):
            yield Finding(
                code="text-untranslated", severity="warning", pointer=pointer,
                params={"language": f"@tongue.{language}", "text": told[0][1][:30]},
                rules=("S004-06", "S003-40", "S004-26", "S004-55"),
            )  # fmt: skip
