"""What a text says around its dates: the tense of a clause, the date and the quarter spoken of before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from wirecheck.text.dates.calendar import calendar, follow, month_number, month_value, moved, plus, singular, year_value
from wirecheck.text.dates.expression import TimeExpression
from wirecheck.text.dates.words import BEFORE_MONTH, DAY_NAMED, MONTH_ANY, WEEKDAY
from wirecheck.text.gazetteer import common_words
from wirecheck.text.numbers import find_numbers
from wirecheck.text.zones import find_offset, has_zone, offset_of, to_utc

Match = re.Match[str]
Found = TimeExpression | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to write a date, and how it is read; what is found stands at `group` of the pattern."""

    pattern: str
    read: Callable[[Context, Match], Found]
    needs: tuple[str, ...] = ()
    """Words without one of which it cannot match; half of the time goes to rules that most texts do not need."""
    group: int = 0
    names_quarter: bool = False
    """True where a quarter that it finds is the one that the text speaks of from here on."""


_FUTURE_BEFORE = re.compile(
    r"\b(?:will|would|shall|going\sto|plans?|planned|expect\w*|scheduled?|due|next|upcoming|is\sto|are\sto|to\sbe|set\s(?:for|to)|slated|until|through|by|beginning|starting|effective|expires?|payable|hopes?|deadline|before|ahead|intends?|'ll)\b"
    r"|\b(?:is|are)\s(?:[a-z]+ly\s)?[a-z]+ed\s(?:in\s)?for\b",
    re.IGNORECASE,
)
_LED_BY = frozenset(("by", "before", "until", "through", "ahead"))
"""Words that put a date ahead only where it follows them: "by Monday", not "convicted by a jury on Monday"."""
_PAST_BEFORE = re.compile(
    r"\b(?:said|was|were|had|did|has\sbeen|have\sbeen|[a-z]{2,}ed|since|ended|earlier|told|came|took|made|went|began|fell|rose|left|found|held|gave|won|lost|met|sent|spoke|wrote)\b"
)
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\d/])")
_PLACE_TIME = (
    r"(?:local(?:\stime|(?=\s?(?:[.,;:)(]|\Z)))|(?!(?:Eastern|Central|Mountain|Pacific)\b)(?:[A-Z][\w.’'-]+\s){1,2}time"
    r"|(?:[A-Z]{2,3}T|BT)\b)"
)
_LOCAL = re.compile(rf"\b{_PLACE_TIME}")
_LOCAL_BEHIND = re.compile(rf"(?:,?\s(?:on\s)?{WEEKDAY})?,?\s?[(\[]?{_PLACE_TIME}")
_SAYS_BEHIND = re.compile(r"\s(?:said|says|told|added|asked|replied|agreed|wrote|denied)\b")
_DAY_AHEAD = re.compile(rf"[^.;\n]{{0,40}}?\bon\s({DAY_NAMED})(?!\w)")
_DATE = re.compile(rf"({MONTH_ANY})(?=\W|$)")
_YEAR_BEHIND = re.compile(r"\b(\d{4})$")
_OF_FINANCE = re.compile(r"\b(?:first|second|third|fourth)[-\s]quarter\b|\bthe\s(?:latest\s)?quarter\b", re.IGNORECASE)


@cache
def _named_after_days() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before and what after a weekday that is part of a name."""
    words = calendar()["named_after_days"]
    before = rf"\b(?:{'|'.join(map(re.escape, words['before']))})\s$"
    after = rf"[\s-](?:{'|'.join(map(re.escape, words['after']))})\b"
    return re.compile(before.replace("\\ ", r"\s")), re.compile(after.replace("\\ ", r"\s"))


def _governs(before: str, cue: Match) -> bool:
    if cue.group().lower() not in _LED_BY:
        return True
    between = before[cue.end() :].split()
    return len(between) < 2 or " ".join(between).lower().startswith(
        ("the end of", "the start of", "early", "late", "of")
    )


def _find_order(text: str) -> bool | None:
    shown = {int(m[1]) > 12 for m in _SLASHED.finditer(text) if (int(m[1]) > 12) != (int(m[2]) > 12)}
    return shown.pop() if len(shown) == 1 else None


def duration_of(count: str, unit: str) -> str:
    """Return the value of a duration of a `count_of` units."""
    unit = singular(unit)
    if unit == "fortnight" and count != "X":
        count = f"{float(count) * 2:g}"
    if unit in ("decade", "century") and count != "X":
        return f"P{float(count) * (10 if unit == 'decade' else 100):g}Y"
    return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{count}{calendar()['units'][unit]}"


def count_of(words: str) -> str:
    """Return a count of units for a duration value: "3", "2.5", "X" where the words give no number."""
    plain = words.lower().replace("-", " ").strip()
    if re.match(r"(?:a\s)?couple", plain):
        return "2"
    if re.fullmatch(r"an?|one", plain):
        return "1"
    if plain.startswith("half"):
        return "0.5"
    numbers = find_numbers(words)
    if not numbers:
        return "X"
    value = numbers[0].value
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


def and_a_half(count: str) -> str:
    return f"{float(count) + 0.5:g}" if count != "X" else count


class Context:
    """What is known of one text while its dates are read in order."""

    def __init__(self, text: str, anchor: datetime | None) -> None:
        self.text = text
        self.anchor = anchor
        self.day = anchor.date() if anchor is not None else None
        self.quarter = ""
        """The last quarter or half named, "1989-Q3"."""
        self.last = ""
        """The last date named, as a value."""
        self.instant: tuple[str, int] | None = None
        """The last clock time with a zone, and where its words end."""
        self.day_first = _find_order(text)
        """Whether the day comes first in dates of numbers; None where none of them shows it, or two show both."""
        self.finance = _OF_FINANCE.search(text) is not None

    def resolve(self, rule: Rule, match: Match) -> Found:
        """Return what a rule reads in its match, and remember it for those behind."""
        expression = rule.read(self, match)
        if expression is None:
            return None
        value = expression.value
        offset = offset_of(value)
        is_local = expression.kind == "time" and offset is None and self.names_place(match, expression.end)
        expression = replace(expression, offset_min=offset, is_local=is_local)
        if expression.kind in ("date", "time") and value:
            if rule.names_quarter and re.fullmatch(r"\d{4}-[QH]\d", value):
                old = self.day is not None and int(value[:4]) < self.day.year - (self.day.month < 4)
                if not old or not self.quarter:
                    self.quarter = value
            if value[0].isdigit():
                self.last = value
            if has_zone(value):
                self.instant = (value, expression.end)
        return expression

    def before(self, place: int, width: int) -> str:
        return self.text[max(0, place - width) : place]

    def names_place(self, match: Match, end: int) -> bool:
        """Return whether the words of a clock time, or those right behind them, say that it is that of a place."""
        behind = _LOCAL_BEHIND.match(self.text, end) is not None
        return behind or _LOCAL.search(self.text, match.start(), match.end()) is not None

    def future(self, start: int) -> bool | None:
        """Return whether the clause before a place speaks of the future (True), the past (False), or tells nothing
        (None).
        """
        near = max(0, start - 92)
        begin = max(self.text.rfind(mark, near, start) for mark in (". ", "\n", "; ")) + 1
        before = self.text[max(begin, start - 90) : start]
        ahead = [a for a in _FUTURE_BEFORE.finditer(before) if _governs(before, a)]
        behind = [b for b in _PAST_BEFORE.finditer(before) if not any(a.start() <= b.start() < a.end() for a in ahead)]
        behind = [b for b in behind if not re.search(r"\b(?:be|will|to)\s$", before[: b.start()])]  # "will be held"
        if ahead and (not behind or ahead[-1].start() > behind[-1].start()):
            return True
        if behind:
            return False
        stop = len(self.text)
        for mark in ("\n", ". ", "; "):
            at = self.text.find(mark, start, stop)
            stop = at if at >= 0 else stop
        after = self.text[start : min(stop, start + 60)]
        return True if re.search(r"\b(?:will|is\sto|are\sto)\b", after) else None

    def year_of_month(self, month: int, start: int, day: int | None = None) -> str:
        """Return the year of a month, or a day of one, that is named without a year."""
        if self.day is None:
            return "XXXX"
        ahead, today = self.future(start), self.day
        this = today.year
        if day is not None:
            try:
                candidates = [date(y, month, day) for y in (this - 1, this, this + 1)]
            except ValueError:
                return str(this)
            near = min(candidates, key=lambda c: abs((c - today).days))
            if ahead is True:
                near = next(c for c in candidates if c >= today)
            elif ahead is False and (near - today).days > 45:
                near = [c for c in candidates if c <= today][-1]
            return str(near.year)
        gap = (month - today.month) % 12
        if gap == 0:
            return str(this)
        if ahead is True or (ahead is None and gap <= 3):
            return str(this + (month < today.month))
        return str(this - (month > today.month))

    def weekday(self, number: int, start: int, word: str = "") -> str:
        """Return the day of a weekday, 1 to 7, with the word before it, in small letters."""
        if self.day is None:
            return f"XXXX-WXX-{number}"
        back = (self.day.isoweekday() - number) % 7
        if word == "next" or word.endswith("coming"):
            return plus(self.day, 7 - back)
        if word == "last" or word.endswith("past"):
            return plus(self.day, -(back or 7))
        reported = re.search(r"\b(?:said|told|announced|reported)\s(?:on\s)?$", self.before(start, 14))
        if self.future(start) is True and reported is None:  # "the company said Friday it will"
            return plus(self.day, (7 - back) % 7)
        return plus(self.day, -back)

    def is_named_after_a_day(self, start: int, end: int) -> bool:
        """Return whether a weekday is part of a name or a habit and dates nothing: "Super Tuesday", "Sunday comics"."""
        before, after = _named_after_days()
        return bool(before.search(self.text, max(0, start - 20), start) or after.match(self.text, end))

    def is_surname(self, start: int, end: int) -> bool:
        """Return whether a month is the name of somebody: a title or another name stands before it, or it speaks."""
        before = re.search(r"(?:^|[^\w.])([A-Z][\w’'-]*\.?)\s$", self.before(start, 24))
        if before is not None and not self.text[start:end].isupper():
            word = before[1].rstrip(".").lower()
            dates = (calendar()[key] for key in ("weekdays", "months", "seasons"))
            if not any(word in idle for idle in (BEFORE_MONTH, common_words(), *dates)):
                return True
        leads = re.search(r"([A-Za-z]+)[\s,]+$", self.before(start, 20))
        if leads is not None and leads[1].lower() in BEFORE_MONTH:
            return False
        return _SAYS_BEHIND.match(self.text, end) is not None

    def shift(self, unit: str, count: int) -> str:
        """Return the anchor moved by whole units, as precise as the unit."""
        day = self.day
        if day is None:
            return ""
        if unit in ("second", "minute", "hour"):
            return day.isoformat()
        if unit == "day":
            return plus(day, count)
        if unit in ("week", "fortnight"):
            week = moved(day, count * (14 if unit == "fortnight" else 7))
            return "{}-W{:02d}".format(*week.isocalendar()[:2]) if week is not None else ""
        if unit == "month":
            return month_value(day.year * 12 + day.month - 1 + count)
        if unit == "quarter":
            year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + count, 4)
            return year_value(year) and f"{year:04d}-Q{quarter + 1}"
        if unit == "year":
            return year_value(day.year + count)
        if unit in ("decade", "century"):
            years = 10 if unit == "decade" else 100
            year = day.year + years * count
            return year_value(year) and str(year // years)
        return ""

    def weekend(self, weeks: int) -> str:
        return f"{self.shift('week', weeks)}-WE" if self.day is not None else ""

    def year_word(self, word: str) -> str:
        """Return the year of "1989", "last year", "this year", "next year"."""
        if re.fullmatch(r"\d{4}", word):
            return word
        if self.day is None:
            return "XXXX"
        lower = word.lower()
        return str(self.day.year + (-1 if "last" in lower else 1 if "next" in lower else 0))

    def day_word(self, word: str, start: int) -> str:
        """Return the day of "yesterday", "Monday", "May 4", "Tuesday, 4 May 2021"; "" for other words."""
        lower = word.lower()
        if lower in ("yesterday", "today", "tomorrow"):
            return plus(self.day, {"yesterday": -1, "today": 0, "tomorrow": 1}[lower])
        if lower in calendar()["weekdays"]:
            return self.weekday(calendar()["weekdays"][lower], start)
        found = _DATE.search(word)
        if found is None:
            return ""
        month, day = month_number(found[1]), int(re.findall(r"\d+", word)[0])
        year = _YEAR_BEHIND.search(word)
        return f"{year[1] if year else self.year_of_month(month, start, day)}-{month:02d}-{day:02d}"

    def day_ahead(self, end: int) -> str:
        """Return the day that the same sentence names within a few words behind a clock time, or "" ."""
        ahead = _DAY_AHEAD.match(self.text, end)
        return self.day_word(ahead[1], end) if ahead is not None else ""

    def last_day(self) -> str:
        """Return the day spoken of: the last one named, else that of publication."""
        if re.match(r"\d{4}-\d\d-\d\d", self.last):
            return self.last[:10]
        return plus(self.day, 0)

    def zoned(self, value: str, zone: str | None, start: int, *, is_told: bool = False) -> str:
        """Return a clock time with the offset of its zone, where it names one.

        Right behind another with a zone ("6 p.m. EDT (2200 GMT)") and with no day told, it is the same instant where
        its clock allows that, on whichever day that is.
        """
        name = zone.strip(" ()") if zone is not None else ""
        offset = "+00:00" if name == "Z" else find_offset(name, value[:10]) if name else ""
        if not offset:
            return value
        value += offset
        before = self.instant
        if is_told or before is None:
            return value
        if re.fullmatch(r"[\s(,;/—–-]{1,4}(?:or\s)?\(?", self.text[before[1] : start]):
            day = before[0][:10]
            near = [plus(date.fromisoformat(day), n) for n in (-1, 0, 1)] if re.match(r"\d{4}-", day) else []
            for other in near:
                if to_utc(f"{other}{value[value.index('T') :]}") == to_utc(before[0]):
                    value = f"{other}{value[value.index('T') :]}"
        return value

    def year_ago(self) -> str:
        """Return the quarter, or the year, a year before the one spoken of."""
        quarter = self.quarter or (self.shift("quarter", -1) if self.finance and self.day is not None else "")
        if quarter:
            return f"{int(quarter[:4]) - 1}{quarter[4:]}"
        return self.shift("year", -1)

    def later(self, count: str, unit: str, sign: int = 1) -> str:
        """Return the last date named, moved; "" when none was."""
        if count == "X" or not self.last[:4].isdigit():
            return ""
        steps = int(float(count)) * sign
        day = self.last[:10]
        if unit in ("second", "minute", "hour"):
            return day
        if unit in ("day", "week", "fortnight"):
            try:
                base = date.fromisoformat(day) if len(day) == 10 else self.day
            except ValueError:
                base = self.day
            return plus(base, steps * {"day": 1, "week": 7, "fortnight": 14}[unit])
        return follow(self.last, unit, steps)
