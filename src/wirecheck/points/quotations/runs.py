"""The runs of marks of a story, each with its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, Span
from wirecheck.text.alignment import Word, list_words

FRAGMENT = 5
"""A run of at most so many words is a fragment: one shared content word makes it a candidate."""


@dataclass(frozen=True)
class Run:
    """One run of marks of a direct or mixed quotation, or a part of it between ellipses."""

    number: int
    quotation: Quotation
    order: int
    """Place of its document among the documents of the story."""
    span: Span
    words: tuple[Word, ...]

    @cached_property
    def form(self) -> tuple[object, ...]:
        """All of its words that a comparison looks at: runs of one form compare alike, wherever they stand."""
        return tuple((w.key, w.after_cut, w.bracketed, w.run, w.begins) for w in self.words)

    @property
    def content(self) -> int:
        return sum(w.is_content for w in self.words)


def list_runs(dossier: Dossier) -> list[Run]:
    runs: list[Run] = []
    for order, found in enumerate(dossier.annotations):
        text = dossier.documents[order].text
        for quotation in found.quotations:
            if quotation.kind == "indirect":
                continue
            for span in quotation.contents:
                for words in _split_at_cuts(list_words(text, span.start, span.end)):
                    part = Span(span.document, words[0].start, words[-1].end)
                    runs.append(Run(len(runs), quotation, order, part, words))
    return runs


def _split_at_cuts(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Return the parts between ellipses, unless one is too short to be known again by itself."""
    cuts = [at for at, word in enumerate(words) if at and word.after_cut]
    borders = [0, *cuts, len(words)]
    parts = [words[a:b] for a, b in pairwise(borders)]
    if any(len(p) < FRAGMENT for p in parts):
        return [words] if words else []
    return parts
