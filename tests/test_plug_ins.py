"""One contract for everything that is found by walking a folder: what is there keeps it, what does not is refused by name."""

import dataclasses
import importlib
import sys
from types import ModuleType

import pytest

from casefile.case import Case
from casefile.delivery_ways import MAKES
from casefile.discovery import load_house
from casefile.errors import DataFault
from casefile.facts import FileFacts
from casefile.plug_ins import plug_ins
from casefile.reading import Reading, ReadPage
from evidence_packer.bind.delivery import DeliveryWay, delivery_ways
from evidence_packer.bind.front_page import FrontPage, front_pages, in_places
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, in_order, interpreters
from jobs.connect.contract import Connector
from letters.blocks import SentenceBlock, blocks
from letters.letter_kinds import shelf
from reading import intake as intake_contract
from reading.decode import chosen
from reading.intake import Intake, discovered
from reading.ocr.contract import EngineKind, engines_with
from reading.ocr.first import FIRST_ENGINE

HOUSE = load_house()


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of one's own: each text becomes a module of it."""
    made = ModuleType("made_plug_ins")
    made.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, made.__name__, made)

    def write(*sources):
        for number, source in enumerate(sources):
            (tmp_path / f"file_{number}.py").write_text(source, encoding="utf-8")
        importlib.invalidate_caches()
        return made

    yield write
    for name in [name for name in sys.modules if name.startswith("made_plug_ins.")]:
        del sys.modules[name]


def _named(*kinds):
    return [pytest.param(one, id=one.name) for kind in kinds for one in kind]


@pytest.mark.parametrize("interpreter", _named(interpreters()))
def test_an_interpreter_gives_what_it_says_and_looks_at_nothing_else(interpreter):
    """It gets only what it says it needs, so that what it forgets to say is missed here."""
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=(ReadPage(number=1, width=800, height=600),))
    case, found = Case(platform=next(iter(HOUSE.platforms)), procedure="x"), {}
    for one in interpreters():
        needed = {name: found[name] for name in one.needs}
        given = one.interpret(InterpretContext(file="a.png", reading=reading, case=case, house=HOUSE, found=needed))
        assert set(given) <= set(one.gives)
        found |= given
        if one is interpreter:
            return
    raise AssertionError(interpreter.name)


def test_every_field_that_can_be_found_is_given_by_an_interpreter_and_is_a_fact():
    given = {name for one in interpreters() for name in one.gives}
    assert given == set(FoundFacts.__annotations__) <= {field.name for field in dataclasses.fields(FileFacts)}


@pytest.mark.parametrize("block", _named(blocks().values()))
def test_a_block_is_used_by_a_letter(block):
    users = [
        kind.id
        for kind in shelf(HOUSE.templates).values()
        if block.name in {b for s in kind.sections for b in s.blocks}
    ]
    assert users
    assert block.write.__doc__


@pytest.mark.parametrize("page", _named(front_pages()))
def test_a_front_page_has_its_template(page):
    assert (HOUSE.templates / page.template).is_file()
    assert page.order >= 1


@pytest.mark.parametrize("way", _named(delivery_ways().values()))
def test_a_way_of_delivery_makes_types_of_file_and_is_asked_for(way):
    assert MAKES[way.name]
    assert [p.id for p in HOUSE.platforms.values() if way.name in {one.delivery for one in p.procedures.values()}]


@pytest.mark.parametrize("intake", _named(discovered()))
def test_an_intake_takes_its_own_samples(intake):
    samples = intake.samples()
    assert samples
    assert {chosen(sample).name for sample in samples} == {intake.name}


def test_no_two_engines_read_a_language_quickly():
    read = [language for engine in engines_with(FIRST_ENGINE) for language in engine.reads.quick]
    assert len(read) == len(set(read))


BLOCK = "from letters.blocks import SentenceBlock, block\n"
INTERPRETER = "from evidence_packer.understand.interpret import Interpreter\n"
PAGE = "from evidence_packer.bind.front_page import FrontPage\n"
WAY = "from evidence_packer.bind.delivery import DeliveryWay\n"
ENGINE = "from reading.ocr.contract import EngineKind, Reads\nNOTHING = Reads(quick=frozenset(), careful=frozenset())\n"
CONNECTOR = (
    "from jobs.connect.contract import Connector\n"
    "C = Connector(name='{}', settings={{}}, check={}, read=lambda a, b, c: None, hand_over=lambda a, b, c: None)\n"
)
INTAKE = "from reading.intake import Intake\n"
INTAKE_OF = INTAKE + (
    "I = Intake(name='{}', media_type='{}', extensions={}, score=lambda head: 0.0, open=lambda data, job: None,"
    " samples=lambda: ())\n"
)


@pytest.mark.parametrize(
    ("kind", "source", "said"),
    [
        (SentenceBlock, "def write(scene:\n", "SyntaxError"),
        (SentenceBlock, "import no_such_library\n", "no_such_library"),
        (SentenceBlock, "def write(scene):\n    return []\n", "holds no SentenceBlock"),
        (SentenceBlock, BLOCK, "holds no SentenceBlock"),
        (SentenceBlock, BLOCK + "B = block(lambda scene: [])\n", "'<lambda>' is no name"),
        (SentenceBlock, BLOCK + "B = SentenceBlock(name='Two Words', write=lambda scene: [])\n", "'Two Words' is no name"),
        (SentenceBlock, BLOCK + "B = SentenceBlock(name=7, write=lambda scene: [])\n", "7 is no name"),
        (SentenceBlock, BLOCK + "@block\ndef thanks():\n    return []\n", "cannot be called with 1 arguments"),
        (SentenceBlock, BLOCK + "B = SentenceBlock(name='thanks', write='thanks')\n", "cannot be called"),
        (SentenceBlock, BLOCK + "B = SentenceBlock(name='thanks')\n", "write"),
        (Interpreter, INTERPRETER + "I = Interpreter(name='a', interpret=lambda scene: {}, gives=('shoe',))\n", "shoe"),
        (Interpreter, INTERPRETER + "I = Interpreter(name='a', interpret=lambda scene: {}, gives=())\n", "gives none"),
        (
            Interpreter,
            INTERPRETER + "I = Interpreter(name='a', interpret=lambda scene: {}, gives=('kind',), needs=('shoe',))\n",
            "shoe",
        ),
        (FrontPage, PAGE + "P = FrontPage(name='a', order=1, template='a.html', values={})\n", "cannot be called"),
        (DeliveryWay, WAY + "W = DeliveryWay(name='a', make=lambda: (), letter_goes_along=True)\n", "cannot be called"),
        (EngineKind, ENGINE + "E = EngineKind(name='a', reads=NOTHING, load=lambda: None)\n", "quick tier"),
        (Connector, CONNECTOR.format("a", "lambda sent: None"), "cannot be called with 3 arguments"),
        (Connector, CONNECTOR.format("Two Words", "lambda sent, account, wire: None"), "Two Words"),
        (Intake, INTAKE_OF.format("a", "shoe", "('a',)"), "no media type"),
        (Intake, INTAKE_OF.format("a", "image/a", "()"), "no file extension"),
    ],
)  # fmt: skip
def test_what_does_not_keep_the_contract_is_refused_with_its_file(package, kind, source, said):
    with pytest.raises(DataFault) as refused:
        plug_ins(package(source), kind)
    assert str(refused.value.params["file"]).endswith("file_0.py")
    assert said in str(refused.value.params["why"])


THANKS = BLOCK + "A = SentenceBlock(name='thanks', write=lambda scene: [])\n"


@pytest.mark.parametrize(
    ("sources", "file"),
    [((THANKS, THANKS), "file_1"), ((THANKS + THANKS.replace("A =", "B ="), "raise SystemError\n"), "file_0")],
)
def test_a_name_that_is_taken_is_refused_in_one_file_and_across_two(package, sources, file):
    with pytest.raises(DataFault, match=rf"{file}\.py: thanks is taken"):
        plug_ins(package(*sources), SentenceBlock)


def test_values_stand_alone_or_in_a_tuple_and_shared_parts_are_passed_over(package, tmp_path):
    block = "SentenceBlock(name='{}', write=lambda scene: [])"
    source = (
        BLOCK + f"ONE = {block.format('one')}\nMORE = ({block.format('two')}, {block.format('three')})\nAGAIN = ONE\n"
    )
    (tmp_path / "_shared.py").write_text("raise SystemError\n")
    assert list(plug_ins(package(source), SentenceBlock)) == ["one", "two", "three"]


def _reads(name, gives, needs=()):
    return Interpreter(name=name, interpret=lambda scene: {}, gives=gives, needs=needs)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((_reads("a", ("kind",)), _reads("b", ("kind",))), "b: a gives kind too"),
        ((_reads("a", ("kind",), ("events",)),), "a: nobody gives events"),
        ((_reads("a", ("kind",), ("events",)), _reads("b", ("events",), ("kind",))), "wait for each other"),
        ((_reads("a", ("kind",), ("kind",)),), "wait for each other"),
    ],
)
def test_interpreters_that_cannot_be_put_in_order_are_refused(found, said):
    with pytest.raises(DataFault, match=said):
        in_order({one.name: one for one in found})


def test_interpreters_come_behind_what_they_need():
    found = in_order({"a": _reads("a", ("kind",), ("events",)), "b": _reads("b", ("events",))})
    assert [one.name for one in found] == ["b", "a"]


def test_two_front_pages_in_one_place_are_refused():
    first, other = (FrontPage(name=name, order=1, template="a.html", values=lambda view: None) for name in "ab")
    with pytest.raises(DataFault, match="b: a stands at 1 too"):
        in_places([first, other])


@pytest.mark.parametrize(
    ("other", "said"),
    [(("b", "image/a", "('b',)"), "b: a claims image/a too"), (("b", "image/b", "('b', 'a')"), "b: a claims a too")],
)
def test_two_intakes_of_one_type_are_refused(package, monkeypatch, other, said):
    made = package(INTAKE_OF.format("a", "image/a", "('a',)"), INTAKE_OF.format(*other))
    monkeypatch.setattr(intake_contract, "intakes", made)
    with pytest.raises(DataFault, match=said):
        discovered()
