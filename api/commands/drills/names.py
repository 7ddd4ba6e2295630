"""Drills of names: files that would be written elsewhere, and downloads that would read elsewhere."""

import io
import zipfile

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget

_NAMES = (
    "../../../etc/drill.txt", "..\\..\\drill2.txt", "C:\\Windows\\drill3.txt", "CON.txt", "a\u202etxt.exe.txt", "drill4.txt. . .",
)  # fmt: skip
_ELSEWHERE = (
    "../app.db", "..%2fapp.db", "%2e%2e%2fapp.db", "%2e%2e/%2e%2e/app.db", "..%5capp.db", "%252e%252e%252fapp.db",
    "/etc/passwd", "%2fetc%2fpasswd", "....//app.db", "originals/../../../../app.db", "originals%2f..%2f..%2f..%2fapp.db",
)  # fmt: skip


def _named_elsewhere(target: AttackTarget) -> None:
    target.submit("names", [(name, f"text {number}".encode()) for number, name in enumerate(_NAMES)])


def _uploads(target: AttackTarget) -> None:
    pack = target.pack("names").json
    archive = target.ask("GET", pack["links"]["archive"]).among(200)
    with zipfile.ZipFile(io.BytesIO(archive.body)) as opened:
        entries = opened.namelist()
    parts = [part for entry in entries for part in entry.split("/")]
    bad = [one for one in entries if one.startswith("/") or "\\" in one or ":" in one or not one.isprintable()]
    bad += [part for part in parts if part in {"", ".", ".."} or part.endswith((".", " ")) or part.lower() == "con.txt"]
    if bad:
        raise Broken("let-through", what=", ".join(bad[:5]))
    kept = sum("/originals/" in entry for entry in entries)
    if kept != len(_NAMES):
        raise Broken("lost", file=f"originals/ ({kept} / {len(_NAMES)})")


def _downloads(target: AttackTarget) -> None:
    pack = target.pack("names").json["id"]
    for place in _ELSEWHERE:
        for path in (f"/v1/packs/{pack}/files/{place}", f"/static/{place}", f"/v1/drafts/{pack}/files/{place}"):
            reply = target.ask("GET", path).among(400, 404, 405)
            if b"SQLite" in reply.body or b"root:" in reply.body:
                raise Broken("leaked", asked=reply.asked, found=place)


def _nothing(target: AttackTarget) -> None:
    """The pack of the other drill is there."""
    _ = target


DRILLS = (
    Drill(name="names-elsewhere", attempt=_uploads, prepare=_named_elsewhere),
    Drill(name="downloads-elsewhere", attempt=_downloads, prepare=_nothing),
)
