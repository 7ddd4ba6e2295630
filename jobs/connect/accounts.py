"""Accounts at other services, from one TOML file: a table an account, named as its webhook's address ends.

[support]                 # POST /v1/connectors/support
kind = "…"                # a connector's name; the table's own name where it is left out
tenant = "shop-a"         # whose desk its cases come to
secret = "…"              # and what else the connector names
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from casefile.plug_ins import plug_ins
from jobs.connect import connectors
from jobs.connect.contract import Connector, ServiceAccount

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_OWN = ("kind", "tenant")


class AccountsMalformed(Exception):
    """The file of accounts cannot be used: ``why`` says where, and never what a secret is."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@functools.cache
def known_connectors() -> Mapping[str, Connector]:
    """Every connector by its name."""
    return plug_ins(connectors, Connector)


def read_accounts(path: Path) -> Mapping[str, ServiceAccount]:
    """The accounts of a file by name.

    Raises:
        AccountsMalformed: it cannot be read, or an account lacks a setting, has one too many or is of no known kind.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AccountsMalformed(type(error).__name__) from None
    return {name: _account(name, table) for name, table in tables.items()}


def _account(name: str, table: object) -> ServiceAccount:
    if not _NAME.fullmatch(name) or not isinstance(table, dict):
        raise AccountsMalformed(f"[{name}]: a table named in small letters, figures and hyphens")
    if not all(isinstance(value, str) and value.strip() for value in table.values()):
        raise AccountsMalformed(f"[{name}]: every setting is a text")
    kind = str(table.get("kind", name))
    connector = known_connectors().get(kind)
    if connector is None:
        raise AccountsMalformed(f"[{name}] kind: one of {', '.join(known_connectors())}")
    wanted, there = {*connector.settings, "tenant"}, {*table} - {"kind"}
    if wanted != there:
        lacking, strange = sorted(wanted - there), sorted(there - wanted)
        raise AccountsMalformed(f"[{name}] missing: {', '.join(lacking) or '-'}; unknown: {', '.join(strange) or '-'}")
    values = {key: str(value).strip() for key, value in table.items() if key not in _OWN}
    if not _NAME.fullmatch(str(table["tenant"])):
        raise AccountsMalformed(f"[{name}] tenant: small letters, figures and hyphens")
    return ServiceAccount(name=name, kind=kind, tenant=str(table["tenant"]), values=values)
