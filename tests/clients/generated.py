"""`make client`: generate clients for Python and TypeScript from the description and make packs with them.

Nothing of a client is written by hand. The generators have an environment of their own (their libraries are older than ours, and
npm comes with it as a package), under out/client/. Ends by itself.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "out" / "client"
PYTHON = HOME / "venv" / "bin" / "python"
TYPESCRIPT = HOME / "typescript"
SCRIPT = Path(__file__).resolve().parent / "typescript"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "faults")]

USE = """
import importlib, io, json, pkgutil, sys
import packer_client
modules = [one.name for one in pkgutil.walk_packages(packer_client.__path__, "packer_client.")]
for name in modules:
    importlib.import_module(name)
from packer_client import Client
from packer_client.api.packs import create_pack, get_pack, list_packs
from packer_client.models import CaseInBody, CreatePackFilesBody
from packer_client.types import File
client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
files = [File(payload=io.BytesIO(b"picture"), file_name="a.png", mime_type="image/png")]
body = CreatePackFilesBody.from_dict({"case": json.loads(sys.argv[2])})
body.files = files
pack = create_pack.sync(client=client, body=body)
sent = {"case": json.loads(sys.argv[2]), "files": [{"name": "a.png", "content": "cGljdHVyZQ=="}]}
twin = create_pack.sync(client=client, body=CaseInBody.from_dict(sent))
assert [one.sha256 for one in twin.files] == [one.sha256 for one in pack.files]
again = get_pack.sync(pack.id, client=client)
listed = list_packs.sync(client=client)
assert again.status == "succeeded", again
assert {one.id for one in listed.items} == {twin.id, pack.id}, (pack.id, twin.id, [one.id for one in listed.items])
print(f"{len(modules)} modules, pack {pack.id} {again.status} with {len(again.files)} files")
"""


OVERRIDES = """content_type_overrides:
  application/zip: application/octet-stream
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
"""
"""What the generator takes for files."""


def run(command, folder):
    """A program of the generators' environment; what it says, or the end with what it said."""
    path = f"{PYTHON.parent}:{os.environ['PATH']}"  # some of them call others of their own environment by name
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command[:4]))}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def only_when_new(stamp, sources, do):
    """Do something unless it was done for just these files."""
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        do()
        stamp.write_text(digest)


def environment():
    shutil.rmtree(HOME / "venv", ignore_errors=True)
    run([sys.executable, "-m", "venv", HOME / "venv"], HOME)
    run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", ROOT / "requirements" / "client.txt"],
        HOME,
    )


def describe():
    """The description as the service gives it."""
    from api.app import create_app
    from api.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        document = create_app(Settings(data=Path(folder))).openapi()
    (HOME / "openapi.json").write_text(json.dumps(document))


def in_python():
    """The Python client, under out/client/packer_client."""
    (HOME / "config.yml").write_text(OVERRIDES)
    made = ["generate", "--path", "openapi.json", "--config", "config.yml", "--meta", "none", "--overwrite"]
    said = run([PYTHON, "-m", "openapi_python_client", *made, "--output-path", "packer_client"], HOME)
    if "WARNING" in said:
        raise SystemExit(said)


def in_typescript():
    """The types of the TypeScript client, under out/client/typescript/packer.d.ts, and the example judged by the compiler."""
    TYPESCRIPT.mkdir(exist_ok=True)
    for source in SCRIPT.iterdir():
        shutil.copy(source, TYPESCRIPT / source.name)
    npm = PYTHON.parent / "npm"
    wanted = [SCRIPT / "package.json", SCRIPT / "package-lock.json"]
    only_when_new(TYPESCRIPT / ".installed", wanted, lambda: run([npm, "ci", "--silent"], TYPESCRIPT))
    node, programs = PYTHON.parent / "node", TYPESCRIPT / "node_modules"
    generator = programs / "openapi-typescript" / "bin" / "cli.js"
    run([node, generator, HOME / "openapi.json", "--default-non-nullable=false", "--output", "packer.d.ts"], TYPESCRIPT)
    run([node, programs / "typescript" / "bin" / "tsc", "--project", "."], TYPESCRIPT)


def judged():
    """What two checkers of descriptions say with the rules that they recommend: a single warning is too much."""
    node, programs = PYTHON.parent / "node", TYPESCRIPT / "node_modules"
    spectral = programs / "@stoplight" / "spectral-cli" / "dist" / "index.js"
    run(
        [node, spectral, "lint", HOME / "openapi.json", "--ruleset", "spectral.yaml", "--fail-severity", "hint"],
        TYPESCRIPT,
    )
    redocly = programs / "@redocly" / "cli" / "bin" / "cli.js"
    run([node, redocly, "lint", HOME / "openapi.json", "--extends", "recommended-strict"], TYPESCRIPT)
    print("spectral and redocly find nothing")


def prepare():
    """The environment and both clients."""
    HOME.mkdir(parents=True, exist_ok=True)
    only_when_new(HOME / ".installed", [ROOT / "requirements" / "client.txt"], environment)
    describe()
    in_python()
    in_typescript()
    judged()


def main():
    from fleet import Fleet, case

    prepare()
    with tempfile.TemporaryDirectory(prefix="client-") as folder, Fleet(folder, engine="direct", workers="1") as fleet:
        fleet.start("all")
        fleet.ready()
        command = [str(PYTHON), "-c", USE, fleet.base, json.dumps(case("112-4829307-7716253"))]
        print(run(command, HOME).strip())
        said = json.dumps(case("112-4829307-7716254"))
        print(run([PYTHON.parent / "node", "example.ts", fleet.base, said], TYPESCRIPT).strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
