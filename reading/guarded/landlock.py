"""Landlock without a single rule: from then on no path, no TCP port and no outside process can be reached.

Descriptors that are open already keep working. The system calls have the same numbers on every machine type
(linux/landlock.h, kernel 5.13 and later).
"""

import ctypes
import os
import struct

from reading.guarded.kernel import system_call

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Version → how many file system rights it knows; later versions know as many as 5."""


def version() -> int:
    """The kernel's Landlock version; 0 where there is none or an outer filter hides it."""
    try:
        return system_call(_CREATE_RULESET, 0, 0, _ASK_VERSION)
    except OSError:
        return 0


def restrict() -> None:
    """Deny this process every path for good; ``no_new_privs`` must be set before.

    Raises:
        OSError: the kernel refused; ask ``version`` first.
    """
    known = version()
    handled = [(1 << _FILE_RIGHTS[min(known, 5)]) - 1]
    if known >= 4:
        handled.append(0b11)  # bind and connect of TCP
    if known >= 6:
        handled.append(0b11)  # abstract sockets and signals outside
    attributes = struct.pack(f"={len(handled)}Q", *handled)
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    ruleset = system_call(_CREATE_RULESET, buffer, len(attributes), 0)
    try:
        system_call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
