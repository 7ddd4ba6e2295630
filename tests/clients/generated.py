"""`make client`: generate a Python client from the description and make a pack with it, without a line written by hand.

The generator has an environment of its own (its libraries are older than ours), under out/client/. Ends by itself.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "out" / "client"
PYTHON = HOME / "venv" / "bin" / "python"
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
assert again.status == "succeeded" and [one.id for one in listed.items] == [twin.id, pack.id], again
print(f"{len(modules)} modules, pack {pack.id} {again.status} with {len(again.files)} files")
"""


OVERRIDES = """content_type_overrides:
  application/zip: application/octet-stream
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
"""
"""What the generator takes for files."""


def prepare():
    """The environment and the client."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME / "venv")], check=True)
    wanted = ["install", "--quiet", "--require-hashes", "-r", str(ROOT / "requirements" / "client.txt")]
    subprocess.run([str(PYTHON), "-m", "pip", *wanted], check=True)
    from api.app import create_app
    from api.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        document = create_app(Settings(data=Path(folder))).openapi()
    (HOME / "openapi.json").write_text(json.dumps(document))
    (HOME / "config.yml").write_text(OVERRIDES)
    made = ["generate", "--path", "openapi.json", "--config", "config.yml", "--meta", "none", "--overwrite"]
    command = [str(PYTHON), "-m", "openapi_python_client", *made, "--output-path", "packer_client"]
    path = (
        f"{PYTHON.parent}:{os.environ['PATH']}"  # the generator lays its code out with a program of its own environment
    )
    run = subprocess.run(
        command, cwd=HOME, check=True, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    if "WARNING" in run.stdout + run.stderr:
        raise SystemExit(run.stdout + run.stderr)


def main():
    from fleet import Fleet, case

    prepare()
    with tempfile.TemporaryDirectory(prefix="client-") as folder, Fleet(folder, engine="direct", workers="1") as fleet:
        fleet.start("all")
        fleet.ready()
        command = [str(PYTHON), "-c", USE, fleet.base, json.dumps(case("112-4829307-7716253"))]
        subprocess.run(command, cwd=HOME, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
