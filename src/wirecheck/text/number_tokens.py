"""Tokens of numbers: what the lists of words say, digits in all their forms, and the words that name a part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from wirecheck.text.gazetteer import load_list

NumberKind = Literal["integer", "decimal", "fraction", "power", "vague"]


class _Words(NamedTuple):
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]


@cache
def number_words() -> _Words:
    data = load_list("numbers")
    scales = {
        **data["scales"],
        **{f"{name}s": value for name, value in data["scales"].items() if name in ("lakh", "lac", "crore")},
    }
    return _Words(data["cardinals"], data["ordinals"], scales, data["suffixes"])


@cache
def list_denominators() -> Mapping[str, tuple[int, bool]]:
    """Return words that name a part, with its denominator and whether the word is plural."""
    data = load_list("numbers")
    found: dict[str, tuple[int, bool]] = {
        "half": (2, False),
        "halves": (2, True),
        "quarter": (4, False),
        "quarters": (4, True),
    }
    for word, value in data["ordinals"].items():
        if value > 2:
            found[word] = (value, False)
            found[f"{word}s"] = (value, True)
    found["firsts"] = (1, True)
    found["seconds"] = (2, True)
    found["first"] = (1, False)
    found["second"] = (2, False)
    return found


VULGAR = {
    "½": (1, 2),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
# Digits joined by points, commas, marks or apostrophes are one figure, read whole or left open, never in part. Whole
# are thousands in groups (English, Indian, Swiss, and of most of Europe where a second group or a decimal comma shows
# them), decimals with a point (a raised one too) and with a comma and one or two digits, where what follows is no list.
# Groups behind spaces are one number where the first has up to three digits, and are open where it has more and one of
# the others begins with a nought, as no number does: "2023 000 km".
_SPACE = r"[ \u00a0\u202f\u2009]"
_FIGURE = rf"\d+(?:[.,·'’٫٬]\d+)+(?:{_SPACE}0\d\d)*(?![\d])"
_SPACED = rf"\d+(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,٫]\d+(?![\d]))?"
_READABLE = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?"
    r"|(?P<european>\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2})|\d+[.·]\d+|\d+,\d{1,2}"
)
# Three digits behind one point are a decimal where a share, a scale or a small unit follows, or a nought stands before.
_THOUSAND_OR_DECIMAL = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_TOKEN = re.compile(
    rf"(?P<spaced>{_SPACED})|(?P<figure>{_FIGURE})"
    r"|(?P<numeral>\d+|(?<![\w.])\.\d+)"
    r"|(?P<vulgar>[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<gap>\s+)|(?P<mark>.)",
    re.DOTALL,
)
# Words behind which four digits are a year, whatever figure follows: "in 2023 500 people".
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|from|during|before|after|through|early|mid|late|year"
    r"|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)[.,]?[\s-]\Z",
    re.IGNORECASE,
)
_GROUP = re.compile(rf"{_SPACE}(\d)\d\d(?!\d)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_EASTERN = str.maketrans("٫٬", ".,")
_MONEY_SIGNS = tuple("$£€¥₹")
_MONEY_BEFORE = re.compile(r"(?:[$£€¥₹]|\b[A-Z]{3}|\b[Kk]r\.?|\bRs\.?)\s?\Z")
_MONEY_AFTER = re.compile(r"\s?(?:[$£€¥₹]|(?:euros?|dollars?|pounds?|francs?|kron\w+|zloty\w*|rupees?)\b)")
_DECIMAL_AFTER = re.compile(
    r"\s?(?:%|pct\b|pc\b|percent|per\s?cent|-?(?:hundred|thousand|million|billion|trillion|lakh|crore)"
    r"|(?:mio|mln|mn|mil|mrd|mia|bn|bln|tn|[mMkKbB]|[Cc]r)\b)"
)
_MEASURED_AFTER = re.compile(
    r"[\s-]?(?:seconds?|secs?|minutes?|hours?|miles?|kilomet\w+|km|met(?:er|re)s?|cm|mm|m|inch\w*|feet|foot|ft|kilos?|kg"
    r"|grams?|tonnes?|tons?|lit(?:er|re)s?|degrees?|points?|years?|magnitude)\b"
)


# Letters that stand against a number without making a name of it, as those of Latin, Greek and Cyrillic do: "12人".
_APART = re.compile("[\u0531-\u1cff\u2e80-\ua6ff\ua800-\uab2f\uab70-\ufaff\ufb13-\uffff\U00010800-\U0003ffff]")
# Those of them that multiply a number, or make it a part of a date or a clock time.
_COUNTING = frozenset("十百千万萬億亿兆京십백천만억조年月日時时点點分秒号號년월일시분초")


def stands_apart(letter: str) -> bool:
    """Return whether a letter may stand against a number that is none of its word.

    >>> stands_apart("人"), stands_apart("m")
    (True, False)
    """
    return _APART.match(letter) is not None


def is_counted_with(letter: str) -> bool:
    """Return whether a letter against a number changes what it stands for: "12万", "12月"."""
    return letter in _COUNTING


class Token(NamedTuple):
    start: int
    end: int
    kind: str
    text: str
    """Lower case."""
    raw: str


def _split(text: str) -> list[Token]:
    """Return the tokens of a text, white space left out."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind != "gap":
            raw = match.group()
            if kind == "figure":
                kind = "numeral" if _is_readable(text, match) else "open"
            elif kind == "spaced":
                found += _read_spaced(text, match)
                continue
            found.append(Token(match.start(), match.end(), kind, raw.lower(), raw))
    return found


def heads_groups(text: str, start: int, end: int) -> bool:
    """Return whether four digits that may be a year belong to the groups of digits that follow them.

    >>> [heads_groups(t, 3, 7) for t in ("in 2023 500 people", "in 2023 000 people", "of 2023 500 people", "in 2023")]
    [False, True, True, False]
    """
    group = _GROUP.match(text, end)
    return group is not None and (group[1] == "0" or _YEAR_BEFORE.search(text, max(0, start - 12), start) is None)


def _read_spaced(text: str, match: re.Match[str]) -> list[Token]:
    """Return groups of digits as one number, as a year and a number, or as one that is left open."""
    raw, start = match.group(), match.start()
    head = re.split(_SPACE, raw, maxsplit=1)[0]
    at = start
    if len(head) > 3 and _YEAR.fullmatch(head) and not heads_groups(text, start, start + len(head)):
        at = start + len(head) + 1
    kept = [Token(start, at - 1, "numeral", head, head)] if at > start else []
    rest = raw[at - start :]
    first = re.split(_SPACE, rest, maxsplit=1)[0]
    tail = re.search(r"[.,٫](\d+)\Z", rest)
    first = re.split(r"[.,٫]", first)[0]
    is_whole = len(first) <= 3 and not (first[0] == "0" and at + len(first) < match.end())
    if tail is not None and tail[0][0] != "." and len(tail[1]) > 2:
        is_whole = False
    return [*kept, Token(at, match.end(), "numeral" if is_whole else "open", rest.lower(), rest)]


def _is_readable(text: str, match: re.Match[str]) -> bool:
    """Return whether a figure is one number in one way, by its form and by what follows it."""
    raw = match.group().translate(_EASTERN)
    readable = _READABLE.fullmatch(raw)
    if readable is None:
        return False
    rest = text[match.end() : match.end() + 24]
    before = text[match.start() - 1 : match.start()]
    if _THOUSAND_OR_DECIMAL.fullmatch(raw):
        return bool(_DECIMAL_AFTER.match(rest)) or (raw[-1] != "0" and bool(_MEASURED_AFTER.match(rest)))
    if re.fullmatch(r"\d+,\d", raw):
        measured = _DECIMAL_AFTER.match(rest) or _MEASURED_AFTER.match(rest) or _MONEY_AFTER.match(rest)
        return (
            measured is not None
            or before in _MONEY_SIGNS
            or _MONEY_BEFORE.search(text[: match.start()][-5:]) is not None
        )
    return True


def read_digits(raw: str) -> tuple[float, int, NumberKind]:
    """Return the value, last place and kind of digits."""
    plain = re.sub(r"[\s\u202f'’]", "", raw.translate(_EASTERN)).replace("·", ".")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    if re.fullmatch(r"\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    plain = plain.replace(",", "")
    if "." in plain:
        digits = plain.split(".")[1]
        value = float(plain)
        return value, -len(digits), "integer" if value == int(value) and not digits.strip("0") else "decimal"
    value = float(plain) if len(plain) < 300 else float("inf")
    return value, _whole_place(plain), "integer"


def _whole_place(digits: str) -> int:
    """Return the last place that whole digits give: two or more trailing zeros are taken for rounding."""
    trailing = len(digits) - len(digits.rstrip("0"))
    return trailing if trailing >= 2 and trailing < len(digits) else 0


class Tokens:
    """The tokens of one text, and what stands at each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _split(text)

    def at(self, i: int) -> Token | None:
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def word(self, i: int) -> str:
        token = self.at(i)
        return token.text if token is not None and token.kind == "word" else ""

    def gap(self, i: int) -> str:
        """Return the white space before token i."""
        return self.text[self.tokens[i - 1].end : self.tokens[i].start] if 0 < i < len(self.tokens) else ""

    def breaks(self, i: int) -> bool:
        return "\n" in self.gap(i)

    def hop(self, i: int) -> int:
        """Return the index behind an optional hyphen at i, as in "fifty - two" or "one-eighth"."""
        token = self.at(i)
        if token is not None and token.text in ("-", "‐", "‑") and self.at(i + 1) is not None:
            return i + 1
        return i


def read_denominator(tokens: Tokens, i: int) -> tuple[int, int, bool] | None:
    """Read an ordinal in words as a denominator at i: (value, after, plural)."""
    words, parts = number_words(), list_denominators()
    value = 0.0
    j = i
    current: float | None = None
    while True:
        k = tokens.hop(j) if j > i else j
        if j > i and k < len(tokens.tokens) and (tokens.breaks(k) or tokens.breaks(j)):
            return None
        word = tokens.word(k)
        if word in parts:
            number, plural = parts[word]
            if word in ("half", "halves", "quarter", "quarters") and j > i:
                return None
            if current is not None or value:
                tens = current is not None and current % 100 in (20, 30, 40, 50, 60, 70, 80, 90) and number < 10
                hundreds = current is not None and current % 100 == 0 and number < 100
                scale = number >= 100
                if not (tens or hundreds or scale or (value and current is None)):
                    return None
                number = int(value + (current or 1) * number) if scale else int(value + (current or 0) + number)
            return number, k + 1, plural
        if word in words.cardinals:
            n = words.cardinals[word]
            if current is None:
                current = float(n)
            elif current % 100 == 0 and n < 100:
                current += n
            else:
                return None
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in words.scales and current is not None:
            value += current * words.scales[word]
            current = None
        else:
            return None
        j = k + 1


_MODEL = re.compile(r"\d|[-‐‑]\d{3}(?!\w)")  # the 9M729, a 9M-729, and no "£3m-4m"


def read_suffix(tokens: Tokens, i: int) -> int | None:
    """Return what the letters at i, behind digits, multiply them by ("1.7m", "3bn"), or None."""
    token = tokens.at(i)
    if token is None or token.kind != "word" or tokens.breaks(i):
        return None
    suffixes = number_words().suffixes
    previous = tokens.tokens[i - 1]
    glued = previous.end == token.start
    factor = suffixes.get(token.raw)
    if factor is None and token.raw.lower() in ("bn", "bln", "tn", "tln", "mln", "mil", "mio", "mrd", "mia", "mld"):
        factor = suffixes.get(token.raw.lower())
    if token.raw == "G" and ("," in previous.raw or "." in previous.raw):
        factor = 1_000_000_000
    if factor is None or _MODEL.match(tokens.text, token.end):
        return None
    if not glued and token.raw in ("b", "B", "K", "mil"):
        return None
    after = tokens.at(i + 1)
    if (
        after is not None
        and after.start == token.end
        and after.kind in ("numeral", "mark")
        and after.text in ("&", "'", "’")
    ):
        return None
    return factor


def read_power(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """Return the value of digits with an exponent at i ("6e9", "10^3") and the token behind it, or None."""
    token = tokens.at(i)
    if token is None or token.kind != "numeral":
        return None
    match = re.compile(r"(\d+(?:\.\d+)?)(?:e([+-]?\d+)|x10\^(-?\d+)|\^([+-]{0,2}\d+))(?!\w)", re.IGNORECASE).match(
        tokens.text, token.start
    )
    if match is None:
        return None
    base = float(match[1])
    try:
        if match[2] is not None or match[3] is not None:
            value = base * 10.0 ** int(match[2] or match[3])
        else:
            exponent = match[4].replace("--", "").replace("+-", "-").replace("-+", "-")
            value = base ** int(exponent)
    except OverflowError:
        return None
    after = i
    while after < len(tokens.tokens) and tokens.tokens[after].start < match.end():
        after += 1
    return value, after
