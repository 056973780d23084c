"""Attribution: the same words in marks, given to two different people.

Two people who agree do not agree in the same nine words. So a long quotation under two names is a conflict, unless one
of the documents brings the two together around it (a joint letter, one citing the other): then nothing is ruled.
Shorter quotations and indirect speech are left alone: a phrase may well be said twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from wirecheck.checks import Check
from wirecheck.comparison.speakers import same_speaker
from wirecheck.graph import find_components
from wirecheck.language.dossier import Dossier
from wirecheck.model import Actor, Finding, Point, Quotation, Side, Span, Stated
from wirecheck.text.alignment import Word, list_words
from wirecheck.text.words import join_names

LEAST_WORDS = 9
"""Words in a row that two people do not say alike by chance. Of the quotation groups on the gold stories none of this
length is given to two people; a motto of five words is, and rightly so."""


@dataclass(frozen=True)
class _Said:
    quotation: Quotation
    speaker: Actor
    run: Span
    words: tuple[Word, ...]


def check_attribution(dossier: Dossier, points: tuple[Point, ...]) -> Iterator[Finding]:
    """Yield a conflict for each quotation that documents give to different people; "undecided" where both may stand."""
    said = _list_said(dossier)
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, item in enumerate(said):
        keys = tuple(w.key for w in item.words)
        for at in range(len(keys) - LEAST_WORDS + 1):
            by_words[keys[at : at + LEAST_WORDS]].append(number)
    joined = ((numbers[0], n) for numbers in by_words.values() for n in numbers[1:])
    for members in find_components(len(said), joined):
        items = sorted({said[n].quotation.id: said[n] for n in members}.values(), key=lambda i: _place(dossier, i))
        if len({i.speaker.id for i in items}) > 1 and _stand_apart(dossier, items):
            yield _find(dossier, items)


def _list_said(dossier: Dossier) -> list[_Said]:
    """Return the runs in marks whose speaker is a person with a full name, named beside the quotation."""
    found = []
    for quotation in dossier.quotations:
        speaker = dossier.actor(quotation.speaker)
        if quotation.kind == "indirect" or speaker is None or quotation.source is None:
            continue
        name = list_words(speaker.name)
        source = {w.key for w in list_words(dossier.words(quotation.source))}
        parts = speaker.name.split()
        proper = bool(parts) and parts[0][0].isupper() and parts[-1][0].isupper()  # not "the committee chairman"
        if speaker.kind != "person" or len(name) < 2 or not proper or not source & {w.key for w in name}:
            continue
        text = dossier.document(quotation.document).text
        for run in quotation.contents:
            words = list_words(text, run.start, run.end)
            if len(words) >= LEAST_WORDS:
                found.append(_Said(quotation, speaker, run, words))
    return found


def _stand_apart(dossier: Dossier, items: list[_Said]) -> bool:
    """Return whether every two items that differ in the speaker differ in the document, and surely in the man."""
    for at, one in enumerate(items):
        for other in items[at + 1 :]:
            if one.speaker.id == other.speaker.id:
                continue
            if one.quotation.document == other.quotation.document:
                return False
            if same_speaker(dossier, one.quotation, other.quotation) is not False:
                return False
    return True


def _find(dossier: Dossier, items: list[_Said]) -> Finding:
    together = any(
        _mentions(dossier, item, other.speaker)
        for item in items
        for other in items
        if other.speaker.id != item.speaker.id
    )
    sides: dict[str, list[_Said]] = defaultdict(list)
    for item in items:
        sides[item.speaker.id].append(item)
    opening = items[0].words[:LEAST_WORDS]
    shown = dossier.document(items[0].quotation.document).text[opening[0].start : opening[-1].end]
    gives: list[str] = []
    for of in sides.values():
        what = f"“{shown}” …" if not gives else "it"
        documents = _documents(of)
        names = join_names(dossier.shown(d) for d in documents)
        gives.append(f"{names} {'gives' if len(documents) == 1 else 'give'} {what} to {of[0].speaker.name}")
    reason = f"{', '.join(gives)}" + ("; both are named beside the words." if together else ".")
    stated = tuple(Stated(i.quotation.document, (i.run,)) for i in items)
    if together:
        return Finding("undecided", "attribution", reason, stated, "attribution", weight=0.4)
    return Finding(
        "conflict",
        "attribution",
        reason,
        stated,
        "attribution",
        sides=tuple(
            Side(s[0].speaker.name, tuple(_documents(s)), tuple(x for i in s for x in (i.run, i.quotation.source) if x))
            for s in sides.values()
        ),
        weight=0.8,
    )


def _mentions(dossier: Dossier, item: _Said, other: Actor) -> bool:
    """Return whether the paragraph of a quotation mentions another actor."""
    reading = dossier.reading(item.quotation.document)
    index = reading.paragraph_at(item.run.start)
    return index is not None and any(reading.paragraphs[index].covers(m) for m in other.mentions)


def _documents(items: list[_Said]) -> list[str]:
    return list(dict.fromkeys(i.quotation.document for i in items))


def _place(dossier: Dossier, item: _Said) -> tuple[str, str, int]:
    document = dossier.document(item.quotation.document)
    return (document.name, document.id, item.run.start)


CHECK = Check(
    name="attribution",
    version=1,
    kind="attribution",
    summary="The same long quotation given to two different people.",
    find=check_attribution,
)
