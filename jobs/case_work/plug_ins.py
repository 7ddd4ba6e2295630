"""Every plug-in found at once, so that a malformed one is refused when a worker opens and not in the middle of a case."""

from casefile.house import House
from evidence_packer.bind.delivery import delivery_ways
from evidence_packer.bind.front_page import front_pages
from evidence_packer.judge.known_checks import checks, refuse_untold
from evidence_packer.understand.interpret import interpreters
from letters.letter_kinds import shelf
from reading.ocr.contract import engines


def find_all(house: House) -> None:
    """Find checks, interpreters, front pages, deliveries, OCR engines, sentence blocks and the letter kinds that name them.

    The intakes are found by the guarded child, which starts with each workshop.

    Raises:
        DataFault: one is malformed or doubled, or a finding has no words; it names the file.
    """
    refuse_untold(checks(), house.catalogs.of("en"))
    for find in (interpreters, front_pages, delivery_ways, engines):
        find()
    shelf(house.templates)
