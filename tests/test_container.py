"""The container installs exactly what the make targets do: through the same script."""

import re
import tomllib
from pathlib import Path

import yaml

from api.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PINNED = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")
"""A tag for people, a digest for the machine: a tag alone may become another image over night."""
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_one_set_up_script_for_container_and_make():
    assert "./setup.sh run" in DOCKERFILE
    assert "./setup.sh run" in MAKEFILE
    assert "./setup.sh develop" in MAKEFILE
    assert "apt-get" not in DOCKERFILE
    assert "pip install" not in DOCKERFILE


def test_the_image_below_is_one_image():
    (below,) = re.findall(r"^FROM (\S+)$", DOCKERFILE, flags=re.MULTILINE)
    assert PINNED.fullmatch(below), below


def test_every_data_and_code_folder_is_copied():
    code = ["api", "jobs", "letters", "evidence_packer", "reading", "press", "casefile"]
    data = ["platforms", "carriers", "locales", "templates", "fonts", "sheets", "requirements"]
    for folder in [*code, *data]:
        assert f"COPY {folder} ./{folder}" in DOCKERFILE, folder


def test_runs_as_a_plain_user():
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index('CMD [".venv/bin/evidence-packer"')


def test_compose_names_what_the_service_understands():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    assert {"api", "worker", "database", "store"} <= set(services)
    names = {
        name.removeprefix("EVIDENCE_PACKER_").lower() for name in services["api"]["environment"] if "EVIDENCE" in name
    }
    assert names <= set(Settings.model_fields)
    assert services["api"]["environment"]["EVIDENCE_PACKER_ROLE"] == "api"
    assert services["worker"]["command"][-1] == "worker"
    assert services["api"]["read_only"] is True
    for name, service in services.items():
        image = service["image"]
        assert image == "evidence-packer:local" or PINNED.fullmatch(image), (name, image)
        for other in service.get("depends_on", ()):
            assert other in services, (name, other)
        for volume in service.get("volumes", ()):
            source, _, inside = volume.partition(":")
            assert not inside or source in yaml.safe_load(text)["volumes"], (name, volume)
    assert services["api"]["depends_on"]["bucket"]["condition"] == "service_completed_successfully"
    assert {"AWS_ENDPOINT", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} <= set(services["worker"]["environment"])


def test_extras_are_installed_by_the_same_script_and_can_be_left_out():
    set_up = (ROOT / "setup.sh").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert "${EXTRAS-film traces}" in set_up
    assert 'ARG EXTRAS="film traces"' in DOCKERFILE
    assert f"case $extra in {'|'.join(extras)}) ;;" in set_up
    assert 'EXTRAS="$EXTRAS" ./setup.sh run' in DOCKERFILE
    always = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    for name, packages in extras.items():
        lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        for package in packages:
            assert f"\n{package}==" in f"\n{lock}"
            assert f"\n{package}==" not in f"\n{always}"
