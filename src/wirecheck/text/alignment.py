"""Word-level alignment of two wordings, with the exact offsets of every word.

Words are compared by a key that forgets what an editor may set in another way without touching what was said: case,
style of apostrophes and dashes, hyphens, accents, British or American spelling, small numbers in digits or letters,
"%" for "percent".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal

from wirecheck.text.gazetteer import load_list

StepKind = Literal["same", "inserted", "dropped", "replaced", "reordered"]

_PIECE = re.compile(
    r"""
      (?P<cut>…|\.{3,}|\.(?:[ \u00a0]\.){2,})
    | (?P<stop>[.?!])(?=["”’')\]]*(?:\s|$))
    | (?P<open>[\[(])
    | (?P<close>[\])])
    | (?P<word>
          (?:[^\W\d_]\.){2,}                                  # U.S., a.m.
        | \d+(?:[.,:]\d+)*(?:[^\W\d_]+)?                      # 12,500  27th  10:30
        | [^\W\d_]+(?:['’ʼ‘][^\W\d_]+)*                       # words, isn't, l'eau
        | [%&$€£]
      )
    """,
    re.VERBOSE,
)

# Each rule folds a British ending to the American one. A word that is folded without need ("promise" → "promize") does
# no harm, since both sides are folded; endings under which two words would meet are left out ("filled", "filed").
_SPELLINGS = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        (r"(?<=\w{2})is(e|es|ed|ing|ation|ations|er|ers)$", r"iz\1"),
        (r"(?<=\w{2})ys(e|es|ed|ing)$", r"yz\1"),
        (r"(?<=\w{2})our(s|ed|ing|able|ite|ites|ful|less|er|ers|hood|hoods)?$", r"or\1"),
        (r"(?<=\w{2}[bt])re(s|d)?$", r"er\1"),
        (r"(?<=\w)ence(s|less)?$", r"ense\1"),
        (r"(?<=[aeiou])([bcdfgmnprtv]+[aeiou])ll(ed|ing|er|ers)$", r"\1l\2"),
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, and the key under which it is compared."""

    start: int
    end: int
    key: str
    after_cut: bool = False
    """True when an ellipsis stands before the word."""
    bracketed: bool = False
    """True inside square or round brackets: an editor's word, not the speaker's."""
    run: int = 0
    """Which run of marks it stands in, where a wording has several."""
    begins: bool = False
    """True for the first word after a full stop, question mark or exclamation mark, and at the start."""

    @property
    def is_content(self) -> bool:
        """Whether the word says something by itself: not an article, pronoun, auxiliary or preposition."""
        return not is_function_word(self.key)


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the left wording to the right: word ranges `[left, left_end)` and `[right, right_end)`.

    "inserted" has no words on the left, "dropped" none on the right; "reordered" has the same words on both sides, at
    another place.
    """

    kind: StepKind
    left: int
    left_end: int
    right: int
    right_end: int

    @property
    def swapped(self) -> Step:
        """The same step seen from the right."""
        kinds: dict[StepKind, StepKind] = {"inserted": "dropped", "dropped": "inserted"}
        return Step(kinds.get(self.kind, self.kind), self.right, self.right_end, self.left, self.left_end)


def list_words(text: str, start: int = 0, end: int | None = None, *, run: int = 0) -> tuple[Word, ...]:
    """Return the words of `text[start:end]` in order, with offsets in `text`.

    >>> [w.key for w in list_words("“It’s 5 per cent of the U.S. … tax-filing,”")]
    ["it's", '5', 'percent', 'of', 'the', 'us', 'tax', 'filing']
    """
    words: list[Word] = []
    depth = 0
    cut = False
    begins = True
    for match in _PIECE.finditer(text, start, len(text) if end is None else end):
        group = match.lastgroup
        if group == "cut":
            cut = True
        elif group == "stop":
            begins = True
        elif group == "open":
            depth += 1
        elif group == "close":
            depth = max(0, depth - 1)
        else:
            key = fold_word(match.group())
            if key == "cent" and words and words[-1].key == "per" and text[words[-1].end : match.start()].isspace():
                words[-1] = Word(words[-1].start, match.end(), "percent", *_flags(words[-1]))
                continue
            words.append(Word(match.start(), match.end(), key, cut, depth > 0, run, begins))
            cut = begins = False
    return tuple(words)


def _flags(word: Word) -> tuple[bool, bool, int, bool]:
    return word.after_cut, word.bracketed, word.run, word.begins


@lru_cache(maxsize=1 << 15)
def fold_word(word: str) -> str:
    """Return the key under which a word is compared.

    >>> fold_word("Defence") == fold_word("defense"), fold_word("Seven"), fold_word("filled") == fold_word("filed")
    (True, '7', False)
    """
    key = unicodedata.normalize("NFKD", word).casefold()
    key = "".join(c for c in key if not unicodedata.combining(c))
    key = key.replace("’", "'").replace("ʼ", "'").replace("‘", "'")
    if "." in key and not key[0].isdigit():
        key = key.replace(".", "")
    number = _lists()["numbers"].get(key)
    if number:
        return number
    if key[0].isdigit():
        return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", key)
    special = {"%": "percent", "&": "and"}.get(key) or _lists()["american"].get(key)
    if special:
        return special
    for pattern, becomes in _SPELLINGS:
        key = pattern.sub(becomes, key)
    return key


def is_function_word(key: str) -> bool:
    """Return whether the key of a word says nothing by itself: an article, pronoun, auxiliary or preposition.

    >>> is_function_word("the"), is_function_word("harbor")
    (True, False)
    """
    return key in _lists()["function"]


def is_negator(key: str) -> bool:
    """Return whether the key of a word denies: "not", "never", "don't".

    >>> is_negator("not"), is_negator(fold_word("Isn’t")), is_negator("knot")
    (True, True, False)
    """
    return key in _lists()["negators"] or key.endswith("n't")


@cache
def _lists() -> dict[str, dict[str, str]]:
    listed = load_list("alignment")
    function = dict.fromkeys(listed["function"]["words"].split(), "")
    negators = dict.fromkeys(listed["negators"]["words"].split(), "")
    return {"american": listed["american"], "numbers": listed["numbers"], "function": function, "negators": negators}


def align_words(left: Sequence[Word], right: Sequence[Word]) -> tuple[Step, ...]:
    """Return the steps that lead from one wording to the other, in order of the left.

    Longest common runs first (Ratcliff and Obershelp, as in `difflib`); a lone function word between two larger
    differences is no common ground and is drawn into them. Swapping the sides swaps the steps and changes nothing else.
    """
    keys = tuple(w.key for w in left), tuple(w.key for w in right)
    if keys[1] < keys[0]:
        return tuple(sorted((s.swapped for s in _align(right, left)), key=lambda s: (s.left, s.right)))
    return _align(left, right)


def _align(left: Sequence[Word], right: Sequence[Word]) -> tuple[Step, ...]:
    blocks = _contained([w.key for w in left], [w.key for w in right])
    if blocks is None:
        matcher = SequenceMatcher(None, [w.key for w in left], [w.key for w in right], autojunk=False)
        blocks = _without_strays([b for b in matcher.get_matching_blocks() if b.size], left, len(right))
    steps: list[Step] = []
    at_left = at_right = 0
    for start_left, start_right, size in [*blocks, (len(left), len(right), 0)]:
        steps.extend(_difference(at_left, start_left, at_right, start_right))
        if size:
            steps.append(Step("same", start_left, start_left + size, start_right, start_right + size))
        at_left, at_right = start_left + size, start_right + size
    return _with_moves(steps, left, right)


def _contained(left: list[str], right: list[str]) -> list[tuple[int, int, int]] | None:
    """Return the one block of a wording that is a part of the other, at its first place, or None."""
    part, whole = (left, right) if len(left) <= len(right) else (right, left)
    if not part:
        return []
    for at in range(len(whole) - len(part) + 1):
        if whole[at] == part[0] and whole[at : at + len(part)] == part:
            return [(0, at, len(part)) if part is left else (at, 0, len(part))]
    return None


def _difference(left: int, left_end: int, right: int, right_end: int) -> list[Step]:
    if left < left_end and right < right_end:
        return [Step("replaced", left, left_end, right, right_end)]
    if left < left_end:
        return [Step("dropped", left, left_end, right, right)]
    if right < right_end:
        return [Step("inserted", left, left, right, right_end)]
    return []


def _without_strays(
    blocks: Sequence[tuple[int, int, int]], left: Sequence[Word], right_size: int
) -> list[tuple[int, int, int]]:
    """Drop matches of function words alone that stand between differences larger than themselves."""
    kept = [tuple(b) for b in blocks]
    changed = True
    while changed:
        changed = False
        for index, (a, b, size) in enumerate(kept):
            if size > 2 or any(w.is_content for w in left[a : a + size]):
                continue
            before = kept[index - 1] if index else (0, 0, 0)
            after = kept[index + 1] if index + 1 < len(kept) else (len(left), right_size, 0)
            gap_before = max(a - before[0] - before[2], b - before[1] - before[2])
            gap_after = max(after[0] - a - size, after[1] - b - size)
            if gap_before > size and gap_after > size:
                del kept[index]
                changed = True
                break
    return kept  # type: ignore[return-value]


def _with_moves(steps: Sequence[Step], left: Sequence[Word], right: Sequence[Word]) -> tuple[Step, ...]:
    """Join a dropped and an inserted run of the same words into one reordered step."""
    dropped: dict[tuple[str, ...], Step] = {}
    for step in steps:
        if step.kind == "dropped":
            keys = tuple(w.key for w in left[step.left : step.left_end])
            if any(w.is_content for w in left[step.left : step.left_end]):
                dropped.setdefault(keys, step)
    moved: dict[Step, Step | None] = {}
    for step in steps:
        if step.kind == "inserted":
            origin = dropped.pop(tuple(w.key for w in right[step.right : step.right_end]), None)
            if origin is not None:
                moved[origin] = Step("reordered", origin.left, origin.left_end, step.right, step.right_end)
                moved[step] = None
    found = [moved.get(step, step) for step in steps]
    return tuple(step for step in found if step is not None)


def similarity(left: Sequence[Word], right: Sequence[Word]) -> float:
    """Return the share of words that are common in order, from 0 to 1: twice the common words over all words.

    Two empty wordings have nothing in common: 0.0.
    """
    total = len(left) + len(right)
    if not total:
        return 0.0
    return 2.0 * sum(s.left_end - s.left for s in align_words(left, right) if s.kind == "same") / total
