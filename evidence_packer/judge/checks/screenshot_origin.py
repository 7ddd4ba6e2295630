"""Is a back-office page shown whole, from a desk screen, and as it was taken?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "screenshot-origin"
INPUT = "facts"
_BACK_OFFICE = frozenset({"case_page", "order_page", "back_office_log", "account_record", "listing"})
_EDITORS = re.compile(r"photoshop|gimp|lightroom|snapseed|picsart|meitu|美图|canva|pixelmator|affinity", re.IGNORECASE)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice for back-office pages from a phone or without address bar; a warning where an editor left its name."""
    for file in dossier.facts:
        if file.exif.software and (match := _EDITORS.search(file.exif.software)):
            yield Finding(
                code="picture-edited",
                severity="warning",
                file=file.file,
                params={"program": match[0]},
                rules=("S003-53",),
            )
        if file.kind not in _BACK_OFFICE or not file.media_type.startswith("image/"):
            continue
        if file.context.device == "phone":
            yield Finding(code="phone-screenshot", severity="advice", file=file.file, rules=("S004-56",))
        elif not file.context.hosts and file.has_text:
            yield Finding(
                code="address-bar-missing", severity="advice", file=file.file, rules=("S004-05", "S004-66", "S004-69")
            )
