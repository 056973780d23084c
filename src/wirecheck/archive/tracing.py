"""Tracing words: every appearance of a quotation or passage in an archive, verbatim or changed, in order of time.

Long runs of the words tell by themselves. A short piece of them tells where it stands in quotation marks, or means the
same, in a report of one event with another that has the very words. What such a report says in other words is asked of
the comparison of quotations that a report of the story rests on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wirecheck.archive.appearances import FEWEST, Appearance, Asked, Found, count_stems, find_appearances, stem_key
from wirecheck.archive.crediting import with_sources
from wirecheck.archive.retelling import LIKENESS, list_retold, measure_likeness, meet
from wirecheck.archive.searching import fold_marks, list_newest
from wirecheck.errors import UsageError
from wirecheck.model import Document
from wirecheck.progress import track
from wirecheck.reuse import fingerprint
from wirecheck.store import Store
from wirecheck.stories import group_fingerprints
from wirecheck.text.alignment import list_words
from wirecheck.text.unseen import strip_unseen

# One word in marks is a piece of the passage only where so few documents have it, or this share of all.
_FEW, _FEW_SHARE = 10, 0.02
# Documents that are read word by word, best first; those with the very phrase come first.
_MOST_READ = 400
# Stories that are compared for what is said in other words.
_MOST_STORIES = 3
_RAREST = 12


@dataclass(frozen=True, slots=True)
class Trace:
    """All appearances of words, by date of publication (unknown ones last), then name and place."""

    words: str
    appearances: tuple[Appearance, ...]


def trace(store: Store, words: str, *, limit: int) -> Trace:
    """Return the appearances of a passage; see `Archive.trace`."""
    words = strip_unseen(words)
    listed = list_words(words)
    content = count_stems(listed)
    if not content:
        raise UsageError(f"a quotation or passage with a word that says something was expected; found {words!r}")
    every = content.total() == 1 and len(listed) >= FEWEST
    asked = Asked(words, listed, Counter(stem_key(w.key) for w in listed) if every else content, every=every)
    few = max(_FEW, _FEW_SHARE * store.count_newest())
    rare = {w.key for w in listed if w.is_content and 0 < _count_documents(store, words[w.start : w.end]) <= few}
    asked = replace(asked, rare=frozenset(rare))
    places = [s.id for s in list_newest(store, _list_candidates(store, asked))]
    found: list[Found] = []
    read: list[Document] = []
    for at in track(range(0, len(places), 50), "reading documents, 50 at a time"):
        for document in store.read_documents(places[at : at + 50]).values():
            found.extend(find_appearances(document, asked))
            read.append(document)
    kept = sorted(_list_sure(found, asked, read), key=_order)
    return Trace(words, tuple(with_sources(kept[:limit])))


def _count_documents(store: Store, words: str) -> int:
    tokens = re.findall(r"\w+", fold_marks(words))
    return store.count_documents_with('"' + " ".join(tokens) + '"') if tokens else 0


def _list_candidates(store: Store, asked: Asked) -> list[int]:
    """Return `seq` of documents with the phrase, then of those with most of its rarest words."""
    tokens = re.findall(r"\w+", fold_marks(asked.words))
    phrase = '"' + " ".join(tokens) + '"'
    found = [seq for seq, _ in store.search_words(phrase)]
    content = sorted(
        {t for w in asked.list if w.is_content for t in re.findall(r"\w+", fold_marks(asked.words[w.start : w.end]))}
    )
    counted = sorted((store.count_documents_with(f'"{t}"'), t) for t in content)
    rare = [f'"{t}"' for count, t in counted if count][:_RAREST]
    if asked.total <= FEWEST:  # the plural of a short phrase, or the phrase of a plural
        rare += [f'"{s}" *' for s in sorted(count_stems(asked.list)) if len(s) >= FEWEST]
    if rare:
        found += [seq for seq, _ in store.search_words(" OR ".join(rare), limit=_MOST_READ)]
    return list(dict.fromkeys(found))


def _list_sure(found: Sequence[Found], asked: Asked, others: Sequence[Document]) -> list[Appearance]:
    """Return what tells by itself, and of the rest what stands in a report of one event with it and means the same."""
    sure = [f.appearance for f in found if f.strong]
    if not sure:
        return sure
    held = {a.document.id for a in sure}
    ordered = sorted({d.id: d for d in others}.values(), key=lambda d: d.id)
    stories = [[ordered[m] for m in members] for members in group_fingerprints([fingerprint(d) for d in ordered])]
    stories = [s for s in stories if any(d.id in held for d in s)]
    near = {d.id for s in stories for d in s}
    weak = [f for f in found if not f.strong and f.appearance.document.id in near]
    sure += [f.appearance for f in weak if not f.needs_likeness]
    likely = [f.appearance for f in weak if f.needs_likeness]
    likeness = measure_likeness([a.document.words(a.span) for a in likely], [asked.words])
    sure += [a for a, (value,) in zip(likely, likeness, strict=True) if value >= LIKENESS]
    for story in sorted(stories, key=lambda s: min(d.id for d in s))[:_MOST_STORIES]:
        sure += [a for a in list_retold(story, sure, asked) if not any(meet(a.span, b.span) for b in sure)]
    return sure


def _order(appearance: Appearance) -> tuple[str, str, str, int]:
    document = appearance.document
    return document.published or "9999", document.name, document.id, appearance.span.start
