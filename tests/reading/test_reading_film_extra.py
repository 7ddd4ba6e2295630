"""Without the extra ``film`` a film is refused by its reason; everything else is read as before."""

import importlib.util
import sys

import pytest

from reading.intake import DecodeJob, Refusal
from reading.intakes import film

FILM = film.samples()[0]


@pytest.fixture
def without(monkeypatch):
    """The intake of films, loaded where its decoder is not installed."""
    monkeypatch.setitem(sys.modules, "av", None)
    spec = importlib.util.spec_from_file_location("film_without_av", film.__file__)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_a_film_becomes_a_named_refusal(without, house):
    assert without.score(FILM[:4096]) == film.score(FILM[:4096]) > 0
    for read in (without.open, lambda data, job: list(without.pages(data, job))):
        with pytest.raises(Refusal) as refused:
            read(FILM, DecodeJob())
        assert refused.value.code == "film-not-installed"
    for language in ("en", "zh-Hans"):
        catalog = house.catalogs.of(language)
        assert all(catalog.own(f"not_included.film-not-installed{part}") for part in ("", ".why", ".hint"))


def test_nothing_is_warmed_up_for_it(without):
    assert without.samples() == ()


def test_another_missing_module_is_no_missing_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setitem(sys.modules, "PIL", None)
    spec = importlib.util.spec_from_file_location("film_without_pillow", film.__file__)
    with pytest.raises(ModuleNotFoundError, match="PIL"):
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
