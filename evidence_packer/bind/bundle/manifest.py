"""The manifest: every original with its hash, exhibit and pages; every output with its hash. JSON, the same each time."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from casefile.citation import BundlePlan

SCHEMA_VERSION = "1"


def case_digest(originals: Mapping[str, str]) -> str:
    """SHA-256 of the originals' sorted ``sha256sum`` lines, so that coreutils can check it.

    Args:
        originals: path under the pack's folder → SHA-256.
    """
    lines = sorted(f"{digest}  {path}\n" for path, digest in originals.items())
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def manifest(
    plan: BundlePlan, originals: Iterable[tuple[str, str, str]], outputs: Mapping[str, str], release: str
) -> bytes:
    """The manifest as UTF-8 JSON.

    Args:
        plan: exhibits and pages.
        originals: (upload name, path in the pack, SHA-256).
        outputs: path → SHA-256 of every file but the manifest and the sums.
        release: the program's version.
    """
    rows = []
    for name, path, digest in originals:
        exhibit = plan.of_file(name)
        rows.append(
            {
                "file": name,
                "path": path,
                "sha256": digest,
                "exhibit": exhibit.number if exhibit else None,
                "pages": [exhibit.first_page, exhibit.last_page] if exhibit else None,
            }
        )
    body = {
        "schema_version": SCHEMA_VERSION,
        "release": release,
        "case_digest": case_digest({row["path"]: row["sha256"] for row in rows}),  # type: ignore[misc]  # both are str
        "originals": rows,
        "outputs": [{"path": path, "sha256": digest} for path, digest in sorted(outputs.items())],
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def sums(digests: Mapping[str, str]) -> bytes:
    """``SHA256SUMS`` as coreutils writes and checks it: all files but itself, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode("utf-8")
