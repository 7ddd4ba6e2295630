"""`make gallery`: every letter kind in every language that speaks it, as PDF and text, into ``out/gallery/``."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.settings import prepare_fonts  # noqa: E402
from casefile.discovery import load_house  # noqa: E402
from examples.specimen import letter_of  # noqa: E402
from letters.render import letter_pdf, plain_text  # noqa: E402
from letters.shelf import shelf  # noqa: E402
from press.html import Typesetter  # noqa: E402

OUT = ROOT / "out" / "gallery"


def main() -> int:
    """0 when every letter was written; ``make gallery`` ends red when one cannot be."""
    shutil.rmtree(OUT, ignore_errors=True)
    prepare_fonts(ROOT / "out")
    house = load_house()
    typesetter = Typesetter(house.templates)
    for kind in shelf(house.templates):
        spoken = [tag for tag, texts in house.catalogs.by_language.items() if texts.own(f"letter.title.{kind}")]
        (OUT / kind).mkdir(parents=True)
        for language in spoken:
            letter = letter_of(house, kind, language)
            (OUT / kind / f"{language}.pdf").write_bytes(letter_pdf(letter, house, typesetter))
            (OUT / kind / f"{language}.txt").write_text(plain_text(letter, None).text, encoding="utf-8")
        print(f"{kind:26} {' '.join(spoken)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
