"""What an utterance that somebody retells keeps in marks, and what stands beside the words of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from wirecheck.language.dossier import Dossier
from wirecheck.model import Span
from wirecheck.places import Places
from wirecheck.points.beside import FEWEST_SHARED, Anchor
from wirecheck.points.paraphrase import Paraphrase
from wirecheck.points.quotations.runs import Run
from wirecheck.points.wording import Comparison, stem_word
from wirecheck.text.alignment import list_words

MARKED_WORDS = 2
"""A retelling may keep so many content words of the utterance in marks and still be one."""


def without_retold(
    members: Sequence[Run],
    by_quotation: Mapping[str, Sequence[Paraphrase]],
    list_unmarked: Callable[[], frozenset[str]],
) -> list[Run]:
    """Return the runs without the word or two that a retelling of another one keeps in marks, where all use them.

    Who writes that she agreed to begin “talks” gives her “we agreed to start talks now” in his own words; "talks" is
    the word of every report. A word that stands in marks only ("unprofessional") is kept of what she said: a trim.
    """
    retold = [
        p.indirect_part for r in members for p in by_quotation.get(r.quotation.id, ()) if r.span.covers(p.direct_part)
    ]
    kept = [
        r
        for r in members
        if r.content > MARKED_WORDS
        or not any(part.covers(r.span) for part in retold)
        or not all(stem_word(w.key) in list_unmarked() for w in r.words if w.is_content)
    ]
    return kept or list(members)


def quotes_too(told: Paraphrase, members: Sequence[Run], links: Mapping[tuple[int, int], Comparison]) -> bool:
    """Return whether a document that retells a part of an utterance has words of that part in marks as well."""
    part, document = told.direct_part, told.indirect.document
    for one in members:
        for other in members if one.span.covers(part) else ():
            if other.span.document != document:
                continue
            pair = min(one.number, other.number), max(one.number, other.number)
            comparison = links.get(pair)
            if comparison is None:
                continue
            first, end = comparison.left_extent if pair[0] == one.number else comparison.right_extent
            if first < end and one.words[first].start < part.end and part.start < one.words[end - 1].end:
                return True
    return False


def list_unmarked(dossier: Dossier) -> frozenset[str]:
    """Return the stems of the words that two documents or more of the story have outside all marks."""
    counts: Counter[str] = Counter()
    for reading, found in zip(dossier.readings, dossier.annotations, strict=True):
        contents = sorted(c for q in found.quotations if q.kind != "indirect" for c in q.contents)
        marked = Places(contents, lambda c: (c.start, c.end))
        words = list_words(reading.document.text, 0, len(reading.document.text))
        counts.update({stem_word(w.key) for w in words if not any(True for _ in marked.touching(w.start, w.start + 1))})
    return frozenset(stem for stem, count in counts.items() if count > 1)


def list_anchors(runs: Sequence[Run], links: Mapping[tuple[int, int], Comparison]) -> Iterator[Anchor]:
    """Yield the words that two documents have in marks, seen from either."""
    for (i, j), comparison in links.items():
        if runs[i].order == runs[j].order or comparison.common_content < FEWEST_SHARED:
            continue
        sides = (runs[i], comparison.left_extent), (runs[j], comparison.right_extent)
        for (one, here), (other, there) in (sides, sides[::-1]):
            opens, closes = here[0] == 0, here[1] == len(one.words)
            shared = Span(other.span.document, other.words[there[0]].start, other.words[there[1] - 1].end)
            yield Anchor(one.span, opens, closes, other.quotation, shared)
