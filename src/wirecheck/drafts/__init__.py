"""Drafts: what a text that is not published yet says, held against its sources."""

from wirecheck.drafts.check import check_documents as check_documents

__all__ = ["check_documents"]
