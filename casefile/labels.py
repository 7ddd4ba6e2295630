"""Names for people: of a field of the case, of a sheet's column, of a language; what a message says instead of a pointer."""

import re
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_name

from casefile.babel_locale import babel_locale
from casefile.pointer import parts
from casefile.wording import Catalog


def field_name(pointer: str, catalog: Catalog) -> str:
    """The name of the field at ``pointer``, or of the nearest part of the case that has one, with its place in a list.

    ``/parcels/1/carrier`` is "Carrier (no. 2)"; the empty pointer is the whole case.
    """
    names = parts(pointer)
    for count in range(len(names), 0, -1):
        known = names[:count]
        key = "field./" + "/".join(name for name in known if not name.isdecimal())
        if catalog.has(key):
            places = ".".join(str(int(name) + 1) for name in known if name.isdecimal())
            label = catalog.text(key)
            return catalog.text("field_numbered", field=label, number=places) if places else label
    return catalog.text("field_whole")


def choice_name(pointer: str, value: str, catalog: Catalog) -> str:
    """The name of one value of a closed list at ``pointer``; a value that has none stays as it is."""
    key = ".".join(("choice", *(name for name in parts(pointer) if not name.isdecimal()), value))
    return catalog.text(key) if catalog.has(key) else value


def column_name(name: str, catalog: Catalog) -> str:
    """The name of a sheet's column; one that templates do not have is a field of the case, with points instead of strokes.

    Templates say a name in both languages, with a hint behind: here stands the name alone, in the language of ``catalog``.
    """
    if not catalog.has(f"column.{name}"):
        return field_name("/" + name.replace(".", "/"), catalog)
    own = catalog.text(f"column.{name}").partition(" / ")[0]
    return re.split("[：:，,（(]", own, maxsplit=1)[0].strip()


def zone_name(zone: str, catalog: Catalog) -> str:
    """A time zone by the name that people give it, such as "Pacific Time"."""
    return zone if zone == "UTC" else str(get_timezone_name(ZoneInfo(zone), locale=babel_locale(catalog.language)))


def tongue(tag: str, catalog: Catalog) -> str:
    """A language by its name in the language of ``catalog``; a tag that nobody knows stays as it is."""
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name(babel_locale(catalog.language)) or tag
    except (UnknownLocaleError, ValueError):
        return tag
