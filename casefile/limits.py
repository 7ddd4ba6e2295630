"""The published limits of what a case, and any other JSON, may hold: in one place, because documents and tests quote them.

They are judged before anything is validated, so that a body of nonsense costs no more than reading it once.
"""

MAX_BYTES = 1_000_000
"""Largest JSON body in bytes."""

MAX_DEPTH = 24
"""Deepest nesting of objects and lists; a case needs eight."""

MAX_ENTRIES = 1_000
"""Most entries of one list, and most names of one object; a field may allow fewer."""

MAX_VALUES = 20_000
"""Most values in one body, counted through all lists and objects."""

MAX_DIGITS = 100
"""Most signs of one number."""

MAX_TEXT = 20_000
"""Longest text in one field, in characters."""

MAX_FILES = 200
"""Most files of one case."""

FILE_BYTES = 25_000_000
"""Largest picture or document."""

FILM_BYTES = 100_000_000
"""Largest film, and all that an archive holds: of a film only a few frames are kept."""

MAX_FAULTS = 100
"""No more wrong fields than this are named in one answer."""
