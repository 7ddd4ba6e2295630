"""What is answered about cases that come from other services and packs that go back."""

from pydantic import Field

from casefile.json_model import JsonModel


class TakenIn(JsonModel):
    """What became of a message: a draft on the desk, or nothing because it is about no case."""

    draft_id: str | None = Field(
        description="The draft; null where the message is about no case", examples=["01KQ3T4B5C6D7E8F9G0H1J2K3M"]
    )
    draft: str | None = Field(description="Path of the draft", examples=["/v1/drafts/01KQ3T4B5C6D7E8F9G0H1J2K3M"])


class HandedOver(JsonModel):
    """Where a pack went, and what of it."""

    account: str = Field(description="The account, as the file of accounts names it", examples=["support"])
    id: str = Field(description="The ticket or dispute there", examples=["4711"])
    files: tuple[str, ...] = Field(
        description="The files that went, as the pack names them", examples=[["Evidence.pdf"]]
    )
