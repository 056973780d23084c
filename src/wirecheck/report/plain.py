"""Words as a reader may safely see them: cut into marked pieces, shortened, and without control characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wirecheck.model import Document, Span
from wirecheck.report.rows import Mark, MarkKind

# Control characters, which a terminal may obey, halves of surrogate pairs, which nothing can encode, and the marks that
# turn the direction of all text after them.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_CUT = re.compile(r"\s\S*\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one mark, or none."""

    text: str
    mark: MarkKind | None = None


def show_plainly(text: str) -> str:
    """Return text with every unsafe character shown as U+FFFD; line breaks and tabs stay.

    >>> show_plainly("a\\x1b[31mb")
    'a\N{REPLACEMENT CHARACTER}[31mb'
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def escape_in_json(text: str) -> str:
    """Return JSON with escapes for unsafe characters, which stand in its strings alone; its value is the same.

    >>> print(escape_in_json('"a\\x9bb"'))
    "a\\u009bb"
    """
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def show_on_a_line(text: str) -> str:
    """Return text as one line: white space squeezed, unsafe characters shown as U+FFFD.

    >>> show_on_a_line(" one\\n two ")
    'one two'
    """
    return show_plainly(_SPACE.sub(" ", text).strip())


def cut_pieces(document: Document, span: Span, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Return the words of a span cut at its marks; together the pieces are the words, none of them is empty."""
    pieces = []
    at = span.start
    for mark in sorted(marks):
        if not span.covers(mark.span) or mark.span.start < at:
            continue
        pieces += [
            Piece(document.text[at : mark.span.start]),
            Piece(document.text[mark.span.start : mark.span.end], mark.kind),
        ]
        at = mark.span.end
    pieces.append(Piece(document.text[at : span.end]))
    return tuple(p for p in pieces if p.text)


def shorten(pieces: Iterable[Piece], longest: int) -> tuple[tuple[Piece, ...], bool, bool]:
    """Return pieces of `longest` characters at most, and whether words were left out before and after them.

    What is kept is one run of the words, from a little before the first mark, or from the beginning where nothing is
    marked, cut between words.
    """
    pieces = tuple(pieces)
    text = "".join(p.text for p in pieces)
    if len(text) <= longest:
        return pieces, False, False
    first = _first_mark(pieces)
    start = max(0, first - longest // 3) if first > longest // 2 else 0
    if start:
        start = text.find(" ", start) + 1
    end = start + longest
    if end < len(text):
        cut = _CUT.search(text[start:end])
        end = start + cut.start() if cut is not None and cut.start() > 0 else end
    return _slice(pieces, start, min(end, len(text))), start > 0, end < len(text)


def _first_mark(pieces: Iterable[Piece]) -> int:
    at = 0
    for piece in pieces:
        if piece.mark is not None:
            return at
        at += len(piece.text)
    return 0


def _slice(pieces: Iterable[Piece], start: int, end: int) -> tuple[Piece, ...]:
    kept, at = [], 0
    for piece in pieces:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        if text:
            kept.append(Piece(text, piece.mark))
        at += len(piece.text)
    return tuple(kept)
