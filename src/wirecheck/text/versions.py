"""Two versions of one text: what was changed, which values were corrected, and the notes that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from wirecheck.text.alignment import Word, align_words, is_negator, list_words
from wirecheck.text.furniture import find_furniture
from wirecheck.text.sentences import sentence_ranges
from wirecheck.text.timestamps import MONTH, WEEKDAY

# A block of sentences that is replaced by a longer one is told as a whole: word steps are quadratic in it.
_MOST_WORDS = 2000
# Words on either side up to which a change is a value that became another; a longer one is a passage written anew.
_LONGEST_VALUE = 8
# Values told in a sentence, and characters of a note: as many as a reader takes in at once.
_MOST_TOLD = 4
_LONGEST_NOTE = 300
# Characters in which the word beside a place is looked for.
_AROUND = 60
# Signs before a number that belong to it.
_GLUED = tuple("£$€¥₹−+±#")
_CALENDAR = re.compile(rf"(?:{WEEKDAY}|{MONTH})")

NOTED = "a correction, no part of what is compared"
REPLACED = "an earlier version is replaced"
"""How the problems begin that tell of a note of correction, and of a version that is not among the documents."""

Range = tuple[int, int]


class Revision(NamedTuple):
    """What became of a text in its next version."""

    notes: tuple[Range, ...]
    """Characters of the later text: notes of correction that the earlier one does not have."""
    changes: tuple[tuple[Range, Range], ...]
    """Values that became others: characters of the earlier text, characters of the later, in order, each pair once."""


def compare_versions(earlier: str, later: str) -> Revision:
    """Return the new notes of correction and the values that are others now.

    A value is a number, a day or month, a name within a sentence, or whether something is denied; where a new note
    speaks of the words that changed, whatever they are. Which of the two is right is not said.
    """
    notes = list_notes(later)
    known = {_squeeze(earlier, note) for note in list_notes(earlier)}
    new = tuple(note for note in notes if _squeeze(later, note) not in known)
    told = frozenset(w.key for note in new for w in list_words(later, *note) if w.is_content)
    changes: dict[tuple[str, str], tuple[Range, Range]] = {}
    for kind, left, right in list_edits(_without_notes(earlier), _without_notes(later)):
        if kind == "reordered" or not _may_be_value(earlier, left, later, right, told):
            continue
        pair = _complete(earlier, left, later, right)
        words = tuple(" ".join(w.key for w in list_words(t, *r)) for t, r in zip((earlier, later), pair, strict=True))
        if all(words) and words[0] != words[1]:
            changes.setdefault((words[0], words[1]), pair)
    return Revision(new, tuple(changes.values()))


def list_notes(text: str) -> tuple[Range, ...]:
    """Return the characters of the notes of correction in a text, in order."""
    return tuple((p.start, p.end) for p in find_furniture(text, look_for_title=False).pieces if p.kind == "correction")


def tell_revision(earlier: str, later: str, revision: Revision) -> str:
    """Return what a revision did, as the end of a sentence; "" where it did nothing that is told.

    >>> texts = "Two people died.", "Four people died."
    >>> tell_revision(*texts, compare_versions(*texts))
    '“Four people” now stands where “Two people” stood.'
    """
    values = [
        f"“{_squeeze(later, new)}” {'now stands where' if n == 0 else 'where'} “{_squeeze(earlier, old)}”"
        f"{' stood' if n == 0 else ''}"
        for n, (old, new) in enumerate(revision.changes[:_MOST_TOLD])
    ]
    more = len(revision.changes) - len(values)
    if more:
        values.append(f"{more} more {'value is' if more == 1 else 'values are'} changed")
    listed = values[0] if len(values) == 1 else f"{', '.join(values[:-1])}, and {values[-1]}" if values else ""
    notes = tell_notes(later, revision)
    return f"{listed}; {notes}" if listed and notes else notes or (f"{listed}." if listed else "")


def tell_notes(later: str, revision: Revision) -> str:
    """Return what the new notes of a version say, in their words, to the end of a sentence; "" where there are none."""
    said = [_squeeze(later, note) for note in revision.notes]
    shown = [f"“{note}”" if len(note) <= _LONGEST_NOTE else f"“{note[:_LONGEST_NOTE]}” …" for note in said]
    told = f"its {'note says' if len(shown) == 1 else 'notes say'} {' and '.join(shown)}" if shown else ""
    return told if not told or told.endswith((".”", "!”", "?”", ".)”", "…")) else f"{told}."


def _squeeze(text: str, at: Range) -> str:
    return " ".join(text[slice(*at)].split())


def _without_notes(text: str) -> str:
    """Return a text with blanks for its notes, so that what they repeat is not taken for what they are about."""
    parts, at = [], 0
    for start, end in list_notes(text):
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _may_be_value(earlier: str, left: Range, later: str, right: Range, told: frozenset[str]) -> bool:
    sides = list_words(earlier, *left), list_words(later, *right)
    if max(map(len, sides)) > _LONGEST_VALUE:
        return False
    if told.intersection(w.key for side in sides for w in side):
        return True
    values = [_values(text, side) for text, side in zip((earlier, later), sides, strict=True)]
    denied = [{key for key in side if is_negator(key)} for side in values]
    return denied[0] != denied[1] or (values[0] != values[1] and all(values))


def _values(text: str, words: Sequence[Word]) -> frozenset[str]:
    """Return the numbers, days, months, names and negations among some words, folded."""
    found = set()
    for word in words:
        shown = text[word.start : word.end]
        named = shown[0].isupper() and word.is_content and _is_name(text, word)
        if named or is_negator(word.key) or any(c.isdecimal() for c in word.key):
            found.add(word.key)
    return frozenset(found)


def _is_name(text: str, word: Word) -> bool:
    """Return whether a word with a capital has it for itself, and not because a sentence or line begins."""
    before = text[max(0, word.start - _AROUND) : word.start].rstrip(" “”\"'‘(")
    if before and before[-1] not in ".!?:\n":
        return True
    after = text[word.end : word.end + 2].strip()
    return after[:1].isupper() or _CALENDAR.fullmatch(text, word.start, word.end) is not None


def _complete(earlier: str, left: Range, later: str, right: Range) -> tuple[Range, Range]:
    """Return a change with what it cannot be read without: the noun behind a number, the words around what was put in.

    What is added stands alike in both versions.
    """
    number = any(c.isdecimal() for text, at in ((earlier, left), (later, right)) for c in _last_key(text, at))
    empty = left[0] == left[1] or right[0] == right[1]
    while number and left[0] and right[0] and earlier[left[0] - 1] == later[right[0] - 1] in _GLUED:
        left, right = (left[0] - 1, left[1]), (right[0] - 1, right[1])
    after = _pair(_next_word(earlier, left), _next_word(later, right))
    if after is not None and (empty or (number and after[0].is_content)):
        left, right = (left[0], after[0].end), (right[0], after[1].end)
    before = _pair(_word_before(earlier, left), _word_before(later, right))
    if before is not None and empty:
        left, right = (before[0].start, left[1]), (before[1].start, right[1])
    return left, right


def _pair(one: Word | None, other: Word | None) -> tuple[Word, Word] | None:
    """Return two words where they are alike."""
    return (one, other) if one is not None and other is not None and one.key == other.key else None


def _last_key(text: str, at: Range) -> str:
    words = list_words(text, *at)
    return words[-1].key if words else ""


def _next_word(text: str, at: Range) -> Word | None:
    """Return the word right behind some characters, where nothing but spaces and hyphens parts them."""
    words = list_words(text, at[1], min(len(text), at[1] + _AROUND))
    near = words and not text[at[1] : words[0].start].strip(" -‑")
    return words[0] if near else None


def _word_before(text: str, at: Range) -> Word | None:
    words = list_words(text, max(0, at[0] - _AROUND), at[0])
    near = words and not text[words[-1].end : at[0]].strip(" -‑")
    return words[-1] if near else None


def list_edits(earlier: str, later: str) -> tuple[tuple[str, tuple[int, int], tuple[int, int]], ...]:
    """Return how one text became another, in order: kind, characters of the earlier text, characters of the later.

    Kinds are inserted, dropped, replaced and reordered; the range is empty on the side that has no words. Sentences
    that both have are passed over; what is within the others is told word by word, as `text.alignment` compares words.

    >>> list_edits("Two died. It rained.", "Three died. It rained.")
    (('replaced', (0, 3), (0, 5)),)
    """
    left, right = sentence_ranges(earlier), sentence_ranges(later)
    keys = [[" ".join(text[a:b].split()) for a, b in ranges] for text, ranges in ((earlier, left), (later, right))]
    found: list[tuple[str, tuple[int, int], tuple[int, int]]] = []
    for tag, a, a_end, b, b_end in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag != "equal":
            here = (left[a][0], left[a_end - 1][1]) if a < a_end else _gap(left, a)
            there = (right[b][0], right[b_end - 1][1]) if b < b_end else _gap(right, b)
            found += _compare_words(earlier, here, later, there)
    return tuple(found)


def _gap(ranges: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    place = ranges[at][0] if at < len(ranges) else ranges[-1][1] if ranges else 0
    return place, place


def _compare_words(
    earlier: str, here: tuple[int, int], later: str, there: tuple[int, int]
) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    left, right = list_words(earlier, *here), list_words(later, *there)
    if not left or not right or len(left) + len(right) > _MOST_WORDS:
        kind = "inserted" if not left else "dropped" if not right else "replaced"
        if left or right:
            yield kind, here, there
        return
    for step in align_words(left, right):
        if step.kind != "same":
            one, other = left[step.left : step.left_end], right[step.right : step.right_end]
            yield (
                step.kind,
                (one[0].start, one[-1].end) if one else _behind(left, step.left),
                (other[0].start, other[-1].end) if other else _behind(right, step.right),
            )


def _behind(words: Sequence[Word], at: int) -> tuple[int, int]:
    """Return the empty range behind the word before a place."""
    place = words[at - 1].end if at else words[0].start
    return place, place
