"""Lineage: who has it from whom, and where independent reporting starts."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.language.dossier import Dossier
from wirecheck.model import Lineage, Origin, OriginGroup, Origins, Span


def trace_lineage(dossier: Dossier) -> tuple[Lineage, ...]:
    """Return who has it from whom, by the name of the receiving document."""
    found = []
    for document in dossier.documents:
        seen = set()
        for credit in dossier.annotations_of(document.id).credits:
            if credit.own or credit.credited in seen:
                continue
            seen.add(credit.credited)
            found.append(
                Lineage(
                    credit.credited,
                    False,
                    document.id,
                    "credit",
                    f"{dossier.shown(document.id)} credits {credit.credited}.",
                    (credit.span,),
                )
            )
    return tuple(found)


def list_origins(dossier: Dossier) -> tuple[Origin, ...]:
    """Return the origins behind the whole story."""
    return ()


def count_origins(dossier: Dossier, documents: Sequence[str], spans: Sequence[Span]) -> Origins:
    """Return how many origins stand behind the documents for the point that `spans` mark, and how that is known.

    `documents` are the ids that state the point.
    """
    ids = sorted(set(documents), key=lambda d: (dossier.document(d).name, d))
    groups = tuple(
        OriginGroup(
            (i,),
            f"{dossier.shown(i)} does not say where it has this from.",
            tuple(sorted(s for s in spans if s.document == i)),
        )
        for i in ids
    )
    return Origins(len(groups), "not-recorded", groups)
