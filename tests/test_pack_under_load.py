"""A busy machine makes the same pack as an idle one, byte for byte."""

import sys
from pathlib import Path

import pytest

from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.workshop import Workshop

from .test_examples import request_of

sys.path.insert(0, str(Path(__file__).resolve().parent / "reading"))

LOAD = 20


def files_of(name):
    with Workshop.open_alone() as workshop:
        return {file.path: file.data for file in make_pack(request_of(name), workshop).files}


@pytest.mark.long
@pytest.mark.parametrize("name", ["item-not-received", "shopee-return"])
def test_the_same_pack_at_load_twenty(name):
    from busy import busy

    alone = files_of(name)
    with busy(LOAD):
        beside = files_of(name)
    assert sorted(alone) == sorted(beside)
    assert [path for path in alone if alone[path] != beside[path]] == []
