"""Derivation between two documents of an archive, for which no model runs."""

from __future__ import annotations

from wirecheck.lineage.credits import read_credits
from wirecheck.lineage.derivation import (
    CREDITED_SHARE,
    CREDITED_WORDS,
    QUOTING_SHARE,
    QUOTING_WORDS,
    Derivation,
    Party,
    _agency_of_text,
    derive,
    list_lifted,
)
from wirecheck.lineage.publishers import names_publisher
from wirecheck.model import Document, Reuse


def derive_documents(left: Document, right: Document, reuse: Reuse) -> Derivation | None:
    """Return how one of two documents of an archive derives from the other, or None when it does not.

    Their credits are read without the model, and only where they can matter.
    """
    if (
        max(reuse.left_own_share, reuse.right_own_share) < CREDITED_SHARE
        and max(reuse.left_share, reuse.right_share) < QUOTING_SHARE
        and not list_lifted(left, right, reuse, 0)
        and not list_lifted(right, left, reuse, 1)
    ):
        return None
    publishers = [tuple(p for p in (d.publisher,) if p) for d in (right, left)]
    parties = [Party(d, read_credits(d, p), d.shown_name) for d, p in zip((left, right), publishers, strict=True)]
    return derive(parties[0], parties[1], reuse)


def is_derived(left: Document, right: Document, reuse: Reuse) -> bool:
    """Return whether `derive_documents` finds that one derives from the other, with their credits read last if at all.

    Reading credits takes four times as long as all else; the text alone often settles it.
    """
    parties = Party(left, (), left.shown_name), Party(right, (), right.shown_name)
    if derive(*parties, reuse) is not None:
        return True
    own = [p for p in reuse.passages if not p.quoted]
    for at, share, own_share in (
        (0, reuse.left_share, reuse.left_own_share),
        (1, reuse.right_share, reuse.right_own_share),
    ):
        party, source = parties[at], parties[1 - at]
        name, other = party.document.publisher, source.document.publisher
        may_name = other is not None and not (name is not None and names_publisher(name, other))
        words = [len(party.document.words((p.left, p.right)[at]).split()) for p in reuse.passages]
        own_words = sum(len(party.document.words((p.left, p.right)[at]).split()) for p in own)
        if may_name and own_share >= CREDITED_SHARE and own_words >= CREDITED_WORDS:
            return derive_documents(left, right, reuse) is not None
        if share >= QUOTING_SHARE and sum(words) >= QUOTING_WORDS and (may_name or _agency_of_text(source)):
            return derive_documents(left, right, reuse) is not None
    if list_lifted(left, right, reuse, 0) or list_lifted(right, left, reuse, 1):
        return derive_documents(left, right, reuse) is not None
    return False
