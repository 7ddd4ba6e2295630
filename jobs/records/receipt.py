"""The receipt of an erased person: ids and counts, without the person. It is answered, listed and kept in one shape."""

from typing import Literal

from pydantic import Field

from casefile.json_model import JsonModel


class Unsearched(JsonModel):
    """What was not looked through for the person; whoever has to be sure looks there."""

    what: Literal["packs-without-marks", "free-text", "file-contents"] = Field(
        description="Packs that were accepted before persons were marked; texts of cases that are no field of a name or number; "
        "what stands in files"
    )
    packs: int = Field(description="How many packs that are still kept this is about")


class ErasureReceipt(JsonModel):
    """What was erased of a person: ids and counts, without the person."""

    id: str = Field(description="The id of the receipt")
    erased_at: str = Field(description="When it was erased (ISO 8601)")
    query_kinds: tuple[str, ...] = Field(description="What was asked for: order, email, name")
    query_sha256: str = Field(description="SHA-256 of this id, a line feed, and what was asked for as JSON, folded")
    packs: tuple[str, ...] = Field(default=(), description="Packs that were erased")
    batches: tuple[str, ...] = Field(default=(), description="Batches of which rows, sheet or evidence were cleaned")
    drafts: tuple[str, ...] = Field(default=(), description="Drafts that were erased")
    counts: dict[str, int] = Field(
        default={}, description="By kind: packs, batch_rows, batches, drafts, events, idempotency_keys"
    )
    later: tuple[str, ...] = Field(
        default=(), description="Batches that still run: their rows are gone, their sheet is cleaned when they end"
    )
    unsearched: tuple[Unsearched, ...] = Field(
        default=(), description="Where the person may still be named: what could not be looked through"
    )
