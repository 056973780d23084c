"""Quotation marks: which of them are a pair, in every style and in mixed ones, with apostrophes left alone.

A mark's direction follows from its shape where the shape has one (“ ” « »), and from its neighbours where it has none
("). Pairs never cross a paragraph, so that one stray mark cannot swallow the rest of a text; a speech of several
paragraphs, each opened and only the last closed, is one chain of runs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

_DOUBLE = '"“”„‟«»＂″〝〞「」『』'
_SINGLE = "'‘’‚‛‹›`´"
_MARK = re.compile(f"``|''|´´|[{_DOUBLE}{_SINGLE}]")
_CLOSERS = frozenset("”»〞」』’›´") | {"''", "´´"}
_ASIAN = frozenset("「」『』")
# Words that lose their beginning and keep an apostrophe there: no mark opens.
_ELISION = re.compile(
    r"(?:\d\ds?|em|til|tis|twas|cause|bout|n|round|neath|ere|tween|cuz|course|sup|kay|gain|cept)\b", re.IGNORECASE
)
# Longest run between single marks, in characters: a longer one is two apostrophes, or two pairs with a mark missing.
# Speech in the single marks of British papers seldom passes a paragraph of this length.
_LONGEST_SINGLE = 1200


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of words between two marks.

    `start` and `end` are the words inside; `outer_start` and `outer_end` include the marks. `closed` is False when no
    mark closes the run before its paragraph ends; then `end` is the end of the paragraph. `goes_on` says that the next
    run continues it: its paragraph opens the same marks anew. `depth` counts the runs around it. `double` tells the
    two families apart.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    double: bool
    closed: bool
    depth: int = 0
    goes_on: bool = False


def find_marked(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[Marked]:
    """Return the runs between quotation marks of the given paragraphs, by place, the outer before the inner.

    >>> text = 'He said: “I’m ‘fine’ now.”'
    >>> [(text[m.start:m.end], m.depth) for m in find_marked(text, [(0, len(text))])]
    [('I’m ‘fine’ now.', 0), ('fine', 1)]
    """
    ordered = sorted(paragraphs)
    by_paragraph = [_find_in(text, start, end) for start, end in ordered]
    found: list[Marked] = []
    for index, runs in enumerate(by_paragraph):
        last = runs[-1] if runs else None
        for run in runs:
            follows = False
            if not run.closed and run.depth == 0 and index + 1 < len(ordered):
                follows = _opens_with(text, ordered[index + 1], double=run.double) and (
                    run is last or all(r.depth > 0 for r in runs if r.start > run.start)
                )
            found.append(replace(run, goes_on=follows) if follows else run)
    return found


def _opens_with(text: str, paragraph: tuple[int, int], *, double: bool) -> bool:
    start = paragraph[0]
    match = _MARK.match(text, start)
    if match is None or _is_double(match.group()) is not double:
        return False
    return match.group() not in _CLOSERS or match.group() == "''"


def _is_double(mark: str) -> bool:
    return len(mark) == 2 or mark in _DOUBLE


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    double: bool
    may_open: bool
    may_close: bool


def _find_in(text: str, start: int, end: int) -> list[Marked]:
    """Return the runs of one paragraph: double marks first, single ones inside and outside them."""
    marks = [_look(text, m.start(), m.end(), start, end) for m in _MARK.finditer(text, start, end)]
    doubles = _pair_doubles([m for m in marks if m.double], text, end)
    singles: list[Marked] = []
    edges = [start]
    for run in doubles:
        edges += [run.outer_start, run.start, run.end, run.outer_end]
    edges.append(end)
    candidates = [m for m in marks if not m.double]
    if candidates:
        # A pair of single marks lies inside one run of double marks, or outside all; or it is around whole runs.
        inside = _pair_singles(candidates, text, doubles, start, end)
        singles = inside
    return _nest([*doubles, *singles])


def _look(text: str, start: int, end: int, low: int, high: int) -> _Mark:
    mark = text[start:end]
    double = _is_double(mark)
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    if mark in _ASIAN:
        return _Mark(start, end, mark, double, mark in "「『", mark in "」』")
    opens = _starts_word(before) and not after.isspace()
    closes = not before.isspace() and before not in "([{" and _ends_word(after)
    if double:
        if mark in ("“", "„", "‟", "〝", "``"):
            # German and Polish close with “ what „ opened; a mark turned round by a word processor does too.
            # “ It is safe, ” in text put together from tokens: between two spaces the shape decides.
            return _Mark(start, end, mark, True, not after.isspace() or before.isspace(), closes and not opens)
        if mark in ("”", "〞", "''", "´´"):
            return _Mark(start, end, mark, True, opens and not closes, True)
        if mark == "«":
            return _Mark(start, end, mark, True, not closes or opens, closes and not opens)
        if mark == "»":
            return _Mark(start, end, mark, True, opens and not closes, not opens or closes)
        loose = before.isspace() and after.isspace()
        return _Mark(start, end, mark, True, opens or loose, closes or loose or not opens)
    if mark in ("‘", "‚", "‛", "‹", "`"):
        return _Mark(
            start,
            end,
            mark,
            False,
            _starts_word(before) and not after.isspace(),
            mark == "‘" and closes and not before.isalnum(),
        )
    if mark in ("’", "›", "´"):
        return _Mark(start, end, mark, False, False, closes)
    opens = opens and after not in ".,;:!?)" and _ELISION.match(text, end, high) is None
    return _Mark(start, end, mark, False, opens, closes)


def _starts_word(before: str) -> bool:
    return before.isspace() or before in "([{—–-‒―/:;,.…" + _DOUBLE + _SINGLE + "\u200b\ufeff*•>|=+"


def _ends_word(after: str) -> bool:
    return after.isspace() or not after.isalnum()


def _pair_doubles(marks: list[_Mark], text: str, end: int) -> list[Marked]:
    """Pair double marks from left to right; a mark that must open ends an unclosed run before it.

    German quotations may nest guillemets in „…“; other double marks inside double marks are read as a run that was
    never closed.
    """
    runs: list[Marked] = []
    opened: _Mark | None = None
    for index, mark in enumerate(marks):
        if opened is None:
            if mark.may_open or (mark.text == '"' and not mark.may_close):
                opened = mark
            continue
        must_open = mark.may_open and not mark.may_close
        if mark.may_open and mark.may_close and mark.text == '"':
            # Between a word's end and a word's beginning the mark closes what is open.
            must_open = False
        if opened.text in "„‚" and mark.text == "“":
            must_open = False
        if must_open and mark.text == '"' and _is_misplaced(marks[index + 1 : index + 2], opened, mark, text):
            must_open = False
        if must_open:
            if not text[opened.end : mark.start].strip():
                opened = mark
                continue
            runs.append(_unclosed(opened, mark.start, text))
            opened = mark
            continue
        if mark.start > opened.end:
            stop = mark.start
            if mark.may_open and not mark.may_close:
                while text[stop - 1].isspace():  # the misplaced space is none of the words
                    stop -= 1
            runs.append(Marked(opened.end, stop, opened.start, mark.end, True, True))
        opened = None
    if opened is not None and text[opened.end : end].strip():
        runs.append(_unclosed(opened, end, text))
    return runs


def _is_misplaced(following: list[_Mark], opened: _Mark, mark: _Mark, text: str) -> bool:
    """Return whether a straight mark closes though the space stands on its wrong side: `word, "said Roe. "Next`.

    The words before it end as speech before a tag does, a small letter follows, and the next mark opens; where the next
    one closes, it is a word in marks inside the speech: `the word, "trust" and so on`.
    """
    before = text[opened.end : mark.start].rstrip()
    if not before.endswith((",", "?", "!")) or not text[mark.end : mark.end + 1].islower():
        return False
    return all(m.may_open and not m.may_close for m in following)


def _unclosed(opened: _Mark, end: int, text: str) -> Marked:
    while end > opened.end and text[end - 1].isspace():
        end -= 1
    return Marked(opened.end, end, opened.start, end, opened.double, False)


def _pair_singles(marks: list[_Mark], text: str, doubles: list[Marked], start: int, end: int) -> list[Marked]:
    """Pair single marks; a pair never parts a run of double marks, and a possessive plural closes nothing lightly."""
    runs: list[Marked] = []
    index = 0
    while index < len(marks):
        mark = marks[index]
        index += 1
        if not mark.may_open:
            continue
        home = _home(mark.start, doubles)
        limit = home.end if home is not None else end
        closers: list[int] = []
        for at in range(index, len(marks)):
            other = marks[at]
            if other.start >= limit or other.start - mark.end > _LONGEST_SINGLE:
                break
            if other.may_open and not other.may_close:
                # ‘a’ … ‘b’: the first pair closes before the second opens.
                if closers or other.text == "‘":
                    break
                continue
            if other.may_close and other.start > mark.end and _home(other.start, doubles) == home:
                closers.append(at)
        chosen = _choose(closers, marks, text)
        if chosen is None:
            if home is None and mark.text in "‘'" and _opens_paragraph(text, mark, start) and mark.text == "‘":
                runs.append(_unclosed(mark, end, text))
            continue
        close = marks[chosen]
        runs.append(Marked(mark.end, close.start, mark.start, close.end, False, True))
        index = chosen + 1
        # Pairs inside the pair: ‘He said: “Go”’ has doubles inside, which are found already.
    return runs


def _opens_paragraph(text: str, mark: _Mark, start: int) -> bool:
    return not text[start : mark.start].strip()


def _choose(closers: list[int], marks: list[_Mark], text: str) -> int | None:
    """Choose what closes a single mark: the first one that is no possessive plural ("the workers’ rights")."""
    for at in closers:
        mark = marks[at]
        before, after = text[mark.start - 1], text[mark.end : mark.end + 2]
        possessive = before in "sxz" and len(after) == 2 and after[0] == " " and after[1].islower()
        if not possessive:
            return at
    return closers[0] if closers else None


def _home(at: int, doubles: list[Marked]) -> Marked | None:
    """Return the run of double marks, of those of a paragraph by place, that a character is in, or None."""
    index = bisect_right(doubles, at, key=lambda r: r.start) - 1
    return doubles[index] if index >= 0 and at < doubles[index].end else None


def _nest(runs: list[Marked]) -> list[Marked]:
    """Return the runs by place with their depth; a run that crosses another is left out."""
    ordered = sorted(runs, key=lambda r: (r.outer_start, -r.outer_end))
    nested: list[Marked] = []
    stack: list[Marked] = []
    for run in ordered:
        while stack and stack[-1].outer_end <= run.outer_start:
            stack.pop()
        if stack and run.outer_end > stack[-1].outer_end:
            continue
        placed = replace(run, depth=len(stack))
        nested.append(placed)
        stack.append(placed)
    return nested


def mask_marked(text: str, runs: Iterable[Marked]) -> str:
    """Return a text of the same length in which the words that closed marks hold are blanked.

    >>> mask_marked("He said “no” twice.", find_marked("He said “no” twice.", [(0, 19)]))
    'He said ■■■■ twice.'
    """
    parts = []
    at = 0
    for run in runs:
        if run.outer_start >= at and (run.closed or run.goes_on):
            parts.append(text[at : run.outer_start])
            parts.append("\u25a0" * (run.outer_end - run.outer_start))
            at = run.outer_end
    parts.append(text[at:])
    return "".join(parts)


def close_marks(text: str, start: int, end: int) -> int:
    """Return the end of a run, behind the mark right after it that closes a quotation or bracket open in it."""
    inside, behind = text[start:end], text[end : end + 2]
    for opening, closing in ("“”", "()", "[]", "‘’"):
        if inside.count(opening) > inside.count(closing):
            at = behind.find(closing)
            return end + at + 1 if at >= 0 else end
    return end
