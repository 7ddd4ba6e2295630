"""Names of a batch that both sides of a worker's pipe know: its tasks, its objects, the fingerprint of a letter.

They stand alone, so that a process that only hands out work does not load the spreadsheet libraries.
"""

import hashlib
import re

PLAN = "jobs.batch.batch_tasks:plan"
FINISH = "jobs.batch.batch_tasks:finish"


def keys_of(tenant: str, batch_id: str) -> dict[str, str]:
    """Where the objects of a batch lie."""
    root = f"batches/{tenant}/{batch_id}"
    names = {"sheet": "sheet", "archive": "archive.zip", "plan": "plan.jsonl", "told": "told.jsonl"}
    return {name: f"{root}/{last}" for name, last in names.items()} | {"root": root}


def letter_print(text: str) -> str:
    """A fingerprint of a letter's wording: what is left when ids, numbers and names of files are taken out."""
    plain = re.sub(r"\b\w*\d\w*\b", "#", text.casefold())
    return hashlib.sha256(re.sub(r"[\W_]+", " ", plain).encode()).hexdigest()[:16]
