"""The archive on disk: documents as received, annotations by version, a person's decisions.

One folder: `archive.sqlite` holds what cannot be had again, `derived/` what can be deleted and is rebuilt.
"""

from __future__ import annotations

from wirecheck.store.database import open_database
from wirecheck.store.derived import Derived
from wirecheck.store.digests import COLUMNS, DECISION, DOCUMENT, PROBLEM, Row
from wirecheck.store.records import Record, Store, Stored, identity_of, pack_document, place_of

__all__ = [
    "COLUMNS",
    "DECISION",
    "DOCUMENT",
    "PROBLEM",
    "Derived",
    "Record",
    "Row",
    "Store",
    "Stored",
    "identity_of",
    "open_database",
    "pack_document",
    "place_of",
]
