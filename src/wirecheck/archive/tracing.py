"""Tracing words: every appearance of a quotation or passage in an archive, verbatim or changed, in order of time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wirecheck.archive.searching import fold_marks, list_versions
from wirecheck.errors import UsageError
from wirecheck.lineage.derivation import Party, derive
from wirecheck.model import Document, Span
from wirecheck.reuse import compare_reuse, list_article_words
from wirecheck.store import Store
from wirecheck.text.alignment import Step, Word, align_words, list_words
from wirecheck.text.sentences import split_paragraphs

Form = Literal["verbatim", "trimmed", "altered", "reworded"]
# Share of the content words of the passage that an appearance has, and how many at least. On the quotations of the
# sample, below .5 other sentences about the same matter come in.
_SHARE = 0.5
_FEWEST = 3
# Words in order, function words included, from which on an appearance is altered and not only reworded.
_ALTERED = 0.6
# Documents that are read word by word, best first; those with the very phrase come first.
_MOST_READ = 400
# Documents among which it is asked who has it from whom.
_MOST_COMPARED = 40
_RAREST = 12


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where the words stand in a document, and how they differ from those that were asked for."""

    document: Document
    span: Span
    form: Form
    share: float
    """Share of the content words that are there, from 0 to 1."""
    changes: tuple[tuple[str, str, str], ...]
    """Kind (inserted, dropped, replaced, reordered), words asked for, words here, in order."""
    source: str | None = None
    """Id of the earlier document among the appearances that it has the words from, where there is evidence."""
    reason: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """All appearances of words, by date of publication (unknown ones last), then name and place."""

    words: str
    appearances: tuple[Appearance, ...]


def trace(store: Store, words: str, *, limit: int) -> Trace:
    """Return the appearances of a passage; see `Archive.trace`."""
    asked = list_words(words)
    content = {w.key for w in asked if w.is_content}
    if len(asked) < 2 or not content:
        raise UsageError(f"a quotation or passage of several words was expected; found {words!r}")
    newest, _ = list_versions(store.list_stored())
    ids = {s.seq: s.id for s in newest}
    places = [ids[seq] for seq in _list_candidates(store, words, asked) if seq in ids]
    found: list[Appearance] = []
    for at in range(0, len(places), 50):
        for document in store.read_documents(places[at : at + 50]).values():
            found.extend(_find(document, words, asked))
    found.sort(key=_order)
    return Trace(words, tuple(_with_sources(found[:limit])))


def _list_candidates(store: Store, words: str, asked: Sequence[Word]) -> list[int]:
    """Return `seq` of documents with the phrase, then of those with most of its rarest words."""
    tokens = re.findall(r"\w+", fold_marks(words))
    phrase = '"' + " ".join(tokens) + '"'
    found = [seq for seq, _ in store.search_words(phrase)]
    content = sorted({t for w in asked if w.is_content for t in re.findall(r"\w+", fold_marks(words[w.start : w.end]))})
    counted = sorted((store.count_documents_with(f'"{t}"'), t) for t in content)
    rare = [t for count, t in counted if count][:_RAREST]
    if rare:
        any_of = " OR ".join(f'"{t}"' for t in rare)
        found += [seq for seq, _ in store.search_words(any_of, limit=_MOST_READ)]
    return list(dict.fromkeys(found))


def _find(document: Document, words: str, asked: Sequence[Word]) -> Iterator[Appearance]:
    """Yield the appearances in one document, best first, none overlapping."""
    theirs = list_words(document.text)
    wanted = Counter(w.key for w in asked if w.is_content)
    total = sum(wanted.values())
    # A phrase of one or two content words must be there as it is.
    fewest = max(min(_FEWEST, total), _SHARE * total)
    width = 2 * len(asked) + 6
    places = [n for n, w in enumerate(theirs) if w.key in wanted and not document.is_furniture(w.start, w.end)]
    windows = []
    for nth, start in enumerate(places):
        inside = [p for p in places[nth : nth + 4 * total] if p < start + width]
        held = sum((Counter(theirs[p].key for p in inside) & wanted).values())
        if held >= fewest:
            windows.append((-held, inside[-1] - start, start, inside[-1] + 1))
    taken: list[tuple[int, int]] = []
    for _, _, start, end in sorted(windows):
        first, last = max(0, start - len(asked)), min(len(theirs), end + len(asked))
        if any(s < end and start < e for s, e in taken):
            continue
        appearance, begin, stop = _align(document, words, asked, theirs, (first, last), fewest, total)
        if appearance is not None and not any(s < stop and begin < e for s, e in taken):
            taken.append((begin, stop))
            yield appearance


def _align(
    document: Document,
    words: str,
    asked: Sequence[Word],
    theirs: Sequence[Word],
    window: tuple[int, int],
    fewest: float,
    total: int,
) -> tuple[Appearance | None, int, int]:
    """Return the appearance in a window of words, from the first common word to the last, and that range of words."""
    first, last = window
    steps = align_words(asked, theirs[first:last])
    common = [s for s in steps if s.kind in ("same", "reordered")]
    if not common:
        return None, first, last
    begin = first + min(s.right for s in common)
    stop = first + max(s.right_end for s in common)
    here = theirs[begin:stop]
    steps = align_words(asked, here)
    kept = sum(w.is_content for s in steps if s.kind in ("same", "reordered") for w in asked[s.left : s.left_end])
    bag = Counter(w.key for w in here) & Counter(w.key for w in asked if w.is_content)
    held = max(kept, sum(bag.values()))
    if held < fewest:
        return None, begin, stop
    same = sum(s.left_end - s.left for s in steps if s.kind == "same")
    changes = tuple(_describe(s, words, asked, document, here) for s in steps if s.kind != "same")
    if not changes:
        form: Form = "verbatim"
    elif same == len(here) and len([s for s in steps if s.kind == "same"]) == 1:
        form = "trimmed"
    elif same >= _ALTERED * len(asked):
        form = "altered"
    elif total <= _FEWEST:
        return None, begin, stop
    else:
        form = "reworded"
    span = document.span(here[0].start, here[-1].end)
    return Appearance(document, span, form, round(held / total, 4), changes), begin, stop


def _describe(
    step: Step, words: str, asked: Sequence[Word], document: Document, here: Sequence[Word]
) -> tuple[str, str, str]:
    left = words[asked[step.left].start : asked[step.left_end - 1].end] if step.left < step.left_end else ""
    right = document.text[here[step.right].start : here[step.right_end - 1].end] if step.right < step.right_end else ""
    return step.kind, " ".join(left.split()), " ".join(right.split())


def _order(appearance: Appearance) -> tuple[str, str, str, int]:
    document = appearance.document
    return document.published or "9999", document.name, document.id, appearance.span.start


def _with_sources(found: Sequence[Appearance]) -> Iterator[Appearance]:
    """Say of each appearance which one it comes from: by text that both share, or by a name beside the words."""
    from dataclasses import replace

    documents = list({a.document.id: a.document for a in found}.values())[:_MOST_COMPARED]
    worded = {d.id: list_article_words(d, split_paragraphs(d)) for d in documents} if len(documents) > 1 else {}
    for appearance in found:
        document = appearance.document
        if document.id not in worded:
            yield appearance
            continue
        named = appearance
        for other in documents:
            if other.id == document.id:
                continue
            mention = _find_name(document, appearance.span, other)
            if mention is not None:
                reason = f"{document.shown_name} names {other.shown_name} beside the words."
                named = replace(appearance, source=other.id, reason=reason, evidence=(mention,))
                break
            reuse = compare_reuse(worded[other.id], worded[document.id])
            derivation = derive(Party(other, (), other.shown_name), Party(document, (), document.shown_name), reuse)
            if derivation is not None and derivation.source == "left":
                named = replace(appearance, source=other.id, reason=derivation.reason, evidence=derivation.evidence)
                break
        yield named


def _find_name(document: Document, span: Span, other: Document) -> Span | None:
    """Return the name of another publisher in the paragraph of a span, or None."""
    if not other.publisher or len(other.publisher) < 3 or other.publisher == document.publisher:
        return None
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    bare = re.sub(r"^the\s+", "", other.publisher, flags=re.IGNORECASE)
    pattern = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")
    match = pattern.search(document.text, start, len(document.text) if end < 0 else end)
    return document.span(*match.span()) if match is not None else None
