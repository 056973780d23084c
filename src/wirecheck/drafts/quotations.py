"""Quotations of a draft: whether the words between its marks stand in a source, and whose they are there.

The words themselves are looked for first, in the whole text of every source, whatever its typography; only what is
nowhere word for word is held against what is like it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wirecheck.comparison.speakers import same_speaker
from wirecheck.drafts.alike import find_alike
from wirecheck.drafts.case import Case
from wirecheck.drafts.limits import find_lost
from wirecheck.drafts.quoted import Quoted, list_quoted, tell_paraphrased
from wirecheck.drafts.words import TAG_WORDS, Found, SourceText
from wirecheck.model import Backing, DraftItem, DraftVerdict, Quotation, Span
from wirecheck.points.paraphrase import find_paraphrases
from wirecheck.text.alignment import Word
from wirecheck.text.words import join_names

FEWEST_WORDS = 4
"""Words in marks that nobody is said to have spoken are a title or a turn of phrase, unless they are so many."""
FEWEST_SPLICED = 3
"""Words in a row that a part of a splice has at least: fewer are found anywhere."""
MOST_PARTS = 4
"""Parts of a splice."""
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "i'm", "we're", "i've", "we've", "i'll", "we'll"})


@dataclass(frozen=True)
class _Place:
    """Where a source has the words of a run, with how they stand there."""

    source: SourceText
    found: Found
    verdict: DraftVerdict
    backing: Backing
    quotation: Quotation | None

    @property
    def rank(self) -> tuple[int, int]:
        order = ("verbatim", "trimmed", "other-speaker", "spliced", "paraphrased")
        return order.index(self.verdict) + (self.verdict == "trimmed" and bool(self.backing.lost)), -len(
            self.found.parts
        )


def check_quotations(case: Case) -> Iterator[DraftItem]:
    """Yield an item for each run of marks of the draft, by place."""
    retold = {p.direct_part: p for p in find_paraphrases(case.compared) if p.direct.document == case.draft.id}
    for quoted in list_quoted(case):
        places = [p for s in case.sources for p in _find(case, quoted, s)]
        if places:
            yield _tell_found(case, quoted, places)
            continue
        item = _tell_spliced(case, quoted) or find_alike(case, quoted)
        if item is not None:
            yield item
            continue
        told = [p for part, p in retold.items() if quoted.span.overlap(part) and p.indirect.document in case.source]
        if told:
            best = max(told, key=lambda p: (p.share, p.likeness))
            yield tell_paraphrased(case, quoted.span, [best.indirect_part])
        elif quoted.quotation is not None or len(quoted.words) >= FEWEST_WORDS:
            yield DraftItem("quotation", quoted.span, "not-found", "No source has these words.", look=True)


# --- words that stand in a source ------------------------------------------------------------------------------------


def _find(case: Case, quoted: Quoted, source: SourceText) -> Iterator[_Place]:
    """Yield the places of a source that have all words of a run."""
    candidates = list(source.find(quoted.words))  # brackets and an ellipsis may be the source's own
    is_whole = bool(candidates) or len(quoted.pieces) == 1
    if not candidates:
        candidates = list(_find_pieces(quoted.pieces, source))
    for found in candidates:
        span = source.span(*found.parts[0])
        quotation = case.quotation_at(span)
        yield _grade(case, quoted, source, found, quotation, is_cut=not is_whole)


def _find_pieces(pieces: Sequence[Sequence[Word]], source: SourceText) -> Iterator[Found]:
    """Yield where a source has several pieces one after the other."""
    rows = [source.find(piece) for piece in pieces]
    if not all(rows):
        return
    for first in rows[0]:
        parts = [*first.parts]
        marked = first.marked
        for row in rows[1:]:
            after = [f for f in row if f.first >= parts[-1][1]]
            if not after:
                break
            best = min(after, key=lambda f: (f.marked != first.marked, f.first))
            parts += best.parts
            marked = marked and best.marked
        else:
            yield Found(tuple(parts), marked)


def _grade(
    case: Case, quoted: Quoted, source: SourceText, found: Found, quotation: Quotation | None, *, is_cut: bool
) -> _Place:
    backing = _back(quoted, source, found)
    asked = quoted.quotation
    if not found.marked and asked is not None and (source.runs or not _is_voice(quoted, source)):
        return _Place(source, found, "paraphrased", backing, quotation)
    others = [q for first, end in found.parts if (q := case.quotation_at(source.span(first, end))) is not None]
    if asked is not None and quotation is not None and found.marked:
        if case.is_other_speaker(asked, quotation):
            return _Place(source, found, "other-speaker", backing, quotation)
        if any(same_speaker(case.dossier, quotation, other) is False for other in others):
            return _Place(source, found, "spliced", backing, quotation)
    if not is_cut and not source.is_one_speech(found):
        return _Place(source, found, "spliced", backing, quotation)
    is_whole = backing.left_out is None and not is_cut
    return _Place(source, found, "verbatim" if is_whole else "trimmed", backing, quotation)


def _is_voice(quoted: Quoted, source: SourceText) -> bool:
    """Return whether a source without any marks may be the speaker's own text: a statement, a letter, a transcript."""
    document = source.document
    named = {n.casefold() for n in (document.author, document.publisher) if n}
    speaker = (quoted.quotation.speaker_name or "").casefold() if quoted.quotation is not None else ""
    return speaker in named or any(w.key in _FIRST_PERSON for w in quoted.words)


def _back(quoted: Quoted, source: SourceText, found: Found) -> Backing:
    """Return the words of a source with what the draft cut off around and between them."""
    sides = _list_cut(source, found)
    kept = [(source.words[a].start, source.words[b - 1].end) for a, b in found.parts]
    lost: list[Span] = []
    span = source.span(found.first, found.end)
    if sides:
        for sentence in source.reading.sentences_in(span.start, span.end):
            first, end = source.words_in(sentence.start, sentence.end)
            same = {source.run_of[n] >= 0 for a, b in found.parts for n in range(max(a, first), min(b, end))}
            speech = [
                (w.start, w.end)
                for n, w in enumerate(source.words[first:end], first)
                if source.is_marked(n, n + 1) in same
            ]
            lost += [source.document.span(a, b) for a, b in find_lost(sentence, kept, speech, quoted.beside)]
    with_lost = [s for s in sides if any(s.covers(x) for x in lost)]
    left_out = max(with_lost or sides, key=lambda s: (s.length, s), default=None)
    return Backing(span, left_out, tuple(lost))


def _list_cut(source: SourceText, found: Found) -> list[Span]:
    """Return what stands before, between and after the parts in the same sentence and the same marks."""
    sides = []
    run = source.run_of[found.first]
    first, _ = source.sentence_words(found.first)
    _, end = source.sentence_words(found.end - 1)
    first = next((n for n in range(first, found.first) if source.run_of[n] == run), found.first)
    last = source.run_of[found.end - 1]
    end = next((n + 1 for n in range(end - 1, found.end - 1, -1) if source.run_of[n] == last), found.end)
    if first < found.first:
        sides.append(source.span(first, found.first))
    for (_, before), (after, _) in pairwise(found.parts):
        inner = [n for n in range(before, after) if source.is_marked(n, n + 1) == found.marked]
        if inner:
            sides.append(source.span(inner[0], inner[-1] + 1))
    if end > found.end:
        sides.append(source.span(found.end, end))
    return sides


def _tell_found(case: Case, quoted: Quoted, places: Sequence[_Place]) -> DraftItem:
    best = min(p.rank for p in places)
    chosen: dict[str, _Place] = {}
    for place in sorted(places, key=lambda p: p.rank):
        if place.rank[0] == best[0]:
            chosen.setdefault(place.source.document.id, place)
    mine = list(chosen.values())
    first = mine[0]
    names = case.name(chosen)
    has = "has" if len(chosen) == 1 else "have"
    said = _said_by(first.quotation)
    look = True
    if first.verdict == "verbatim":
        reason = f"{names} {has} these words{said}."
        longer = [p for p in places if p.verdict == "trimmed" and p.backing.lost and p.found.marked]
        look = bool(longer)
        if longer:
            more = case.name([longer[0].source.document.id])
            reason = f"{reason[:-1]}, but {more} has more of the sentence, with {_show_lost(case, longer[0].backing)}."
            mine.append(longer[0])
    elif first.verdict == "trimmed" and first.backing.lost:
        reason = f"{names} {has} the sentence longer{said}: the cut lost {_show_lost(case, first.backing)}."
    elif first.verdict == "trimmed":
        cut = first.backing.left_out
        shown = f", with “{case.words(cut)}” besides" if cut is not None else ""
        reason = f"{names} {has} these words{said}{shown}; the cut lost nothing that limits them."
        look = False
    elif first.verdict == "other-speaker":
        whose = first.quotation.speaker_name if first.quotation is not None else None
        ours = quoted.quotation.speaker_name if quoted.quotation is not None else None
        reason = f"{names} {has} these words from {whose}; the draft gives them to {ours}."
    elif first.verdict == "spliced":
        reason = _tell_parts(case, [(first.source, part) for part in first.found.parts])
    else:
        return tell_paraphrased(case, quoted.span, [p.backing.span for p in mine], same_words=True)
    return DraftItem("quotation", quoted.span, first.verdict, reason, look, tuple(p.backing for p in mine))


def _said_by(quotation: Quotation | None) -> str:
    return f" from {quotation.speaker_name}" if quotation is not None and quotation.speaker_name else ""


def _show_lost(case: Case, backing: Backing) -> str:
    shown = list(dict.fromkeys(f"“{case.words(s)}”" for s in backing.lost))[:3]
    return join_names(shown)


# --- words joined from several places --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Segment:
    first: int
    end: int
    source: SourceText
    at: int


def _tell_spliced(case: Case, quoted: Quoted) -> DraftItem | None:
    """Return the item of a run of which every word stands in a source, but at several places; None for another."""
    segments = _cover([w for p in quoted.pieces for w in p], case.sources)
    if not 1 < len(segments) <= MOST_PARTS or not any(_is_apart(a, b) for a, b in pairwise(segments)):
        return None
    parts = [(s.source, (s.at, s.at + s.end - s.first)) for s in segments]
    backings = tuple(Backing(source.span(*part)) for source, part in parts)
    return DraftItem("quotation", quoted.span, "spliced", _tell_parts(case, parts), look=True, sources=backings)


def _tell_parts(case: Case, parts: Sequence[tuple[SourceText, tuple[int, int]]]) -> str:
    shown = [f"“{case.words(source.span(*part))}”" for source, part in parts]
    listed = join_names(shown)
    return f"The draft joins words that stand apart in {case.name(s.document.id for s, _ in parts)}: {listed}."


def _is_apart(left: _Segment, right: _Segment) -> bool:
    """Return whether two parts are more than a few words left out of one sentence."""
    if left.source is not right.source:
        return True
    end = left.at + left.end - left.first
    if right.at < end:
        return True
    gap = right.at - end
    if gap > TAG_WORDS:
        return True
    return left.source.sentence_words(end - 1) != left.source.sentence_words(right.at) and any(
        run >= 0 for run in left.source.run_of[end : right.at]
    )


def _cover(words: Sequence[Word], sources: Sequence[SourceText]) -> list[_Segment]:
    """Return the longest runs of words of sources that together are the words; empty where some are in none."""
    segments: list[_Segment] = []
    at = 0
    while at < len(words):
        best: _Segment | None = None
        for source in sources:
            for place in source.places.get(words[at].key, ()):
                if source.runs and source.run_of[place] < 0:
                    continue
                size = 1
                while (
                    at + size < len(words)
                    and place + size < len(source.words)
                    and source.keys[place + size] == words[at + size].key
                    and (not source.runs or source.run_of[place + size] >= 0)
                ):
                    size += 1
                if best is None or size > best.end - best.first:
                    best = _Segment(at, at + size, source, place)
        if best is None or best.end - best.first < min(FEWEST_SPLICED, len(words)):
            return []
        segments.append(best)
        at = best.end
    return segments
