"""Are the operator's own words there in the language the letter is written in?"""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.own_words import HAN, own_texts
from evidence_packer.check import Dossier, Skip

CODE = "text-in-readers-language"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per field whose only text is Chinese while the letter is not, unless the letter told it already."""
    language = dossier.case.language or dossier.site.read_by(dossier.procedure.audience)
    if language.split("-", maxsplit=1)[0] in {"zh", "ja"}:
        raise Skip("letter-takes-hanzi")
    told_already = {left.sentence for left in dossier.letter.left_out} if dossier.letter else set()
    texts: dict[str, list[tuple[str, str]]] = {}
    for pointer, given, text in own_texts(dossier.case):
        if pointer in told_already:
            continue
        texts.setdefault(pointer, []).append((given, text))
    for pointer, told in texts.items():
        if all(HAN.search(text) and (tag.startswith("zh") or not tag) for tag, text in told):
            yield Finding(
                code="text-untranslated", severity="warning", pointer=pointer,
                params={"language": language, "text": told[0][1][:30]},
                rules=("S004-06", "S003-40", "S004-26", "S004-55"),
            )  # fmt: skip
