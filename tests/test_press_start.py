"""Paper is made without asking the machine's compiler where its libraries are."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = """
import subprocess, sys
started = []
def noted(event, arguments):
    if event == "subprocess.Popen":
        started.append(arguments[0])
sys.addaudithook(noted)
import ctypes.util
from press.html import _load
before = ctypes.util.find_library
_load()
import weasyprint.text.ffi
assert weasyprint.text.ffi.pango is not None and weasyprint.text.ffi.harfbuzz_subset is not None
assert ctypes.util.find_library is before
print(len(started), started[:2])
"""


def test_the_layout_engine_is_loaded_without_a_compiler():
    run = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, check=False, capture_output=True, text=True, timeout=300
    )
    assert (run.returncode, run.stdout.split()[:1]) == (0, ["0"]), run.stdout + run.stderr
