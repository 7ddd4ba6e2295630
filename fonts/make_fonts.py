"""Makes the font files of this folder.

    python fonts/make_fonts.py FOLDER

FOLDER holds the npm packages @fontsource/noto-sans* and @fontsource/noto-emoji, unpacked side by side, and
``NotoSansCJK-Regular.ttc`` (the distribution's package fonts-noto-cjk; same copyright and licence as the SC package).

Each script becomes one static TrueType file per weight with a family name of its own; the parts of Latin and of emoji are
merged. Static files because a variable font has to be instantiated for every letter; TrueType because it subsets small.
The last file holds only the hanzi that no other has, so that a rare character of a name is printed and costs nothing until
it is used.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTCollection, TTFont

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
    "emoji": ("noto-emoji", tuple(str(part) for part in range(11)), "Evidence Sans Emoji"),
}
ONLY_REGULAR = {"symbols", "emoji"}
RARE = "Evidence Sans Rare"
MADE = 3_850_000_000
"""The date of merged files (seconds since 1904), so that the same sources give the same bytes."""


def decoded(source: Path, folder: Path) -> Path:
    font = TTFont(source)
    font.flavor = None
    for table in {"GSUB", "GPOS"} & set(font.keys()) if "emoji" in source.name else ():
        del font[table]
    target = folder / (source.stem + ".ttf")
    font.save(target)
    return target


def merged(files: list[Path]) -> TTFont:
    font = Merger().merge([str(file) for file in files])
    font["head"].created = MADE
    return font


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


def saved(font: TTFont, target: Path) -> str:
    """The line of ``fonts.toml`` for the font just written."""
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    return f'{target.stem.split("-")[1].lower()} = {{ file = "{target.name}", sha256 = "{digest}" }}\n'


def rare(collection: Path, known: set[int]) -> TTFont:
    """The Simplified Chinese face of the collection, cut down to what ``known`` lacks."""
    faces = TTCollection(collection).fonts
    font = next(face for face in faces if face["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = subset.Options(layout_features=[], hinting=False, recalc_timestamp=False, name_IDs=[0, 5, 13, 14])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()) - known)
    subsetter.subset(font)
    top = font["CFF "].cff
    top.fontNames[0] = RARE.replace(" ", "") + "-Regular"
    name_it(font, RARE, 400)
    return font


def main(sources: Path) -> None:
    lines = ["# Script -> family and files, made by make_fonts.py; the service reads only these fonts.\n"]
    known: set[int] = set()
    for script, (package, parts, family) in SCRIPTS.items():
        root = next(sources.glob(f"fontsource-{package}-[0-9]*/package"))
        (HERE / f"LICENSE-{package}.txt").write_bytes((root / "LICENSE").read_bytes())
        lines.append(f'\n[{script}]\nfamily = "{family}"\nlicence = "LICENSE-{package}.txt"\n')
        for weight, style in WEIGHTS.items():
            if script in ONLY_REGULAR and style != "Regular":
                continue
            with tempfile.TemporaryDirectory() as scratch:
                files = [decoded(root / "files" / f"{package}-{p}-{weight}-normal.woff2", Path(scratch)) for p in parts]
                font = merged(files) if len(files) > 1 else TTFont(files[0])
                known |= set(font.getBestCmap())
                name_it(font, family, weight)
                lines.append(saved(font, HERE / f"{family.replace(' ', '')}-{style}.ttf"))
    lines.append(f'\n[rare]\nfamily = "{RARE}"\nlicence = "LICENSE-noto-sans-sc.txt"\n')
    lines.append(saved(rare(sources / "NotoSansCJK-Regular.ttc", known), HERE / "EvidenceSansRare-Regular.otf"))
    (HERE / "fonts.toml").write_text("".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
