"""The receiver's evidence form filled: texts from the case, files by field, ready for its interface. Pure.

Whether anything is submitted stays with a person: the object says ``submit: false``.
"""

import json
from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

from casefile.case import Case
from casefile.procedure import Procedure
from evidence_packer.bind.compelling import enhanced_evidence
from evidence_packer.bind.delivery import Delivered
from evidence_packer.judge.form_texts import texts


class _Tracking(TypedDict):
    carrier_name: str
    tracking_number: str


class _Info(TypedDict):
    tracking_info: list[_Tracking]


class _Document(TypedDict):
    name: str


class _Evidence(TypedDict):
    """One kind of evidence with its files, as the receiver's interface names them."""

    evidence_type: str
    documents: list[_Document]
    notes: NotRequired[str]
    evidence_info: NotRequired[_Info]


class _EvidenceList(TypedDict):
    evidences: list[_Evidence]


def _list(case: Case, letter: str, files: Sequence[tuple[str, Delivered]]) -> _EvidenceList:
    tracking = [
        _Tracking(carrier_name=(parcel.carrier or "other").upper(), tracking_number=parcel.tracking_number)
        for parcel in case.parcels
        if parcel.tracking_number and parcel.direction != "return"
    ]
    names: dict[str, list[str]] = {}
    for name, file in files:
        names.setdefault(file.for_ or "OTHER", []).append(name)
    evidences: list[_Evidence] = []
    for place, (kind, documents) in enumerate(names.items()):
        evidence = _Evidence(evidence_type=kind, documents=[_Document(name=name) for name in documents])
        if place == 0:
            evidence["notes"] = letter
            if tracking:
                evidence["evidence_info"] = _Info(tracking_info=tracking)
        evidences.append(evidence)
    return _EvidenceList(evidences=evidences)


def form_json(case: Case, procedure: Procedure, letter: str, files: Sequence[tuple[str, Delivered]]) -> bytes | None:
    """The form as the receiver's interface takes it, or ``None`` where it has none.

    Args:
        case: the case.
        procedure: its fields and the shape of its interface.
        letter: the letter's text.
        files: (name in the submission, file) of every evidence file.
    """
    body: dict[str, Any] | _EvidenceList
    if procedure.json_shape == "evidence_object":
        named = {file.for_ or "": name for name, file in files}
        filled: dict[str, Any] = {**texts(case, procedure.fields_for(case.reason), letter)}
        if procedure.takes_prior_payments and (priors := enhanced_evidence(case)):
            filled["enhanced_evidence"] = priors.model_dump(exclude_none=True)
        body = {"evidence": filled, "files": named, "submit": False}
    elif procedure.json_shape == "evidence_list":
        body = _list(case, letter, files)
    else:
        return None
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
