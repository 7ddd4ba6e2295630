"""The house keeps its plan: imports run downwards, big libraries stay in their rooms, pure modules stay pure."""

import ast
import functools
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {"casefile": 1, "reading": 2, "press": 2, "letters": 3, "evidence_packer": 3, "jobs": 4, "api": 5}
FILES = sorted(path for package in FLOORS for path in (ROOT / package).rglob("*.py"))

ROOMS = {
    "weasyprint": ("press/html.py",),
    "pikepdf": ("press/pdf/", "reading/"),
    "PIL": ("press/", "reading/"),
    "pillow_heif": ("reading/",),
    "pypdfium2": ("press/pdf/", "reading/"),
    "faster_paddle": ("reading/ocr_engines/",),
    "zxingcpp": ("reading/barcodes.py",),
    "fastapi": ("api/",),
    "starlette": ("api/",),
    "typer": ("api/",),
    "obstore": ("jobs/",),
    "sqlalchemy": ("jobs/",),
    "alembic": ("jobs/",),
    "dbos": ("jobs/",),
    "python_calamine": ("jobs/",),
    "openpyxl": ("jobs/",),
    "standardwebhooks": ("jobs/",),
    "holidays": ("casefile/workdays.py",),
    "numpy": ("reading/",),
}
"""Library → the only places that may import it."""

PURE = (
    "casefile/",
    "letters/compose.py",
    "letters/citations.py",
    "letters/sentences/",
    "letters/banked.py",
    "letters/scene.py",
    "letters/frame.py",
    "evidence_packer/checks/",
    "evidence_packer/interpreters/",
    "evidence_packer/plan.py",
    "evidence_packer/coverage.py",
    "evidence_packer/timeline.py",
    "evidence_packer/matching.py",
    "evidence_packer/mail.py",
)
IMPURE_IMPORTS = {"os", "pathlib", "socket", "subprocess", "time", "tempfile", "shutil", "random", "secrets", "io"}
IMPURE_CALLS = {"open", "now", "utcnow", "today", "getenv"}
READS_DATA_FOLDERS = {"casefile/discovery.py", "casefile/house.py"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """Every imported module (dotted, with imported names appended where they are modules) and its line."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} uses a relative import"
            for alias in node.names:
                dotted = f"{node.module}.{alias.name}"
                is_module = (ROOT / dotted.replace(".", "/")).with_suffix(".py").exists()
                is_package = (ROOT / dotted.replace(".", "/") / "__init__.py").exists()
                found.append((dotted if is_module or is_package else str(node.module), node.lineno))
    return tuple(found)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_run_downwards(path):
    own = path.relative_to(ROOT).parts[0]
    for module, line in imports(path):
        other = module.split(".", maxsplit=1)[0]
        if other in FLOORS and other != own:
            assert FLOORS[other] < FLOORS[own], f"{name_of(path)}:{line} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_libraries_stay_in_their_rooms(path):
    for module, line in imports(path):
        allowed = ROOMS.get(module.split(".", maxsplit=1)[0])
        assert allowed is None or name_of(path).startswith(allowed), f"{name_of(path)}:{line} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nobody_imports_the_face_of_the_own_package(path):
    own = path.relative_to(ROOT).parts[0]
    faces = [line for module, line in imports(path) if module == own]
    assert not faces, f"{name_of(path)}:{faces} imports {own} itself"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_environment_is_read_in_one_place(path):
    if name_of(path) == "api/settings.py":
        return
    used = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "putenv"}
    ]
    assert not used, f"{name_of(path)}:{used} touches the environment"


@pytest.mark.parametrize("path", [p for p in FILES if name_of(p).startswith(PURE)], ids=name_of)
def test_pure_modules_touch_no_file_clock_or_network(path):
    if name_of(path) in READS_DATA_FOLDERS:
        return
    bad = [(module, line) for module, line in imports(path) if module.split(".", maxsplit=1)[0] in IMPURE_IMPORTS]
    assert not bad, f"{name_of(path)}: {bad}"
    calls = [
        (getattr(node.func, "attr", getattr(node.func, "id", "")), node.lineno)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    ]
    assert not [call for call in calls if call[0] in IMPURE_CALLS], name_of(path)


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_import_circles():
    modules = {_module_name(path): path for path in FILES}
    graph = {name: {m for m, _ in imports(path) if m in modules and m != name} for name, path in modules.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join([*trail[trail.index(name) :], name])
        if name not in done:
            for below in graph[name]:
                visit(below, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


PLUG_IN_FOLDERS = [
    "evidence_packer/checks",
    "evidence_packer/interpreters",
    "evidence_packer/front_pages",
    "evidence_packer/deliveries",
    "reading/intakes",
    "reading/ocr_engines",
    "letters/sentences",
]


@pytest.mark.parametrize("folder", [f for f in PLUG_IN_FOLDERS if (ROOT / f).is_dir()])
def test_plug_ins_never_import_each_other(folder):
    own = folder.replace("/", ".")
    for path in sorted((ROOT / folder).glob("*.py")):
        if path.name.startswith("_"):
            continue
        siblings = [m for m, _ in imports(path) if m.startswith(own + ".") and not m.split(".")[-1].startswith("_")]
        assert not siblings, f"{name_of(path)} imports {siblings}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(tree(path)), name_of(path)


def test_code_names_no_platform():
    names = {path.stem for path in (ROOT / "platforms").glob("*.toml")}
    assert names
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                assert node.value.lower() not in names, f"{name_of(path)}:{node.lineno} names {node.value}"
