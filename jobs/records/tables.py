"""Our tables: what a customer sees of packs, drafts, batches, webhooks and keys. The engine keeps its own, elsewhere.

Every row names its tenant; every query goes by it. Bytes and reports lie in the store, rows hold what is searched and counted.
Changes of this file need a migration in ``jobs/records/migrations/versions``; a test compares the two.
"""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = String(26)
_TENANT = String(40)
_TIME = String(32)
"""Times are ISO 8601 in UTC, which sort as text and are the same on every database."""
_SHA256 = String(64)

packs = Table(
    "packs",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("tenant", _TENANT, nullable=False),
    Column("state", String(10), nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("finished_at", _TIME),
    Column("platform", String(40), nullable=False),
    Column("procedure", String(60), nullable=False),
    Column("reason", String(60)),
    Column("subject", Text, nullable=False),
    Column("batch_id", _ID),
    Column("attempts", Integer, nullable=False, default=0),
    Column("stage", String(20), nullable=False, default=""),
    Column("share", Float, nullable=False, default=0.0),
    Column("run", String(40)),
    Column("verdict", String(10)),
    Column("folder", Text),
    Column("archive_sha256", _SHA256),
    Column("archive_bytes", Integer),
    Column("problem", JSON),
    Column("submission", JSON),
    Column("outcome", JSON),
    Column("outcome_name", String(12)),
    Column("muted", Boolean, nullable=False, default=False),
    Column("erased", JSON),
    Column("erased_at", _TIME),
    Column("claim", String(32)),
    Column("claim_until", _TIME),
    Column("due_at", _TIME),
    Index(None, "tenant", "id"),
    Index(None, "state"),
    Index(None, "batch_id"),
    Index(None, "tenant", "erased_at", "created_at"),
)
"""``claim`` is the round of whoever is about to erase it, until ``claim_until``; ``due_at`` its first deadline."""

pack_orders = Table(
    "pack_orders",
    metadata,
    Column("tenant", _TENANT, primary_key=True),
    Column("order_key", String(200), primary_key=True),
    Column("pack_id", ForeignKey("packs.id", ondelete="CASCADE"), primary_key=True),
)

pack_marks = Table(
    "pack_marks",
    metadata,
    Column("pack_id", ForeignKey("packs.id", ondelete="CASCADE"), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("value", String(80), primary_key=True),
)
"""What is counted about a finished pack: ``evidence`` kinds present, ``refused`` reasons of files, ``finding`` codes."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant", _TENANT, primary_key=True),
    Column("route", String(40), primary_key=True),
    Column("key_sha256", _SHA256, primary_key=True),
    Column("fingerprint", _SHA256, nullable=False),
    Column("target_id", _ID, nullable=False),
    Column("at", _TIME, nullable=False),
    Index(None, "target_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("tenant", _TENANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("case", JSON, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("changed_at", _TIME, nullable=False),
    Column("expires_at", _TIME, nullable=False),
    Index(None, "tenant", "id"),
    Index(None, "expires_at"),
)

draft_files = Table(
    "draft_files",
    metadata,
    Column("draft_id", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(300), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", _SHA256, nullable=False),
    Column("object", Text, nullable=False),
    Column("about", JSON),
)

batches = Table(
    "batches",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("tenant", _TENANT, nullable=False),
    Column("state", String(10), nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("finished_at", _TIME),
    Column("options", JSON, nullable=False),
    Column("sheet_name", Text, nullable=False),
    Column("rows", Integer, nullable=False, default=0),
    Column("parts", JSON),
    Column("result", JSON),
    Column("attempts", Integer, nullable=False, default=0),
    Column("erased", JSON),
    Column("erased_at", _TIME),
    Column("claim", String(32)),
    Column("claim_until", _TIME),
    Column("stale", Integer, nullable=False, default=0, server_default="0"),
    Column("needles", JSON),
    Index(None, "tenant", "id"),
    Index(None, "state"),
    Index(None, "stale"),
    Index(None, "tenant", "erased_at", "created_at"),
)
"""``stale`` counts erasures that its sheet does not show yet; ``needles`` is what is to be taken out of the sheet besides."""

batch_rows = Table(
    "batch_rows",
    metadata,
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(10), nullable=False),
    Column("subject", Text, nullable=False, default=""),
    Column("pack_id", _ID),
    Column("verdict", String(10)),
    Column("folder", Text),
    Column("sha256", _SHA256),
    Column("attempts", Integer, nullable=False, default=0),
    Column("told", JSON),
    Column("work", JSON),
    Column("turn", _TIME, nullable=False, default="", server_default=""),
    Index(None, "batch_id", "state"),
    Index(None, "pack_id"),
)
"""One case of a batch: ``work`` is the case and its files, ``told`` what went wrong or to be watched, ``turn`` when it is due."""

hooks = Table(
    "hooks",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("tenant", _TENANT, nullable=False),
    Column("url", Text, nullable=False),
    Column("shape", String(20), nullable=False),
    Column("language", String(20), nullable=False, default="en"),
    Column("secrets", JSON, nullable=False),
    Column("events", JSON, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("disabled_at", _TIME),
    Column("disabled_why", String(60)),
    Index(None, "tenant"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("hook_id", ForeignKey("hooks.id", ondelete="CASCADE"), nullable=False),
    Column("tenant", _TENANT, nullable=False),
    Column("event", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("due_at", _TIME, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("last_status", Integer),
    Column("about", _ID),
    Index(None, "state", "due_at"),
    Index(None, "tenant", "hook_id"),
    Index(None, "about"),
)
"""The outbox: one row per event and receiver, made in the transaction of what it tells of; its id is the webhook's id."""

events = Table(
    "events",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("tenant", _TENANT, nullable=False),
    Column("type", String(40), nullable=False),
    Column("event", JSON, nullable=False),
    Column("about", _ID),
    Column("created_at", _TIME, nullable=False),
    Index(None, "tenant", "id"),
    Index(None, "about"),
    Index(None, "created_at"),
)
"""What happened, in its order, for those who ask; written in the transaction of what it tells of."""

reminders = Table(
    "reminders",
    metadata,
    Column("pack_id", ForeignKey("packs.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("tenant", _TENANT, nullable=False),
    Column("at", _TIME, nullable=False),
    Column("sent_at", _TIME),
    Column("about", JSON),
    Index(None, "sent_at", "at"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("sha256", _SHA256, primary_key=True),
    Column("id", _ID, nullable=False),
    Column("tenant", _TENANT, nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("revoked_at", _TIME),
    Column("kind", String(10), nullable=False, default="live", server_default="live"),
    Index(None, "id"),
)
"""``kind`` is ``live``, or ``test``: such a key gets made-up answers, and nothing is kept."""

service_facts = Table(
    "service_facts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("since", _TIME, nullable=False),
)
"""What became true of this service once and stays so: ``keyed``, a key was in force."""

ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("expires_at", _TIME, nullable=False),
    Index(None, "expires_at"),
)
"""Sessions signed out before their time, kept until their cookie would be refused anyway."""

workers = Table(
    "workers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("slots", Integer, nullable=False),
    Column("host", String(80), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("seen_at", _TIME, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("tenant", _TENANT, primary_key=True),
    Column("mark", _SHA256, primary_key=True),
    Column("target_id", _ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Index(None, "target_id"),
)
"""Which packs (``number`` -1) and rows of batches (0: somewhere in the sheet) tell of a person, by hashes
(``jobs/records/people.py``)."""

removals = Table(
    "removals",
    metadata,
    Column("prefix", String(200), primary_key=True),
    Column("keep", JSON, nullable=False),
    Column("due_at", _TIME, nullable=False),
    Index(None, "due_at"),
)
"""Objects whose rows are erased and that are still to go: written with the row's erasure, dropped when they are gone."""

erasures = Table(
    "erasures",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("tenant", _TENANT, nullable=False),
    Column("at", _TIME, nullable=False),
    Column("receipt", JSON, nullable=False),
    Index(None, "tenant", "id"),
)
"""What was erased of a person, without the person."""
