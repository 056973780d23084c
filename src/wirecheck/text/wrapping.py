# ruff: noqa: SIM905 - lists of words are easier to check on few lines
"""Lines that a program broke at a width, joined to the paragraphs that they were.

A line that was broken because it was full could not have held the first word of the next one: where that is so of most
lines, and sentences run over their ends, the text is wrapped. Blank lines, indents and lines with room left part its
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

# Columns of wrapped text: newspapers of old and mail break at 30 and more, wires at 60 to 80. One paragraph a
# line, which is how pages come, is mostly longer.
_NARROWEST, _WIDEST = 18, 130
# Share of lines behind which the first word of the next had no room, and of those that end inside a sentence.
_FULL_SHARE = 0.6
_OPEN_SHARE = 0.4
_END = re.compile(r"[.!?:;…][\"'”’)\]]*\Z")
_HYPHENED = re.compile(r"[^\W\d_]{2,}[-‐\u00ad]\Z")
_LISTED = re.compile(r"(?:[•▪●■◦*–—-]|\d{1,3}[.)]|\([a-z\d]\)|[|>#])\s?")
# First parts of words that keep their hyphen: of compounds and of numbers.
_KEPT = re.compile(
    r"(?:\A|[\W_])(?:\w+-\w+|self|ex|non|co|anti|post|pre|mid|half|well|high|low|long|short|ill|so|all|cross|semi|vice|then|now|right|"
    r"left|north|south|east|west|part|full|first|second|third|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|\w*\d)[-‐]\Z",
    re.IGNORECASE,
)
# Beginnings and endings that are no words of a compound, though some of them are words.
_BEGINNINGS = frozenset(
    "a be con com de des di dis en em fore im in inter intra ir mis out over para per pro re sub super sur trans un "
    "under up".split()
)
_ENDINGS = frozenset(
    "able ably age al ally an ant ants ar art ary ate ated ates ed en ence ent er ers es est ful fully hood i ia ial "
    "ian ic ics ing ings ion ions ious ish ism ist ists ity ive ives less let ling ly man men ment ments ness o or "
    "ors ory ous s ship ships some ted ten ter ting tion ure ward wards y".split()
)


def unwrap(text: str, *, is_word: Callable[[str], bool] = lambda word: False) -> str:
    """Return a wrapped text with one paragraph a line, hyphens at line ends undone; any other text as it is.

    A hyphen stays where it joins two words to one that `is_word` does not know.

    >>> unwrap("The ferry sank on Monday\\noff Port Elra, the recon-\\nstruction of it showed.")
    'The ferry sank on Monday off Port Elra, the reconstruction of it showed.'
    """
    lines = text.split("\n")
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if not pairs or not _is_wrapped(pairs):
        return text
    width = _find_width([a for a, _ in pairs])
    words = frozenset(re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.casefold()))
    indents = sorted(_indent(line) for line in lines if line.strip())
    base = indents[len(indents) // 3]  # at most two lines of three begin a paragraph
    paragraphs: list[list[str]] = []
    previous = ""
    for line in lines:
        if not line.strip():
            paragraphs.append([""])
        elif not previous.strip() or _indent(line) > base or _parts(previous, line, width):
            paragraphs.append([line.strip()])
        else:
            paragraphs[-1][-1:] = _join(paragraphs[-1][-1], line.strip(), words, is_word)
        previous = line
    return "\n".join("".join(parts) for parts in paragraphs)


def _is_wrapped(pairs: Sequence[tuple[str, str]]) -> bool:
    width = _find_width([a for a, _ in pairs])
    longest = max(max(len(a.rstrip()), len(b.rstrip())) for a, b in pairs)
    if not _NARROWEST <= width <= _WIDEST or longest > 1.6 * width + 10:
        return False
    full = sum(1 for a, b in pairs if _is_full(a, b, width))
    open_ended = sum(1 for a, b in pairs if _runs_on(a, b))
    return full >= _FULL_SHARE * len(pairs) and open_ended >= max(1.0, _OPEN_SHARE * len(pairs))


def _find_width(lines: Sequence[str]) -> int:
    """Return the width to which most lines were broken: some run over it by a long word or a mark."""
    lengths = sorted(len(line.rstrip()) for line in lines)
    return lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]


def _is_full(line: str, following: str, width: int) -> bool:
    first = following.split(maxsplit=1)[0]
    # A line that could have held the word with one or two characters to spare may come from a proportional font.
    return len(line.rstrip()) + 1 + len(first) > width - 2 or _breaks_word(line, following)


def _breaks_word(line: str, following: str) -> bool:
    return following.lstrip()[:1].islower() and _HYPHENED.search(line.rstrip()) is not None


def _runs_on(line: str, following: str) -> bool:
    """Return whether a sentence runs over the end of a line: no mark ends it, and the next begins small."""
    line, following = line.rstrip(), following.lstrip()
    if _END.search(line) or _LISTED.match(following):
        return False
    return following[0].islower() or line[-1] in ",-‐–—" or _HYPHENED.search(line) is not None


def _parts(line: str, following: str, width: int) -> bool:
    """Return whether a paragraph ends between two lines that stand behind each other."""
    if _LISTED.match(following.strip()):
        return True
    if _runs_on(line, following):
        return False
    return not _is_full(line, following, width)


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _join(left: str, right: str, words: frozenset[str], is_word: Callable[[str], bool]) -> tuple[str, str]:
    """Return two lines of a paragraph as they stand in it, a space or a hyphen taken care of."""
    if not _HYPHENED.search(left) or not right[:1].islower():
        return (left if left[-1:] in "‐-" and left[-2:-1].isalnum() else f"{left} "), right
    head, tail = re.split(r"[^\w‐-]", left)[-1].rstrip("-‐\u00ad"), re.match(r"[^\W_]+", right)
    rest = tail[0] if tail is not None else ""
    whole, hyphened = f"{head}{rest}".casefold(), f"{head}-{rest}".casefold()
    if whole in words or (hyphened not in words and is_word(whole)):
        return left[:-1], right
    if hyphened in words or _KEPT.search(left):
        return left, right
    is_compound = head.casefold() not in _BEGINNINGS and rest.casefold() not in _ENDINGS
    if is_compound and is_word(head.casefold()) and is_word(rest.casefold()):
        return left, right
    return left[:-1], right
