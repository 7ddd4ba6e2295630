"""What may be put into a text: the values of its placeholders, in findings, errors and letters alike."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

_Plain = str | bool | int | float | Decimal | dt.date | None
TextValue = _Plain | Sequence[_Plain | Sequence[_Plain]] | Mapping[str, str]
"""A value of a text: a list is joined, a mapping holds one text per language. Not defined by itself: readings are kept as JSON."""
TextValues = Mapping[str, TextValue]
"""Values of a text by the names of its placeholders."""
