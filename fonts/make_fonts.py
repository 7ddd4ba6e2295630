"""Makes the font files of this folder from the npm packages @fontsource/noto-sans* (unpacked side by side in a folder).

    python fonts/make_fonts.py FOLDER

Each script becomes one static TrueType file per weight with a family name of its own; the Latin parts are merged into one
file. Static files because a variable font has to be instantiated for every letter; TrueType because it subsets small.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
WEIGHTS = {400: "Regular", 700: "Bold"}
SCRIPTS = {
    "latin": ("noto-sans", ("latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext"), "Evidence Sans"),
    "zh-Hans": ("noto-sans-sc", ("chinese-simplified",), "Evidence Sans SC"),
    "ja": ("noto-sans-jp", ("japanese",), "Evidence Sans JP"),
    "ko": ("noto-sans-kr", ("korean",), "Evidence Sans KR"),
    "zh-Hant": ("noto-sans-tc", ("chinese-traditional",), "Evidence Sans TC"),
    "th": ("noto-sans-thai", ("thai",), "Evidence Sans Thai"),
    "symbols": ("noto-sans-math", ("latin",), "Evidence Sans Symbols"),
}


def decoded(source: Path, folder: Path) -> Path:
    font = TTFont(source)
    font.flavor = None
    target = folder / (source.stem + ".ttf")
    font.save(target)
    return target


def name_it(font: TTFont, family: str, weight: int) -> None:
    style = WEIGHTS[weight]
    table = font["name"]
    kept = [record for record in table.names if record.nameID in {0, 5, 13, 14}]
    table.names = kept
    for number, text in {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}",
                         6: family.replace(" ", "") + "-" + style}.items():  # fmt: skip
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold = weight == 700
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0


def main(packages: Path) -> None:
    lines = ["# Script -> family and files, made by make_fonts.py; the service reads only these fonts.\n"]
    for script, (package, parts, family) in SCRIPTS.items():
        root = next(packages.glob(f"fontsource-{package}-[0-9]*")) / "package"
        (HERE / f"LICENSE-{package}.txt").write_bytes((root / "LICENSE").read_bytes())
        lines.append(f'\n[{script}]\nfamily = "{family}"\nlicence = "LICENSE-{package}.txt"\n')
        for weight, style in WEIGHTS.items():
            if not (root / "files" / f"{package}-{parts[0]}-{weight}-normal.woff2").exists():
                continue
            with tempfile.TemporaryDirectory() as scratch:
                files = [decoded(root / "files" / f"{package}-{p}-{weight}-normal.woff2", Path(scratch)) for p in parts]
                font = Merger().merge([str(file) for file in files]) if len(files) > 1 else TTFont(files[0])
                name_it(font, family, weight)
                target = HERE / f"{family.replace(' ', '')}-{style}.ttf"
                font["head"].modified = font["head"].created
                font.recalcTimestamp = False
                font.save(target)
            digest = hashlib.sha256(target.read_bytes()).hexdigest()
            lines.append(f'{style.lower()} = {{ file = "{target.name}", sha256 = "{digest}" }}\n')
    (HERE / "fonts.toml").write_text("".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
