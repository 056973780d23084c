"""Quote groups: which quotations of different documents are one utterance, and what happened to it on its way."""

from __future__ import annotations

import re
from collections import defaultdict

from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, QuoteGroup

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def group_quotations(dossier: Dossier) -> tuple[QuoteGroup, ...]:
    """Return the quote groups of a story: by utterance, one group for each relation."""
    by_words: dict[tuple[str, ...], list[Quotation]] = defaultdict(list)
    for quotation in dossier.quotations:
        if quotation.kind == "indirect":
            continue
        words = tuple(
            w.casefold().replace("’", "'") for c in quotation.contents for w in _WORD.findall(dossier.words(c))
        )
        if words:
            by_words[words].append(quotation)
    groups = []
    for number, (words, members) in enumerate(by_words.items(), 1):
        documents = sorted({m.document for m in members}, key=[d.id for d in dossier.documents].index)
        names = " and ".join(dossier.shown(d) for d in documents)
        several = len(documents) > 1 and len(words) > 2
        for relation, part in (("verbatim", [members]),) if several else (("single", [[m] for m in members]),):
            for those in part:
                groups.append(
                    QuoteGroup(
                        id=f"g{len(groups) + 1}",
                        relation=relation,  # type: ignore[arg-type]
                        quotations=tuple(q.id for q in those),
                        utterance=f"u{number}",
                        reason=f"{names} have the same words." if several else f"Only {names} has this quotation.",
                        speaker=next((q.speaker for q in those if q.speaker is not None), None),
                    )
                )
    return tuple(groups)
