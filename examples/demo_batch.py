"""`make demo-batch`: twenty rows of a spreadsheet, some with planted errors, become packs, a zip and the same sheet back."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "demo-batch"
PROGRAM = ROOT / ".venv" / "bin" / "evidence-packer"
NOW = "2026-11-19T09:00:00-05:00"
PARTIAL = 4
COLUMNS = (
    "platform", "site", "procedure", "reason", "order_id", "claim_opened_at", "carrier", "tracking_number",
    "dispatched_at", "delivered_at", "amount", "currency", "ship_to_name", "ship_to_city", "ship_to_postal_code",
    "ship_to_country", "files", "order.placed_at",
)  # fmt: skip


def flat(case):
    """A case as a row of the sheet: the fields that a sheet usually has."""
    parcel = (case.get("parcels") or [{}])[0]
    buyer, claim, order = case.get("buyer") or {}, case.get("claim") or {}, case.get("order") or {}
    place, amount = buyer.get("ship_to") or {}, claim.get("amount") or {}
    return {
        "platform": case["platform"], "site": case.get("site"), "procedure": case["procedure"],
        "reason": case.get("reason"), "order_id": order.get("id"), "claim_opened_at": claim.get("opened_at"),
        "carrier": parcel.get("carrier"), "tracking_number": parcel.get("tracking_number"),
        "dispatched_at": parcel.get("dispatched_at"), "delivered_at": parcel.get("delivered_at"),
        "amount": amount.get("amount"), "currency": amount.get("currency"), "ship_to_name": buyer.get("name"),
        "ship_to_city": place.get("city"), "ship_to_postal_code": place.get("postal_code"),
        "ship_to_country": place.get("country"), "order.placed_at": order.get("placed_at"),
    }  # fmt: skip


def example(name):
    return json.loads((ROOT / "examples" / name / "case.json").read_text(encoding="utf-8"))


def lay_out(evidence):
    """The rows, and their evidence in folders named by order; one file is left over on purpose."""
    rows = []
    for name in ("item-not-received", "not-as-described", "shopee-return"):
        row = flat(example(name))
        folder = evidence / row["order_id"]
        folder.mkdir(parents=True)
        for path in sorted((ROOT / "examples" / name).iterdir()):
            if path.name != "case.json":
                shutil.copy(path, folder)
        rows.append(row)
    good = rows[0]
    source = evidence / good["order_id"]
    shutil.copy(source / "label.jpg", evidence / "nobody_asked_for_this.jpg")
    for number in range(1, 8):
        order = f"112-4829307-77162{number:02d}"
        shutil.copy(source / "tracking.png", evidence / f"tracking_{order}.png")
        rows.append({**good, "order_id": order})
    rows.append(
        {
            **good,
            "order_id": "112-4829307-7716298",
            "files": f"{good['order_id']}/label.jpg;{good['order_id']}/messages.png",
        }
    )
    planted = [
        {"order_id": 112482930777162530},  # a number cell: digits are lost
        {"platform": "no_such_shop"},
        {"procedure": "no_such_procedure"},
        {"files": "not_there.png"},
        {"claim_opened_at": "03/05/2026"},  # the third of May or the fifth of March
        {"order_id": None},
        {"amount": "a lot"},
        {"reason": "bad mood"},
    ]
    rows += [{**good, "order_id": f"112-4829307-77163{n:02d}", **wrong} for n, wrong in enumerate(planted)]
    rows.append({**rows[3], "tracking_number": good["tracking_number"]})  # a second line of an order
    return rows


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    evidence = OUT / "evidence"
    rows = lay_out(evidence)
    book = openpyxl.Workbook()
    book.active.title = "cases"
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([row.get(name) for name in COLUMNS])
    book.save(OUT / "cases.xlsx")
    start = time.perf_counter()
    command = [PROGRAM, "batch", OUT / "cases.xlsx", evidence, "-o", OUT / "packs.zip", "--now", NOW]
    run = subprocess.run(list(map(str, command)), check=False, cwd=ROOT)
    print(
        f"{len(rows)} rows in {time.perf_counter() - start:.1f} s; exit code {run.returncode} (4: some rows have no pack)"
    )
    return 0 if run.returncode == PARTIAL else 1


if __name__ == "__main__":
    sys.exit(main())
