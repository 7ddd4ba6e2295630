"""Which OCR engine reads first, as the settings say, refused where this installation has none of that name."""

from api.settings import Settings, SettingsFault
from reading.ocr.first import FIRST_ENGINE


def chosen_ocr(settings: Settings) -> str:
    """The name of the engine.

    Raises:
        SettingsFault: ``ocr-unknown``, or ``ocr-not-installed`` where its extra is not there.
    """
    if settings.ocr == FIRST_ENGINE:
        return FIRST_ENGINE
    from reading.ocr.contract import engines, first_engines  # noqa: PLC0415  # loads libraries that most never need

    known = first_engines()
    if settings.ocr not in known:
        raise SettingsFault("ocr-unknown", engine=settings.ocr, allowed=", ".join(known))
    if not engines()[settings.ocr].installed:
        raise SettingsFault("ocr-not-installed", engine=settings.ocr)
    return settings.ocr
