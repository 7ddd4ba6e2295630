"""What the service is made of, and whether a known hole is in it: an inventory (CycloneDX) and checks, all without a network.

Run by `make audit`. Exit code 1 names everything that is wrong: a pinned version with a known hole, a requirement without hash,
an address of a package index in a tracked file, a package without a licence, a GPL library that no decision speaks of.
"""

import datetime as dt
import hashlib
import json
import re
import subprocess
import sys
import tomllib
import uuid
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "requirements"
LOCKS = ("run", "film", "traces", "rapidocr", "develop", "client")
EXTRAS = ("film", "traces", "rapidocr")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]*))?", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_INDEX = re.compile(r"^\s*(?:--|-)(?:index-url|extra-index-url|find-links|trusted-host|i |f )", re.MULTILINE)
_HOSTS = re.compile("pypi" + r"\.org|python" + r"hosted\.org|dev" + "pi|arti" + "factory", re.IGNORECASE)
_LIBRARY = re.compile(r"([^/]+)\.libs/(lib[^/]*?)-[0-9a-f]{8}(?:-[0-9a-f]{8})?(?:\.so((?:\.\d+)*)).*")
_BY_CLASSIFIER = {
    "MIT License": "MIT", "Apache Software License": "Apache-2.0", "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
_SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One line of a lock file: what is installed exactly, and which files are taken for it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    marker: str = ""

    @property
    def here(self) -> bool:
        """Whether it is meant for this machine."""
        return not self.marker or Marker(self.marker).evaluate()


def pins(text: str) -> list[Pin]:
    """The pins of a lock file."""
    starts = list(_PINNED.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return [
        Pin(
            name=canonicalize_name(start[1]),
            version=start[2],
            hashes=tuple(_HASH.findall(text[start.end() : end])),
            marker=(start[3] or "").strip(),
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def locked(name: str) -> list[Pin]:
    """The pins of one of our lock files."""
    return pins((HERE / f"{name}.txt").read_text(encoding="utf-8"))


def service() -> list[Pin]:
    """What the service runs with: what it always needs, and the extras that are installed here."""
    extras = [pins for pins in map(locked, EXTRAS) if all(_installed(pin.name) for pin in pins if pin.here)]
    return list({(pin.name, pin.version): pin for pins in (*extras, locked("run")) for pin in pins}.values())


def _installed(package: str) -> bool:
    try:
        return bool(metadata.version(package))
    except metadata.PackageNotFoundError:
        return False


def libraries(package: str) -> dict[str, str]:
    """The libraries inside an installed wheel, with the version that their file names tell."""
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return {}
    found = (_LIBRARY.fullmatch(str(file)) for file in files)
    return {match[2]: match[3].lstrip(".") for match in found if match}


def _told_by_library(library: str) -> str | None:
    """The version of a library as it tells it itself, where its package passes that on."""
    if library == "libheif":
        import pillow_heif  # noqa: PLC0415  # only here

        return str(pillow_heif.libheif_version())
    if library == "libqpdf":
        import pikepdf  # noqa: PLC0415  # as above

        return str(pikepdf.__libqpdf_version__)
    return None


def holes(found: list[Pin], advisories: dict[str, Any]) -> list[str]:
    """The known holes in these pins, each as a sentence."""
    told = []
    for one in advisories["advisory"]:
        library = one.get("library")
        for pin in found:
            if pin.name != one["package"]:
                continue
            version = _told_by_library(library) if library else pin.version
            if version is None or Version(version) < Version(one["fixed"]):
                name = f"{library} in {pin.name}" if library else pin.name
                told.append(f"{name} {version}: {', '.join(one['ids'])} ({one['what']}); fixed in {one['fixed']}")
    return told


def without_hash(found: list[Pin]) -> list[str]:
    """The pins that would take any file."""
    return [f"{pin.name} {pin.version}: no hash" for pin in found if not pin.hashes]


def addresses(files: dict[str, str]) -> list[str]:
    """The tracked files (name → text) that name a package index."""
    told = []
    for name, text in files.items():
        match = (_INDEX.search(text) if name.startswith("requirements/") else None) or _HOSTS.search(text)
        if match:
            told.append(f"{name}: names a package index ({match[0].strip()})")
    return told


def licence(name: str, known: dict[str, str]) -> str | None:
    """The licence of an installed package as SPDX writes it; ``None`` when nobody says."""
    if name in known:
        return known[name]
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    for said in (about.get("License-Expression"), about.get("License")):
        if said and _SPDX.fullmatch(said.strip()):
            return said.strip()
    classes = [
        line.rsplit(" :: ", 1)[-1] for line in about.get_all("Classifier") or () if line.startswith("License ::")
    ]
    found = [_BY_CLASSIFIER[one] for one in classes if one in _BY_CLASSIFIER]
    return " OR ".join(found) or None


def licence_faults(found: list[Pin], licences: dict[str, Any]) -> list[str]:
    """Packages without a licence, and GPL libraries that are not written down as they are."""
    told = [f"{pin.name}: no licence" for pin in found if licence(pin.name, licences["packages"]) is None]
    names = {pin.name for pin in found}
    listed = {(one["package"], one["library"]) for one in licences["bundled"] if one["package"] in names}
    there = {(pin.name, library) for pin in found if pin.here for library in libraries(pin.name)}
    watched = {library for _, library in listed}
    told += [f"{package}: brings {library}, which licences.toml does not say" for package, library in sorted(there)
             if library in watched and (package, library) not in listed]  # fmt: skip
    told += [f"{package}: no longer brings {library}" for package, library in sorted(listed - there)]
    for one in licences["bundled"]:
        if one["licence"].startswith("GPL") and not (ROOT / one.get("decision", "-")).is_file():
            told.append(f"{one['package']}: {one['library']} is {one['licence']}, and no decision speaks of it")
    return told


def inventory(found: list[Pin], licences: dict[str, Any]) -> dict[str, Any]:
    """What the service needs to run, as CycloneDX 1.6; the same for the same lock file and installation."""
    bundled = {(one["package"], one["library"]): one["licence"] for one in licences["bundled"]}
    components = []
    for pin in sorted(found, key=lambda pin: (pin.name, pin.version)):
        said = licence(pin.name, licences["packages"])
        inside = [
            _component(f"pkg:generic/{library}", library, version, bundled.get((pin.name, library)))
            for library, version in sorted(libraries(pin.name).items() if pin.here else ())
        ]
        component = _component(f"pkg:pypi/{pin.name}@{pin.version}", pin.name, pin.version, said)
        component["properties"] = [{"name": "evidence-packer:sha256", "value": value} for value in pin.hashes]
        if pin.marker:
            component["properties"].append({"name": "evidence-packer:only-when", "value": pin.marker})
        if inside:
            component["components"] = [{**one, "bom-ref": f"{pin.name}/{one['name']}"} for one in inside]
        components.append(component)
    own = {"type": "application", "name": "evidence-packer", "version": metadata.version("evidence-packer")}
    digest = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {"component": {**own, "bom-ref": "evidence-packer", "licenses": [{"expression": "Apache-2.0"}]}},
        "components": components,
        "dependencies": [{"ref": "evidence-packer", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _component(purl: str, name: str, version: str, said: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "purl": purl}
    if version:
        found["version"] = version
    if said:
        found["licenses"] = [{"expression": said}]
    return found


def tracked() -> dict[str, str]:
    """Every tracked text file by name; outside a checkout, the files that list requirements."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    names = listing.stdout.split("\0")[:-1] or [path.relative_to(ROOT).as_posix() for path in HERE.iterdir()]
    texts = {}
    for name in names:
        try:
            texts[name] = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return texts


def main() -> int:
    """Check everything, write the inventory, say what was found."""
    advisories = tomllib.loads((HERE / "advisories.toml").read_text(encoding="utf-8"))
    licences = tomllib.loads((HERE / "licences.toml").read_text(encoding="utf-8"))
    run = service()
    every = [pin for name in LOCKS for pin in locked(name)]
    wrong = sorted(
        {*holes(every, advisories), *without_hash(every), *addresses(tracked()), *licence_faults(run, licences)}
    )
    target = ROOT / "out" / "sbom.cdx.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(inventory(run, licences), indent=1) + "\n", encoding="utf-8")
    copyleft = [f"{one['library']} in {one['package']} ({one['licence']})" for one in licences["bundled"]]
    print(f"{len(run)} packages the service runs with, {len(advisories['advisory'])} advisories; inventory: {target}")
    print("GPL and LGPL inside wheels: " + "; ".join(copyleft))
    age = (dt.datetime.now(dt.UTC).date() - advisories["checked"]).days
    print(f"Advisories were last looked through {age} days ago.")
    for line in wrong:
        print(f"WRONG  {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
