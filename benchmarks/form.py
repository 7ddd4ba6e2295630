"""The form: weight of its first page, and the work behind one pause of the typist beside setting the same letter as PDF.

Run by ``make bench``; CPU times, so that a busy machine says the same as an idle one.
"""

import datetime as dt
import gzip
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
STATIC = ROOT / "templates" / "web" / "static"
PAGE = ("app.css", "app.js", "icon.svg", "vendor/htmx-2.0.11/htmx.min.js", "vendor/dropzone-6.3.5/dropzone-min.js",
        "vendor/sortable-1.15.7/Sortable.min.js")  # fmt: skip
EXAMPLE = ROOT / "examples" / "item-not-received"
ROUNDS = 8


def cpu(work):
    work()
    start = time.process_time()
    for _ in range(ROUNDS):
        work()
    return (time.process_time() - start) / ROUNDS * 1000


def main():
    from api.settings import prepare_fonts

    prepare_fonts(Path(tempfile.mkdtemp()))
    from casefile.discovery import load_house
    from casefile.parse import parse_case
    from casefile.plain_case import PlainCase
    from casefile.upload import Upload
    from jobs.case_work.kinds.case_letter import write_letter
    from jobs.case_work.kinds.live_preview import DeskRequest, KnownFile, live_preview
    from jobs.case_work.workshop import Workshop

    weight = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in PAGE)
    print(f"styles and scripts of the form, compressed   {weight / 1000:8.1f} kB   (with its HTML under 100)")
    house, case = load_house(), json.loads((EXAMPLE / "case.json").read_text(encoding="utf-8"))
    as_of = dt.datetime.fromisoformat(case["as_of"])
    with Workshop.open() as workshop:
        files, spent = [], []
        for entry in case["files"]:
            data = (EXAMPLE / entry["name"]).read_bytes()
            start = time.process_time()
            read = workshop.reading_rooms[0].read(Upload(name=entry["name"], data=data))
            spent.append((time.process_time() - start) * 1000)
            files.append(KnownFile(name=entry["name"], bytes=len(data), reading=read.reading))
        letters = iter(range(1000))

        def typed():
            request = {**case, "request": f"Please close this claim. {next(letters)}"}
            live_preview(
                DeskRequest(case=PlainCase(request), files=tuple(files), as_of=as_of, language="zh-Hans"), house
            )

        desk, pdf = cpu(typed), cpu(lambda: write_letter(parse_case(case), as_of, workshop))
        print(
            f"one file read, the first with its engine      {max(spent):8.1f} ms CPU, median {sorted(spent)[len(spent) // 2]:.1f}"
        )
        print(f"desk after a keystroke in a text, six files   {desk:8.1f} ms CPU")
        print(f"the same letter set as PDF                    {pdf:8.1f} ms CPU   (desk is {desk / pdf:.2f} of it)")


if __name__ == "__main__":
    main()
