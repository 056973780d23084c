"""Speech that stands without marks by its layout: labelled turns, and a paragraph behind a line that leads up to it.

"HELGA STORM: We will not close it." is speech of its label, as are the paragraphs behind "Q:" and "A:" of an interview,
whose speakers are open. A label is one only among others: a single "Update:" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wirecheck.annotators._lexicon import list_tokens, listed
from wirecheck.annotators._reporting import tag_before
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations

FEWEST_TURNS = 2
"""Paragraphs with a label that a document must have: interviews and transcripts have many, other texts none."""
FEWEST_WORDS = 2
"""Words of a turn; "No." alone is one as well, but so is the value of "Location: Ostwick"."""
LONGEST_BLOCK = 150
"""Words of a paragraph behind a line that leads up to it: longer ones are the paper's own text."""
BETWEEN = 8
"""Words between the verb of that line and its colon ("wrote in a letter to the council on Monday:")."""

_STAMP = r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s+)?"
_CAPITALS = r"[A-Z][A-Z.’'-]*(?:\s[A-Z][A-Z.’'-]*){0,4}"
_NAME = r"[A-Z][\w.’'-]*(?:\s(?:[A-Z][\w.’'-]*|of|the|de|van|von|al)){0,4}"
# [02:50:05] HELGA STORM, MAYOR OF OSTWICK (voice-over): We will not
_TURN = re.compile(
    rf"{_STAMP}(?:(?P<asked>Q|A|Question|Answer)|(?P<capitals>{_CAPITALS})(?:,\s[A-Z][^a-z:\n]{{2,60}})?|(?P<name>{_NAME}))"
    r"(?:\s?\([^)\n]{2,30}\)|\s?\[[^\]\n]{2,30}\])?\s?:\s+(?=\S)"
)
_ITEM = re.compile(r"[-–—•*·▪]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s")
_LEADS = frozenset(["say", "write", "read", "tweet", "post", "state", "reply", "respond"])


class Turn(NamedTuple):
    """Words that somebody says, `[start, end)`, with the cue, and who says it where a label or a subject names him."""

    run: tuple[int, int]
    cue: tuple[int, int]
    source: tuple[int, int] | None


def find_turns(reading: Reading, annotations: Annotations, masked: str) -> Iterator[Turn]:
    """Yield the labelled turns and the paragraphs that a line with a colon leads up to.

    In `masked` words in marks are blanked.
    """
    turns = list(_list_labelled(reading, annotations, masked))
    if len(turns) >= FEWEST_TURNS:
        yield from turns
    taken = {t.run for t in turns}
    for before, block in zip(reading.paragraphs, reading.paragraphs[1:], strict=False):
        turn = _lead(reading, masked, (before.start, before.end), (block.start, block.end))
        if turn is not None and turn.run not in taken:
            yield turn


def _list_labelled(reading: Reading, annotations: Annotations, masked: str) -> Iterator[Turn]:
    named = {(m.start, m.end) for a in annotations.mentions for m in (a.span, a.name) if m is not None}
    for paragraph in reading.paragraphs:
        match = _TURN.match(masked, paragraph.start, paragraph.end)
        if match is None or reading.document.is_furniture(paragraph.start, paragraph.end):
            continue
        label = next(g for g in ("asked", "capitals", "name") if match[g] is not None)
        if label == "name" and match.span("name") not in named:
            continue
        if label == "capitals" and (len(match["capitals"]) < 3 or _is_notice(match["capitals"])):
            continue
        run = _trim(masked, match.end(), paragraph.end)
        if run is None or _count(masked, *run) < FEWEST_WORDS or masked[run[0]] in '\u25a0“"‘«':
            continue
        colon = masked.rindex(":", match.start(), match.end())
        yield Turn(run, (colon, colon + 1), match.span(label) if label != "asked" else None)


def _is_notice(label: str) -> bool:
    """Return whether capitals say what a paragraph is and not who speaks: "UPDATE", "FULL REMARKS"."""
    words = label.casefold().split()
    return words[0] in listed("no_speakers") or words[-1] in listed("no_speakers")


def _lead(reading: Reading, masked: str, before: tuple[int, int], block: tuple[int, int]) -> Turn | None:
    """Return the paragraph `block` as speech where the one before ends in a verb of saying and a colon."""
    line = masked[slice(*before)].rstrip()
    run = _trim(masked, *block)
    if not line.endswith(":") or run is None or "\u25a0" in masked[slice(*run)] or _ITEM.match(masked, *run):
        return None
    if not FEWEST_WORDS < _count(masked, *run) <= LONGEST_BLOCK or masked[run[0] : run[1]].endswith(":"):
        return None
    colon = before[0] + len(line) - 1
    index = reading.sentence_at(colon)
    start = reading.sentences[index].start if index is not None else before[0]
    tag = tag_before(masked, max(start, before[0]), colon, classes=("say",))
    if tag is None or tag.lemma not in _LEADS or tag.source is None or _count(masked, tag.end, colon) > BETWEEN:
        return None
    if re.search(r"[a-z]{4}[.!?]\s", masked[slice(*tag.source)]):
        return None  # two sentences that were taken for one
    return Turn(run, (tag.start, tag.end), tag.source)


def _trim(masked: str, start: int, end: int) -> tuple[int, int] | None:
    inner = masked[start:end]
    first = start + len(inner) - len(inner.lstrip())
    last = start + len(inner.rstrip())
    return (first, last) if first < last else None


def _count(masked: str, start: int, end: int) -> int:
    return sum(token.group()[0].isalnum() for token in list_tokens(masked, start, end))
