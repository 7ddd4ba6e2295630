"""Writes docs/sheets.md: how a sheet is read, with the columns, the exports that are known, and what is said of wrong cells."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from data_words import both, cell, code  # noqa: E402  # the path comes first

from casefile.discovery import load_house  # noqa: E402  # as above
from casefile.house import House  # noqa: E402  # as above
from casefile.wording import as_shown  # noqa: E402  # as above
from jobs.batch.sheet.cells import OURS  # noqa: E402  # as above
from jobs.batch.sheet.columns import PLAIN, SheetExport, load_exports  # noqa: E402  # as above
from jobs.batch.sheet.table import HEADER_WITHIN, MAX_ROWS  # noqa: E402  # as above

INTRO = f"""# Batch and sheets

A sheet and a heap of evidence become packs: one for every case, numbered zips, and the same sheet back with what became of every
row. This page is written by `python docs/make_sheets.py` from `sheets/`, `locales/` and the code; a test compares them.

```
evidence-packer batch-template -o CASES.xlsx                         # the columns below, with lists to pick from
evidence-packer batch CASES.xlsx EVIDENCE.zip -o OUT.zip             # or a folder instead of the zip
evidence-packer batch CASES.xlsx EVIDENCE.zip --dry-run              # read and match everything, build nothing
evidence-packer batch CASES_result.xlsx EVIDENCE.zip --only-failed   # what was not done, again
```

The sheet with the results, `CASES_result.xlsx`, is written beside the zip.

Over HTTP the same is `POST /v1/batches` with the parts `sheet`, `archive` (one zip) or `files`, and the fields below; see
[Calling the service](clients.md). In the form it is the page “Batch”.

## The sheet

- xlsx, xls, ods, CSV or TSV, and the pages and XML that shops' programs call `.xls`; text in UTF-8, UTF-16, GB 18030, Big5,
  Shift-JIS, Korean, Thai, Cyrillic, Central European or Western letters, with comma, semicolon, tab or stroke, also where an
  office program kept each line as one cell. At most {MAX_ROWS:,} rows. Sheets are opened in a guarded child.
- Formulas are not run: the value that was saved counts. Where a program saved none, texts that are put together and the words of
  a link are read; any other such cell is left out and told (in an old `.xls` it is empty).
- The row that names the columns is searched in the first {HEADER_WITHIN} rows; of several sheets the one that names most is read.
  Hidden sheets are not; hidden rows are, like any other. Sheets with the same columns that were not read are named
  (`other_sheets`). Titles and blank rows do not matter.
- Column names are compared without difference of case, width, blanks and signs. One may say more than one thing,
  `运单号/Tracking No.`, `*订单号（必填）`: its parts have to agree. The zone of its times and the currency of its amounts count:
  `发货时间（北京时间）`, `Shipped at (UTC+8)`, `金额(USD)`.
- Rows that are no cases (totals, headers once more, notes, explanations of the columns) are left out and named (`left_rows`).
- A cell that is merged over several rows counts for each of them.
- One row is one case. Several rows with the same order, platform, site, procedure, reason and claim are one case: their items add
  up, another tracking number is another parcel, and where they differ otherwise the first counts and a warning says so.
- A column that no name tells is known by what stands in it, where most of its cells are order numbers as one platform alone
  writes them, tracking numbers whose check digit holds, platforms, or reasons. Where the column that is called the order's
  number holds a program's own numbers, and another the platform's, the platform's count.
- The platform and the zone of an export below are taken only where the sheet has most of its columns, and a warning says so.
- Columns that mean nothing here are named in the answer (`unknown_columns`) and are otherwise left alone.

### Saying what columns mean

`--map "店铺=site; Ref=order_id"` on the command line, the field `map` over HTTP: header on the left, a column below or any field of
a case on the right, `-` for one to be left alone. What is said so comes before everything else.
A header may itself be a dotted path of a case, such as
`parcels.0.service` or `seller.store`: [every field](case-fields.md). The page “Batch” shows three rows with what each column is
taken for before anything starts. What is said over HTTP or corrected there is kept for the tenant's next sheet with the same
headers, until `DELETE /v1/batch-columns`.

### For rows that do not say

`platform`, `site`, `procedure`, `reason` and the language of the letter (`--letter-language`, over HTTP `language`) may be given
once for all rows, over HTTP also `reading_copy`. A row's own cell wins.

## What cells may say

- **Platform and site**: the id, the name in any language, a short form or a host: `amazon`, `亚马逊`, `AMZ`, `Amazon.de`,
  `亚马逊美国站`. Without a platform, an order number that only one platform writes tells it.
- **Procedure and reason**: the id, the name in any language, part of a name, or a code of the platform or the card network: `INR`,
  `13.1`, `未收到货`. Where a row names none, the usual one is taken and a warning says so.
- **Order and tracking numbers**: keep them as text. Office programs cut numbers after fifteen digits; such a cell is an error,
  because what it said is lost.
- **Several parcels**: `1Z…; 1Z…` in one cell are two parcels, `UPS: 1Z…` is a carrier and its number.
- **Times**: a real date cell, `2026-11-18 18:03`, `2026/11/18`, `2026年11月18日`, `18.11.2026`, `18 Nov 2026 6:03 PM`,
  seconds since 1970, or with an offset. Without an offset they
  are read in the zone of the marketplace (a shop's program: in the shop's zone) and a warning says so. A day without an hour stays
  a day; a deadline without an hour ends with its day. Where day and month could be either, the other times of the sheet
  decide; where they do not, the cell is an error, never a guess.
- **Money**: `37.48`, `1,037.48`, `1 037,48`, or with its sign or code, `US$37.48`. The column `currency` comes first (a code, a
  sign or a name, `美元`), then the cell's own sign, then the header's, then the currency of the site. A cell whose sign says
  another currency than the column is an error. A minus or brackets around an amount are told and not taken over.
- **Nothing**: `-`, `无`, `N/A`, `null`, `0000-00-00` and the like are empty cells. `#N/A` and other failed formulas too, and told.
- **Countries and carriers**: by code or name in any language; a carrier also with its service behind it, `UPS Ground`.
- **Yes and no**: `true`, `yes`, `1`, `y`, `是`; anything else is no.

Every wrong cell of a row is told at once, with its column, in the reader's language. A row with an error is left out; the others
are done.
"""
FILES = """
## Whose file is it

1. The column `files` names them, separated by `;`, `|` or line breaks (a comma too, where no file has one there): a name, a path in
   the zip, or a pattern (`4829*/*.png`). A kind may stand before it: `tracking:page.png`. A name that several files
   have needs its folder; where only one of them carries the order number in its path, it is that one.
2. Where the cell is empty: the folder that is called by the order number, or has it as a word of its name; else the files whose
   name holds the number. The tracking numbers of the row count beside it. Numbers shorter than five signs are not searched.
3. A folder, or a name apart from its numbers, that is called like a kind says the kind, in any language: `tracking/`, `物流轨迹/`,
   `tracking_2.png`.

4. Files that are left are read, and each goes to the row whose order number its pages show, else to the one whose parcel they show:
   a tracking number of the row, or one that stands on a page of its order. The row is told which number it was.

A row needs no more than platform and order number: procedure and reason are read in a notice among its files, else the usual
ones are taken and told. What belongs to no row is listed (`unmatched_files`), with the reason (`open_files`: its pages show the
number of no row, or those of several); nothing is guessed. A file whose name belongs to two rows goes to both, with a warning.
Left-overs of
operating systems (`__MACOSX/`, `.DS_Store`, `Thumbs.db`) are passed over.
"""
BACK = f"""
## The sheet that comes back

The same file with six columns at its end: {", ".join(f"`{name}`" for name in OURS)}.
In a workbook wrong cells are red and carry a comment. CSV comes back as CSV in its own encoding, xls and ods as xlsx. Nothing that
is written into it is ever a formula. Correct the cells and send it
again with `--only-failed` (the field `only_failed`): rows whose `_status` is `done` are left out.
"""


def columns(house: House, own: SheetExport) -> Iterator[str]:
    """The fixed columns with what they are and what people call them."""
    english = house.catalogs.of("en")
    yield "\n## Columns\n"
    yield "Nothing is required but an order or a claim, and a platform where the number does not tell it.\n"
    yield "| column | what it is | also called |\n|---|---|---|"
    for name in PLAIN:
        told = english.text(f"column.{name}")
        yield f"| `{name}` | {cell(told)} | {cell(', '.join(own.columns.get(name, ())))} |"


def exports(house: House, known: tuple[SheetExport, ...]) -> Iterator[str]:
    """The exports whose headers are known, with their sources."""
    yield "\n## Exports that are known\n"
    yield "Their columns need no mapping. What is not listed is read by the names above.\n"
    for one in known:
        where = f", rows of {both(house.platforms[one.platform].name)}" if one.platform else ""
        zone = f", times in {one.zone}" if one.zone else ""
        yield f"### {both(one.name)}\n"
        yield f"`{one.id}`{where}{zone}. " + " ".join(
            f"{source['title']} ({source['confidence']}, {source['checked_on']})." for source in one.sources.values()
        )
        yield "\n| column | headers |\n|---|---|"
        yield from (f"| {code(name)} | {cell(', '.join(headers))} |" for name, headers in one.columns.items())
        yield ""


def troubles(house: House) -> Iterator[str]:
    """What is said of a cell or a row, in both languages."""
    english, chinese = (house.catalogs.of(language).texts for language in ("en", "zh-Hans"))
    yield "\n## What is said of cells\n"
    yield "| code | says | 中文 |\n|---|---|---|"
    for key in sorted(key for key in english if key.startswith("cell.")):
        said = (as_shown(english[key]), as_shown(chinese[key]))
        yield f"| `{key.removeprefix('cell.')}` | {' | '.join(map(cell, said))} |"
    yield "\nBeside these, every error of a request ([messages](messages.md)) may be told of a row."


def page() -> str:
    """The whole page as Markdown."""
    house, known = load_house(ROOT), load_exports(ROOT)
    own = next(one for one in known if one.id == "evidence_packer")
    lines = [INTRO, *columns(house, own), FILES, BACK, *troubles(house)]
    lines += exports(house, tuple(one for one in known if one is not own))
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "sheets.md").write_text(page(), encoding="utf-8")
