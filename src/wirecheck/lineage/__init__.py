"""Lineage: who has it from whom, and where independent reporting starts."""

from wirecheck.lineage.origins import count_origins, list_origins
from wirecheck.lineage.pairs import derive_documents, is_derived
from wirecheck.lineage.trace import trace_lineage

__all__ = ["count_origins", "derive_documents", "is_derived", "list_origins", "trace_lineage"]
