"""The one way in which a drill says that it got through; apart, because everything else here needs it."""

from casefile.text_value import TextValue


class Broken(Exception):
    """A drill found a hole. ``why`` names a text (``drill.why.<why>``), ``values`` fill it."""

    def __init__(self, why: str, **values: TextValue) -> None:
        super().__init__(why, values)
        self.why = why
        self.values = values
