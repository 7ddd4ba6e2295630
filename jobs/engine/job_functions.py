"""The names of the functions that do the work, so that the API process never imports what only a worker needs.

They are dotted names (``package.module:attribute``), looked up in the worker process; a test may name others.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Progress = Callable[[str, float], None]
"""Called with a stage and its share done, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFunctions:
    """Who opens the workshop and who does each kind of work."""

    open_workshop: str = "jobs.case_work.workshop:Workshop.open_awake"
    make_pack: str = "jobs.case_work.kinds.case_pack:make_pack"
    check_case: str = "jobs.case_work.kinds.case_check:check_case"
    write_letter: str = "jobs.case_work.kinds.case_letter:write_letter"
    look_at: str = "jobs.case_work.kinds.file_look:look_at"
    draw_page: str = "jobs.case_work.kinds.page_picture:draw"
    draw_original: str = "jobs.case_work.kinds.page_picture:draw_original"
    propose: str = "jobs.case_work.kinds.case_proposal:propose"
    letter_page: str = "jobs.case_work.kinds.pack_letter:letter_page"


def lookup(name: str) -> Any:  # noqa: ANN401  # the caller knows what it named
    """The thing called ``package.module:attribute.attribute``."""
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found
