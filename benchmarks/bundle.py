"""The bundle beside its peers, in one run: CPU seconds, bytes and memory, as ratios. `make bench-bundle`.

img2pdf places the same pictures; pypdf merges and stamps the same pages; Chromium prints the same letter.
"""

import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.settings import prepare_fonts  # noqa: E402  # fonts before the layout engine
from benchmarks.bundle_set import COUNT, exhibits, pictures  # noqa: E402

PAGES = 500
LIMIT = 10_000_000


def cpu(work):
    """CPU seconds of this process and its children, and the result."""
    before = _spent()
    made = work()
    return _spent() - before, made


def _spent() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def look_and_front():
    from casefile.discovery import load_house
    from evidence_packer.bind.bundle.stamp import BundleLook
    from press.html import Typesetter

    house = load_house(ROOT)
    look = BundleLook(catalog=house.catalogs.of("en"), title="Benchmark", typesetter=Typesetter(house.templates))
    return look, look.typesetter.pdf("<html lang=en><body><h1>Front</h1></body></html>", styles=(), variant="pdf/a-3a")


def line(what: str, ours: float, theirs: float, peer: str, more: str = "") -> None:
    print(f"{what:44} {ours:8.2f} {theirs:8.2f}  {ours / theirs:6.2f} x {peer:10} {more}", flush=True)


def assembly() -> None:
    import img2pdf

    from evidence_packer.bind.bundle.assemble import assemble

    look, front = look_and_front()
    for form in ("JPEG", "PNG"):
        given = pictures(form)
        made = exhibits(form, given)
        assemble(front, made[:2], look)
        theirs, _ = cpu(lambda given=given: img2pdf.convert([data for data, _, _ in given]))
        ours, bundle = cpu(lambda made=made: assemble(front, made, look))
        size = sum(len(data) for data, _, _ in given)
        line(
            f"{COUNT} {form} ({size / 1e6:.0f} MB) into a bundle",
            ours,
            theirs,
            "img2pdf",
            f"bytes {len(bundle) / size:.3f} x",
        )


def memory() -> None:
    """In a process of its own: the peak while the bundle is put together, over what was there before."""
    from evidence_packer.bind.bundle.assemble import assemble

    look, front = look_and_front()
    made = exhibits("JPEG", pictures("JPEG"))
    assemble(front, made[:2], look)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    bundle = assemble(front, made, look)
    print(
        f"{'memory: peak over the inputs in memory':44} {_status('VmHWM') - before:8.0f} MB for {len(bundle) / 1e6:.0f} MB"
    )


def _status(name: str) -> float:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.split(f"{name}:")[1].split()[0]) / 1024


def stamping() -> None:
    import pikepdf
    from pypdf import PdfReader, PdfWriter

    from casefile.citation import PlannedExhibit
    from casefile.reading import PreparedPdf
    from evidence_packer.bind.bundle.assemble import assemble
    from evidence_packer.bind.bundle.stamp import ExhibitPages
    from jobs.case_work.steps.seal import area_of
    from reading.sealed import Sealed, broken

    look, front = look_and_front()
    body = "".join(
        f"<p style='break-after: page'>Page {n} of a report. {'Words and words. ' * 60}</p>" for n in range(PAGES)
    )
    document = look.typesetter.pdf(f"<html lang=en><body>{body}</body></html>", styles=())
    with pikepdf.open(io.BytesIO(document)) as pdf:
        count = len(pdf.pages)
    planned = PlannedExhibit(number=1, file="r", kind="other", source_pages=tuple(range(1, count + 1)), first_page=2)
    made = ExhibitPages(
        planned=planned,
        caption="Report",
        kind_label="Other",
        proves=None,
        prepared=PreparedPdf(data=document, pages=count),
    )
    stamp = look.typesetter.pdf("<html lang=en><body><p>Exhibit 1</p></body></html>", styles=())

    def peer() -> None:
        writer, mark = PdfWriter(), PdfReader(io.BytesIO(stamp)).pages[0]
        for page in PdfReader(io.BytesIO(document)).pages:
            writer.add_page(page).merge_page(mark)
        writer.write(io.BytesIO())

    previews = _previews(document)
    ours, bundle = cpu(lambda: assemble(front, (made,), look))
    sealing, wrong = cpu(
        lambda: broken(bundle, [Sealed(index=n + 1, preview=p, glance=n >= 8) for n, p in enumerate(previews)], area_of)
    )
    theirs, _ = cpu(peer)
    line(f"{count} pages of a PDF framed and stamped", ours, theirs, "pypdf")
    line(f"the same, sealed by two eyes ({len(wrong)} wrong)", ours + sealing, theirs, "pypdf")


def _previews(document: bytes) -> list[bytes]:
    """The small drawings that reading keeps of each page."""
    import pypdfium2

    from reading.pdf import rendering

    made = []
    with pypdfium2.PdfDocument(document) as shown:
        for page in shown:
            sink = io.BytesIO()
            rendering.small(page).save(sink, "JPEG", quality=80)
            made.append(sink.getvalue())
    return made


def fitting() -> None:
    from evidence_packer.bind.bundle.assemble import assemble
    from evidence_packer.bind.bundle.fit import fit

    look, front = look_and_front()
    photographs, screens = exhibits("JPEG", pictures("JPEG")[:50]), exhibits("PNG", pictures("PNG")[:50])
    from dataclasses import replace

    made = tuple(
        replace(e, planned=replace(e.planned, number=n, first_page=n + 1))
        for n, e in enumerate((*photographs, *screens), start=1)
    )
    size = sum(len(exhibit.prepared.data) for exhibit in made)
    spent, fitted = cpu(lambda: fit(made, LIMIT, lambda given: assemble(front, given, look)))
    print(
        f"{f'{COUNT} pictures, {size / 1e6:.0f} MB into {LIMIT / 1e6:.0f} MB':44} {spent:8.2f} s, {len(fitted.bundle) / 1e6:.2f} MB"
    )


def letters() -> None:
    from casefile.case import Case
    from jobs.case_work.kinds.case_letter import write_letter
    from jobs.case_work.workshop import Workshop
    from letters.render import letter_html, letter_pdf

    body = json.loads((ROOT / "examples" / "item-not-received" / "case.json").read_text(encoding="utf-8"))
    with Workshop.open() as workshop:
        case = Case.model_validate(body)
        letter = write_letter(case, case.as_of, workshop).letter
        html = letter_html(letter, workshop.house, workshop.typesetter)
        letter_pdf(letter, workshop.house, workshop.typesetter)
        ours = statistics.median(
            cpu(lambda: letter_pdf(letter, workshop.house, workshop.typesetter))[0] for _ in range(9)
        )
    theirs = _chromium(html)
    if theirs:
        line("the letter", ours, theirs, "Chromium", "one browser kept open, a new tab per letter")


def _chromium(html: str) -> float | None:
    """CPU seconds of a print in a running Chromium, its processes counted; ``None`` where there is none."""
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium")
            spent = []
            for _ in range(6):
                before = _tree_seconds()
                page = browser.new_page()
                page.set_content(html)
                page.pdf(format="A4")
                page.close()
                spent.append(_tree_seconds() - before)
            browser.close()
            return statistics.median(spent[1:])
    except Exception as error:  # noqa: BLE001  # a machine without a browser has no such row
        print(f"no Chromium here: {type(error).__name__}")
        return None


def _tree_seconds() -> float:
    """CPU seconds of every process of this session's browser, from /proc."""
    total = 0.0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, fields = entry.read_text().split(") ", 1)
            if "chrom" in name:
                parts = fields.split()
                total += (int(parts[11]) + int(parts[12])) / 100
        except (OSError, ValueError):
            continue
    return total


def whole_case() -> None:
    """Bundle and letter of a case of ten files after reading, warm."""
    from casefile.parse import parse_case
    from casefile.upload import Upload
    from jobs.case_work.pack import PackRequest
    from jobs.case_work.steps.bind import bind
    from jobs.case_work.steps.casework import casework
    from jobs.case_work.steps.write import write
    from jobs.case_work.workshop import Workshop

    folder = ROOT / "examples" / "item-not-received"
    body = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    case = parse_case({name: value for name, value in body.items() if name != "reading_copy"})
    files = sorted(path for path in folder.iterdir() if path.name not in {"case.json", "README.md"})
    uploads = [Upload(name=path.name, data=path.read_bytes()) for path in files]
    uploads += [
        Upload(name=f"more_{path.name}", data=path.read_bytes())
        for path in sorted((ROOT / "examples" / "not-as-described").glob("*.[pj]*"))
        if path.suffix in {".png", ".jpg", ".pdf"}
    ]
    with Workshop.open_alone() as workshop:
        known = casework(PackRequest(case=case, uploads=tuple(uploads[:10]), as_of=case.as_of), workshop)
        bind(known, write(known, workshop), workshop)
        spent = statistics.median(cpu(lambda: bind(known, write(known, workshop), workshop))[0] for _ in range(3))
    print(f"{f'bundle and letter of {len(known.evidence.plan.exhibits)} files after reading, warm':44} {spent:8.2f} s")


PARTS = {
    "assembly": assembly,
    "memory": memory,
    "stamping": stamping,
    "fitting": fitting,
    "letters": letters,
    "case": whole_case,
}


def main() -> None:
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as folder:
            prepare_fonts(Path(folder))
            PARTS[sys.argv[1]]()
        return
    print(f"{'CPU seconds':44} {'ours':>8} {'peer':>8}   ratio")
    for part in PARTS:
        subprocess.run([sys.executable, __file__, part], check=True)


if __name__ == "__main__":
    main()
