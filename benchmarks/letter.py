"""Letter: CPU time of ours, warm, beside bare WeasyPrint on the same HTML, in one run."""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.settings import prepare_fonts  # noqa: E402  # fonts before the layout engine

ROUNDS = 15


def cpu(work) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare_fonts(Path(folder))
        from weasyprint import CSS, HTML

        from casefile.case import Case
        from jobs.case_work.kinds.case_letter import write_letter
        from jobs.case_work.workshop import Workshop
        from letters.render import letter_html, letter_pdf

        body = json.loads((ROOT / "examples" / "item-not-received" / "case.json").read_text(encoding="utf-8"))
        print(f"{'letter':10} {'ours ms':>9} {'bare ms':>9} {'ratio':>7}   median of {ROUNDS}, CPU, warm")
        with Workshop.open() as workshop:
            for language in ("en", "zh-Hans"):
                case = Case.model_validate({**body, "language": language})
                letter = write_letter(case, case.as_of, workshop).letter
                html = letter_html(letter, workshop.house, workshop.typesetter)
                sheets = [ROOT / "templates" / name for name in ("styles/document.css", "letters/letter.css")]

                def ours(letter=letter) -> None:
                    letter_pdf(letter, workshop.house, workshop.typesetter)

                def bare(html=html, sheets=sheets) -> None:
                    HTML(string=html).write_pdf(stylesheets=[CSS(filename=sheet) for sheet in sheets])

                ours(), bare()
                pairs = [(cpu(ours), cpu(bare)) for _ in range(ROUNDS)]
                mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
                print(f"{language:10} {mine:9.1f} {theirs:9.1f} {mine / theirs:7.2f}")


if __name__ == "__main__":
    main()
