"""Numbers as English text writes them: digits, words, fractions, powers, dozens; whatever they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from wirecheck.text.number_context import is_pronoun, list_codes, list_prefixes, may_open
from wirecheck.text.number_tokens import (
    VULGAR,
    NumberKind,
    Tokens,
    is_counted_with,
    list_denominators,
    number_words,
    read_denominator,
    read_digits,
    read_power,
    read_suffix,
    stands_apart,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `[start, end)`; `low` and `high` differ only for vague words ("dozens").

    `place` is the last place that the words give, as a power of ten: "1.2 billion" is 8, "313.89" is -2, "1,500" is 2.
    """

    start: int
    end: int
    low: float
    high: float
    kind: NumberKind = "integer"
    place: int = 0
    words: bool = False
    """True when it is written in words alone: "twenty-three"."""

    @property
    def value(self) -> float:
        return self.low


# --- numbers ---------------------------------------------------------------------------------------------------------


_DAY_BEFORE = frozenset({"on", "since", "until", "till", "before", "after", "by", "from", "dated"})
"""Words behind which two numbers with a stroke are a day."""


class _Parsed(NamedTuple):
    value: float
    after: int
    """Index of the first token behind the number."""
    place: int
    kind: NumberKind
    words: bool
    scaled: bool = False
    """True when it ends in a scale word or a suffix."""


class _Reader(Tokens):
    """A reader over the tokens of one text."""

    # cardinals

    def cardinal(self, i: int) -> _Parsed | None:
        """Read a cardinal in words, or digits followed by scale words, at token i."""
        words = number_words()
        token = self.at(i)
        if token is None:
            return None
        start = i
        in_words = True
        total = 0.0
        current: float | None = None
        last = ""
        place = 0
        kind: NumberKind = "integer"
        scaled = False
        if token.kind == "numeral":
            current, place, kind = read_digits(token.raw)
            in_words = False
            last = "digits"
            i += 1
        elif (
            token.kind == "word"
            and token.text in ("a", "an")
            and self.word(i + 1) in words.scales
            and not self.breaks(i + 1)
        ):
            current, last = 1.0, "article"
            i += 1
        while True:
            j = self.hop(i) if i > start and last not in ("digits",) else i
            if last == "digits" and self.hop(i) != i and self.word(i + 1) in words.scales:
                j = i + 1
            if i > start and j < len(self.tokens) and (self.breaks(i) or self.breaks(j)):
                break
            word = self.word(j)
            if not word:
                break
            joined = j != i
            if word == "and" and not joined and last in ("hundred", "scale") and not self.breaks(j + 1):
                following = self.word(j + 1)
                # "two thousand and two hundred", not "a million and one of them" and not "1,000 and 20".
                if following in words.cardinals and self._lower(j + 1, last):
                    j, word = j + 1, following
                else:
                    break
            if word in words.cardinals:
                value = float(words.cardinals[word])
                if current is None:
                    current = value
                elif (last == "hundred" and value < 100) or (last == "tens" and 1 <= value <= 9):
                    current += value
                else:
                    break
                last = "tens" if value >= 20 else "unit"
                scaled = False
            elif word == "hundred":
                if last in ("hundred", "scale") and current is None and total and last != "scale":
                    break
                if current is None and total:
                    break
                if last == "digits" and current is not None and current >= 100 and place >= 0:
                    break
                current = (1.0 if current is None else current) * 100
                place = 2 + (place if last == "digits" else 0)
                last = "hundred"
                scaled = True
            elif word in words.scales:
                scale = words.scales[word]
                power = len(str(scale)) - 1
                if current is None:
                    if not total:
                        if i == start and not self._bare_scale(j):
                            return None
                        total = float(scale)
                    elif last == "scale":
                        total *= scale
                    else:
                        break
                else:
                    total += current * scale
                place = place + power if last in ("digits", "hundred", "scale") else power
                if current is not None and last in ("unit", "tens", "article"):
                    place = power
                current = None
                last = "scale"
                scaled = True
            else:
                break
            i = j + 1
        if last in ("", "article"):
            return None
        value = total + (current or 0.0)
        if last in ("unit", "tens"):
            place = 0
        if in_words and not scaled:
            place = 0
        if kind == "decimal" and value == int(value):
            kind = "integer"
        return _Parsed(value, i, place, kind, in_words, scaled)

    def _lower(self, i: int, last: str) -> bool:
        """Return whether the number at i may be added: below a hundred behind "hundred", and no fraction follows it."""
        inner = self.cardinal(i)
        if inner is None:
            return False
        if last == "hundred" and inner.value >= 100:
            return False
        following = self.word(self.hop(inner.after))
        part = list_denominators().get(following)
        # "one hundred and three quarters": the three belongs to the quarters; "and thirty fifths" is improper and
        # does not.
        return not (part is not None and part[1] and inner.value < part[0]) and not (
            inner.value == 1 and part is not None
        )

    def _bare_scale(self, i: int) -> bool:
        """Return whether a scale word may stand for one of it: "hundred thousand dollars", but no "million" alone."""
        return self.word(i + 1) in number_words().scales

    def fraction(self, i: int) -> _Parsed | None:
        """Read a fraction at i: "two thirds", "a hundred trillionths", "three twenty firsts", "4/5", "½"."""
        token = self.at(i)
        if token is None:
            return None
        if token.kind == "vulgar":
            top, bottom = VULGAR[token.raw]
            return _Parsed(top / bottom, i + 1, -2, "fraction", False)
        if token.kind == "numeral":
            slash, bottom_token = self.at(i + 1), self.at(i + 2)
            if slash is not None and bottom_token is not None and slash.text == "/" and bottom_token.kind == "numeral":
                around = (self.at(i - 1), self.at(i + 3))
                close = slash.start == token.end and bottom_token.start == slash.end
                if close and not any(t is not None and t.text == "/" for t in around):
                    top_value, bottom_value = read_digits(token.raw)[0], read_digits(bottom_token.raw)[0]
                    # "2023/24", "50/50" and "24/7" are none, and "on 5/6" is a day.
                    is_part = top_value < bottom_value and top_value == int(top_value)
                    if is_part and (self.word(i - 1) not in _DAY_BEFORE or self.word(i + 3) == "of"):
                        return _Parsed(top_value / bottom_value, i + 3, -2, "fraction", False)
            return self.over(i)
        if token.kind != "word":
            return None
        if token.text in ("half", "quarter"):
            if self.word(i + 1) in ("a", "an") and (
                self.word(i + 2) in number_words().scales or self.word(i + 2) == "dozen"
            ):
                return _Parsed(0.5 if token.text == "half" else 0.25, i + 1, -1, "fraction", True)
            return _Parsed(0.5, i + 1, -1, "fraction", True) if token.text == "half" else None
        if token.text in ("a", "an"):
            part = read_denominator(self, self.hop(i + 1))
            if (
                part is not None
                and not part[2]
                and not self.breaks(i + 1)
                and part[0] > 1
                and self.word(i + 1) != "second"
            ):
                return _Parsed(1 / part[0], part[1], -2, "fraction", True)
        over = self.over(i)
        if over is not None:
            return over
        # The numerator is the longest cardinal whose rest is an ordinal; the tens before the ordinal belong to it.
        best: _Parsed | None = None
        for end in self._numerators(i):
            numerator, after = end
            part = read_denominator(self, self.hop(after))
            if part is None or part[0] < 2:
                continue
            if not part[2] and numerator != 1:
                continue
            best = _Parsed(numerator / part[0], part[1], -2, "fraction", True)
            break
        return best

    def _numerators(self, i: int) -> Iterator[tuple[float, int]]:
        """Yield what may be a numerator at i as (value, after), the likeliest first."""
        whole = self.cardinal(i)
        if whole is None:
            return
        # Cut the last tens off when an ordinal of units or nothing but it follows: "one hundred | thirty fifths".
        last = whole.after - 1
        words = number_words()
        token = self.word(last)
        if token in words.cardinals and words.cardinals[token] >= 20 and last > i and self.word(last - 1) != "and":
            shorter = self._cardinal_until(i, last)
            following = read_denominator(self, last)
            if shorter is not None and following is not None:
                yield shorter, last
        yield whole.value, whole.after

    def _cardinal_until(self, i: int, stop: int) -> float | None:
        inner = _Reader(self.text[: self.tokens[stop].start])
        parsed = inner.cardinal(i)
        return parsed.value if parsed is not None and parsed.after == stop else None

    def over(self, i: int) -> _Parsed | None:
        """Read "one over three" and "two out of five hundred"."""
        top = self.cardinal(i)
        if top is None:
            return None
        j = top.after
        if self.word(j) == "over":
            j += 1
        elif self.word(j) == "out" and self.word(j + 1) == "of":
            j += 2
        else:
            return None
        bottom = self.cardinal(j)
        if bottom is None or not bottom.value or top.value >= bottom.value or top.value < 1:
            return None
        if self.word(top.after) == "over" and self.word(bottom.after):
            return None
        if top.value >= FEWEST_OF_A_PART and self.word(top.after) == "out":
            return None
        return _Parsed(top.value / bottom.value, bottom.after, -2, "fraction", top.words and bottom.words)

    # the whole

    def number(self, i: int) -> _Parsed | None:
        """Read the longest number at token i."""
        words = number_words()
        token = self.at(i)
        if token is None:
            return None
        power = read_power(self, i)
        if power is not None:
            return _Parsed(*power, 0, "power", False)
        fraction = self.fraction(i)
        if fraction is not None:
            return self._times(fraction)
        parsed = self.cardinal(i)
        if parsed is None:
            return None
        j = parsed.after
        # five point five; nought point nought three
        if parsed.words and self.word(j) == "point":
            digits = ""
            k = j + 1
            while self.word(k) in words.cardinals and not self.breaks(k):
                value = words.cardinals[self.word(k)]
                joined = self.hop(k + 1)
                if value >= 20 and 1 <= words.cardinals.get(self.word(joined), 0) <= 9:
                    value += words.cardinals[self.word(joined)]
                    k = joined
                digits += str(value)
                k += 1
            if digits:
                decimal = _Parsed(float(f"{parsed.value:.0f}.{digits}"), k, -len(digits), "decimal", True)
                return self._scale(decimal)
        if token.kind == "numeral":
            # 1 4/5, 3½
            mixed = self.fraction(j) if not parsed.scaled and self._mixes(j) else None
            if mixed is not None and mixed.value < 1:
                return self._times(_Parsed(parsed.value + mixed.value, mixed.after, -2, "fraction", False))
            suffixed = self._suffix(parsed)
            if suffixed is not None:
                return suffixed
        # three and one fourth; one million and a half (of a million); 3 million and a quarter
        if self.word(j) == "and":
            part = self.fraction(j + 1)
            article = self.word(j + 1) in ("a", "an")
            if article and self.word(j + 2) in ("half", "quarter"):
                part = _Parsed(0.5 if self.word(j + 2) == "half" else 0.25, j + 3, -1, "fraction", True)
            if part is not None and part.value < 1 and not self.breaks(j + 1):
                if parsed.scaled and parsed.value >= 1000:
                    scale = self._last_scale(parsed.after)
                    following = self.word(part.after)
                    if following in words.scales:
                        return _Parsed(
                            parsed.value + part.value * words.scales[following],
                            part.after + 1,
                            parsed.place,
                            "fraction",
                            parsed.words,
                            True,
                        )
                    return _Parsed(
                        parsed.value + part.value * scale, part.after, parsed.place - 1, "fraction", parsed.words
                    )
                return self._times(_Parsed(parsed.value + part.value, part.after, -2, "fraction", parsed.words))
            inner = self.number(j + 1) if parsed.words and parsed.value % 10 == 0 and not parsed.scaled else None
            if inner is not None and inner.kind == "fraction" and 1 <= inner.value < 10 and inner.words:
                return _Parsed(parsed.value + inner.value, inner.after, -2, "fraction", True)
        return self._dozen(parsed)

    def _mixes(self, j: int) -> bool:
        token = self.at(j)
        return token is not None and token.kind in ("numeral", "vulgar") and not self.breaks(j)

    def _last_scale(self, after: int) -> float:
        word = self.word(after - 1)
        return float(number_words().scales.get(word, 1))

    def _times(self, fraction: _Parsed) -> _Parsed:
        """Multiply a fraction by what follows it: "half a dozen", "a quarter million", "two thirds of a million"."""
        words = number_words()
        j = fraction.after
        if self.breaks(j):
            return fraction
        k = j
        if self.word(k) == "of" and self.word(k + 1) in ("a", "an"):
            k += 2
        elif self.word(k) in ("a", "an"):
            k += 1
        k = self.hop(k) if k == j else k
        word = self.word(k)
        if word in words.scales and word != "hundred":
            return _Parsed(
                fraction.value * words.scales[word],
                k + 1,
                len(str(words.scales[word])) - 2,
                "fraction",
                fraction.words,
                True,
            )
        if word == "dozen" and k >= j:
            return _Parsed(fraction.value * 12, k + 1, 0, "integer", fraction.words)
        return fraction

    def _scale(self, parsed: _Parsed) -> _Parsed:
        word = self.word(parsed.after)
        if word in number_words().scales:
            scale = number_words().scales[word]
            return parsed._replace(
                value=parsed.value * scale,
                after=parsed.after + 1,
                place=parsed.place + len(str(scale)) - 1,
                scaled=True,
            )
        return parsed

    def _dozen(self, parsed: _Parsed) -> _Parsed:
        word = self.word(self.hop(parsed.after))
        if word in ("dozen", "dozens", "dozs", "doz") and not self.breaks(parsed.after) and parsed.value < 1000:
            return _Parsed(parsed.value * 12, self.hop(parsed.after) + 1, 0, "integer", parsed.words)
        return parsed

    def _suffix(self, parsed: _Parsed) -> _Parsed | None:
        factor = None if parsed.scaled else read_suffix(self, parsed.after)
        if factor is None:
            return None
        power = len(str(factor)) - 1
        value = parsed.value * factor
        kind: NumberKind = "integer" if value == int(value) and parsed.kind == "integer" else parsed.kind
        return _Parsed(value, parsed.after + 1, parsed.place + power, kind, False, True)


_NEGATIVE = frozenset(("minus", "negative"))
FEWEST_OF_A_PART = 1000
"""From here on "between 1,320 and 6,630 out of 1.3 million" is a count with its whole, and no fraction."""


def find_numbers(text: str, *, glued: bool = False) -> tuple[Number, ...]:
    """Return every number in a text, sorted, not overlapping; ordinals are none.

    With `glued`, also the digits to which letters stick ("75ml", "£1.7m"), which are no numbers on their own.

    >>> [(n.value, n.place) for n in find_numbers("two-thirds of $1.2 billion, or half a dozen")]
    [(0.6666666666666666, -2), (1200000000.0, 8), (6.0, 0)]
    """
    reader = _Reader(text)
    found: list[Number] = []
    i = 0
    while i < len(reader.tokens):
        number = _number_at(reader, i, glued)
        if number is None:
            i += 1
            continue
        parsed, start = number
        end = reader.tokens[parsed.after - 1].end
        if parsed.value != float("inf"):
            found.append(Number(start, end, parsed.value, parsed.value, parsed.kind, parsed.place, parsed.words))
        i = parsed.after
    return tuple(found)


def _may_precede(word: str) -> bool:
    """Return whether digits that stand against the end of a word are a number of their own."""
    return word.lower() in list_prefixes() or (stands_apart(word[-1]) and not is_counted_with(word[-1]))


def _number_at(reader: _Reader, i: int, glued_too: bool) -> tuple[_Parsed, int] | None:
    token = reader.tokens[i]
    if token.kind == "mark":
        return None
    previous = reader.at(i - 1)
    glued = previous is not None and previous.end == token.start
    if token.kind in ("numeral", "vulgar"):
        if glued and previous is not None and previous.kind == "word" and not _may_precede(previous.raw):
            return None
        if token.raw.startswith(".") and previous is not None and glued and previous.kind != "mark":
            return None
    elif token.text in ("a", "an"):
        if reader.word(i + 1) == "dozen":
            return _Parsed(12.0, i + 2, 0, "integer", True), token.start
        if reader.word(i + 1) == "half" and reader.word(i + 2) == "dozen":
            return _Parsed(6.0, i + 3, 0, "integer", True), token.start
    elif token.text == "one" and is_pronoun(reader, i):
        return None
    parsed = reader.number(i)
    if parsed is None:
        return None
    following = reader.at(parsed.after)
    last = reader.tokens[parsed.after - 1]
    if not glued_too and last.kind in ("numeral", "vulgar") and following is not None and following.start == last.end:
        if following.kind == "word" and following.raw.lower() not in list_codes():
            return None
        if following.kind == "word" and len(following.raw) <= 3:
            return None
    value, start = parsed.value, token.start
    if parsed.kind == "power" and previous is not None and previous.text == "-" and glued and may_open(reader, i - 1):
        return parsed._replace(value=-value), previous.start
    if previous is not None and previous.text in ("-", "−") and token.kind == "numeral" and may_open(reader, i - 1):
        before = reader.at(i - 2)
        spaced = previous.end != token.start
        if not spaced or before is None or before.end == previous.start:
            parsed, start = parsed._replace(value=-value), previous.start
    elif reader.word(i - 1) in _NEGATIVE and not reader.breaks(i):
        parsed, start = parsed._replace(value=-value), reader.tokens[i - 1].start
    elif previous is not None and previous.text in ("-", "‑") and glued and reader.word(i - 2) in _NEGATIVE:
        parsed, start = parsed._replace(value=-value), reader.tokens[i - 2].start  # "minus-20 temperatures"
    return parsed, start
