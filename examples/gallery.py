"""`make gallery`: every letter kind in every language that speaks it, situations with their grounds, every example's bundle."""

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.settings import prepare_fonts  # noqa: E402
from benchmarks.letters.situations import in_every_language  # noqa: E402
from casefile.discovery import load_house  # noqa: E402
from casefile.parse import parse_case  # noqa: E402
from casefile.upload import Upload  # noqa: E402
from examples.specimen import letter_of  # noqa: E402
from jobs.case_work.kinds.case_pack import make_pack  # noqa: E402
from jobs.case_work.pack import PackRequest  # noqa: E402
from jobs.case_work.workshop import Workshop  # noqa: E402
from letters.letter_kinds import shelf  # noqa: E402
from letters.render import letter_pdf, plain_text  # noqa: E402
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
    (OUT / "situations").mkdir()
    for name, letter in in_every_language(house):
        (OUT / "situations" / f"{name}.pdf").write_bytes(letter_pdf(letter, house, typesetter))
        (OUT / "situations" / f"{name}.txt").write_text(plain_text(letter, None).text, encoding="utf-8")
    print(f"situations {len(list((OUT / 'situations').glob('*.pdf')))}")
    _bundles()
    return 0


def _bundles() -> None:
    """The bundle of every example in the languages whose front pages are written."""
    (OUT / "bundles").mkdir()
    with Workshop.open_alone() as workshop:
        catalogs = workshop.house.catalogs.by_language
        spoken = [tag for tag, texts in catalogs.items() if texts.own("front.title")]
        for folder in sorted(path.parent for path in (ROOT / "examples").glob("*/case.json")):
            plain = json.loads((folder / "case.json").read_text(encoding="utf-8"))
            files = sorted(path for path in folder.iterdir() if path.name not in {"case.json", "README.md"})
            uploads = tuple(Upload(name=path.name, data=path.read_bytes()) for path in files)
            for language in spoken:
                case = parse_case({**plain, "language": language})
                pack = make_pack(PackRequest(case=case, uploads=uploads, as_of=case.as_of), workshop)
                bundle = next(file for file in pack.files if file.role == "bundle")
                (OUT / "bundles" / f"{folder.name}.{language}.pdf").write_bytes(bundle.data)
            print(f"bundle of {folder.name:26} {' '.join(spoken)}")


if __name__ == "__main__":
    sys.exit(main())
