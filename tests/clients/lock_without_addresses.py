"""Take every address out of the lock of the TypeScript client: where a package comes from is for who installs it to say."""

import json
from pathlib import Path

LOCK = Path(__file__).with_name("typescript") / "package-lock.json"
ADDRESSES = ("resolved", "funding", "homepage", "repository")


def main():
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        for name in ADDRESSES:
            package.pop(name, None)
    LOCK.write_text(f"{json.dumps(lock, indent=2, ensure_ascii=False)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
