"""Derivation between two documents of an archive, for which no model runs."""

from __future__ import annotations

from wirecheck.lineage.credits import read_credits
from wirecheck.lineage.derivation import CREDITED_SHARE, QUOTING_SHARE, Derivation, Party, derive
from wirecheck.model import Document, Reuse


def derive_documents(left: Document, right: Document, reuse: Reuse) -> Derivation | None:
    """Return how one of two documents of an archive derives from the other, or None when it does not.

    Their credits are read without the model, and only where they can matter.
    """
    if (
        max(reuse.left_own_share, reuse.right_own_share) < CREDITED_SHARE
        and max(reuse.left_share, reuse.right_share) < QUOTING_SHARE
    ):
        return None
    publishers = [tuple(p for p in (d.publisher,) if p) for d in (right, left)]
    parties = [Party(d, read_credits(d, p), d.shown_name) for d, p in zip((left, right), publishers, strict=True)]
    return derive(parties[0], parties[1], reuse)
