"""Does a letter to one platform speak of another?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from casefile.own_words import own_texts
from evidence_packer.judge.check import Dossier

CODE = "other-platform"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per own text that names a platform this case does not go to; processors may be named anywhere."""
    own = {word.lower() for word in dossier.platform.words}
    others = {
        word: platform.name
        for platform in dossier.house.platforms.values()
        if platform.id != dossier.platform.id and platform.kind == "marketplace"
        for word in platform.words
        if word.lower() not in own
    }
    carriers = [
        word for carrier in dossier.house.carriers.values() for word in (*carrier.name.values(), *carrier.words)
    ]
    for pointer, _, written in own_texts(dossier.case):
        text = written
        for carrier in sorted(carriers, key=len, reverse=True):
            text = text.replace(carrier, " ")
        for word, name in others.items():
            edges = r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])" if word.isascii() else "{}"
            if re.search(edges.format(re.escape(word)), text):
                yield Finding(
                    code="other-platform-named", severity="warning", pointer=pointer,
                    params={"word": word, "other": dict(name), "own": dict(dossier.platform.name)},
                    rules=("S003-50", "S004-63"),
                )  # fmt: skip
                break
