"""What is recorded of a pack after it was made: that it was sent, how the dispute ended, what stays of it when it is erased.

All are kept as JSON in the pack's row. Times are texts as they were given (ISO 8601 with offset), so that they come back as
they came.
"""

from typing import Literal

from pydantic import Field

from casefile.json_model import JsonModel, is_none

Told = str | dict[str, str]
"""A text in the reader's own words: one, or one for each language."""


class Screenshot(JsonModel):
    """The picture of the platform's confirmation; its name goes when the pack is erased."""

    name: str | None = Field(default=None, description="Name of the picture as it was sent", exclude_if=is_none)
    bytes: int = Field(description="Size in bytes")
    sha256: str = Field(description="SHA-256 of the picture")


class SubmissionRecord(JsonModel):
    """What was recorded when a pack was sent to the platform."""

    case_id: str | None = Field(
        default=None, description="The id that the platform gave the case", examples=["C-1"], exclude_if=is_none
    )
    at: str | None = Field(default=None, description="When it was sent (ISO 8601)", exclude_if=is_none)
    messages_sent_at: str | None = Field(
        default=None, description="When the buyer was last written to (ISO 8601)", exclude_if=is_none
    )
    waiting_since: str | None = Field(
        default=None, description="Since when the platform waits for an answer (ISO 8601)", exclude_if=is_none
    )
    note: Told | None = Field(default=None, description="Anything worth remembering about it", exclude_if=is_none)
    screenshot: Screenshot | None = Field(
        default=None, description="The picture of the confirmation", exclude_if=is_none
    )
    recorded_at: str | None = Field(default=None, description="When this was recorded (ISO 8601)", exclude_if=is_none)

    def erased(self) -> "SubmissionRecord":
        """What stays of it when the pack is erased: the case, the times, the hash of the picture; no name, no words."""
        shot = self.screenshot.model_copy(update={"name": None}) if self.screenshot else None
        return self.model_copy(update={"note": None, "screenshot": shot})


class OutcomeRecord(JsonModel):
    """What was recorded about how a dispute ended."""

    outcome: Literal["won", "lost", "withdrawn"] = Field(description="How it ended")
    why: Told | None = Field(default=None, description="Why it ended so, as the platform says it", exclude_if=is_none)
    at: str | None = Field(default=None, description="When it ended (ISO 8601)", exclude_if=is_none)
    recorded_at: str | None = Field(default=None, description="When this was recorded (ISO 8601)", exclude_if=is_none)

    def erased(self) -> "OutcomeRecord":
        """What stays of it when the pack is erased: no words."""
        return self.model_copy(update={"why": None})


class RemainingFile(JsonModel):
    """A file of an erased pack: what it was for, its size and hash."""

    role: str = Field(default="original", description="What the file was for")
    bytes: int = Field(description="Size in bytes")
    sha256: str = Field(description="SHA-256 of the file")


class PackRemains(JsonModel):
    """What stays of an erased pack: times, hashes and sizes, without a name."""

    created_at: str = Field(description="When the pack was asked for (ISO 8601)")
    folder_sha256: str = Field(default="", description="SHA-256 of the folder's name")
    archive_sha256: str = Field(default="", description="SHA-256 of the archive")
    uploads: tuple[RemainingFile, ...] = Field(default=(), description="What was uploaded")
    files: tuple[RemainingFile, ...] = Field(default=(), description="What was made")
