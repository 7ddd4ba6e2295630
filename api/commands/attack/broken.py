"""The one way in which a drill says that it got through; apart, because everything else here needs it."""


class Broken(Exception):
    """A drill found a hole. ``why`` names a text (``drill.why.<why>``), ``values`` fill it."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why, values)
        self.why = why
        self.values = values
