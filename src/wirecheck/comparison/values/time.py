"""Times: whether two dates, clock times or durations can be one, each as precise as its text.

A value is read as the stretch of time that its words leave open, so that all rules are rules of stretches: equal, one
in the other, apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from wirecheck.comparison.values import nearest, say
from wirecheck.comparison.values.quantity import relate_amounts, show_quantity
from wirecheck.model import Comparison, PartialDate, Quantity, ValueComparison
from wirecheck.text.shown_dates import show_date
from wirecheck.text.zones import drop_offset, to_utc

LARGEST_GAP_DAYS = 21
"""Days farther apart than this date two events."""
DAYS_OF_A_SLIP = 3
"""Two days of one event that differ by no more are likelier a slip than two events."""
PARTS = {"MO": (0.0, 12.0), "MI": (11.0, 14.5), "AF": (12.0, 18.5), "EV": (16.5, 24.0), "NI": (18.0, 29.0)}
"""Hours of a day that a part of it may mean; a night runs into the next day."""
SHARES = {"start": (0.0, 0.4), "mid": (0.25, 0.75), "end": (0.6, 1.0)}
"""Part of a month, year, week or decade that "early", "mid" and "late" leave open, as shares of it. Early June is the
1st to the 12th, mid-June the 8th to the 23rd: newspapers call the 11th either."""
ABOUT_CLOCK_HOURS = 0.5
SMALL_HOURS = 6.0
"""Until then a clock time may belong to the night that began the day before."""
FINE = ("day", "hour", "minute")
"""Precisions of a date that names a day."""
FITS: tuple[Comparison, ...] = ("equal", "coarser", "rounded", "open")
"""What two values may be that can be one time."""
_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")
_PERIOD = re.compile(r"(\d{4}|XXXX)(?:-(?:(\d\d)|(Q|H)(\d)|W(\d\d)(?:-(\d|WE))?|(SP|SU|FA|WI)))?")
_SEASONS = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 15)}
"""First and last month, as a season begins in the middle of one; a winter ends in the next year."""
_DURATION = re.compile(r"P(T?)([\d.]+)([A-Z]+)")
_UNITS = {
    "D": "day", "W": "week", "WE": "day", "M": "month", "Y": "year", "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip
_OPEN_YEAR = 2000
Days = tuple[date, date]
"""A first and a last day."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that a value leaves open: days, and hours of the first of them where it gives a clock."""

    days: Days | None
    weekday: int | None = None
    """1 to 7 for a weekday without its week; there are no days then."""
    yearless: bool = False
    hours: tuple[float, float] | None = None
    slack: float = 0.0
    """Hours by which a clock may be off that is given on the half hour or on five minutes."""
    night: bool = False

    @property
    def is_dayless(self) -> bool:
        """True for a clock time without a day."""
        return self.days is None and self.weekday is None

    @property
    def is_loose(self) -> bool:
        """True where the day, the week or the year is left out."""
        return self.days is None or self.yearless


def compare_times(
    left: PartialDate, right: PartialDate, *, twelve_hours: tuple[bool, bool] = (False, False)
) -> ValueComparison:
    """Return how two dates, times or durations stand to each other.

    `twelve_hours` says of each side whether it is a clock time without its half of the day: "about 7:40".
    """
    found = relate_times(left, right, twelve_hours=twelve_hours)
    coarse, fine = sorted((left, right), key=lambda d: (*_fineness(d), show_time(d)))
    return ValueComparison("time", left.span, right.span, found, say(found, show_time(coarse), show_time(fine)))


def relate_times(
    left: PartialDate, right: PartialDate, *, twelve_hours: tuple[bool, bool] = (False, False)
) -> Comparison:
    """Return how two dates, times or durations stand to each other. Symmetric with `twelve_hours` swapped.

    A year or a week that one side leaves out makes it coarser; clocks with zones are compared as instants.
    """
    if not left.value or not right.value or left.value.endswith("_REF") or right.value.endswith("_REF"):
        return "open"  # "hours after the vote"
    lasting = [d.kind in ("duration", "set") for d in (left, right)]
    if any(lasting):
        if left.kind != right.kind:
            return "other-measure"
        return "equal" if _plain(left) == _plain(right) else _relate_durations(left, right)
    found = _relate(left, right)
    if twelve_hours[0] == twelve_hours[1]:
        return found
    if found in FITS:
        return "coarser" if found == "equal" else found
    other = (_in_afternoon(left), right) if twelve_hours[0] else (left, _in_afternoon(right))
    return "open" if _relate(*other) in FITS else found


def may_be_same(left: PartialDate, right: PartialDate) -> bool:
    """Return whether two dates can be one time."""
    return relate_times(left, right) in FITS


def _plain(item: PartialDate) -> tuple[str, str, int | None]:
    return item.value, item.modifier, item.offset_min


def _in_afternoon(item: PartialDate) -> PartialDate:
    """Return a clock time of the morning as one of the afternoon: "T07:40" as "T19:40"."""
    return replace(item, value=re.sub(r"T(\d\d)", lambda m: f"T{int(m[1]) % 12 + 12:02d}", item.value))


def _relate(left: PartialDate, right: PartialDate) -> Comparison:
    if _plain(left) == _plain(right):
        return "equal"
    winters = _winters(left), _winters(right)
    if winters != ([left], [right]):
        return nearest(_relate(a, b) for a in winters[0] for b in winters[1])
    ours, theirs = (read_stretch(d.value, d.modifier) for d in (left, right))
    if ours is None or theirs is None:
        return "open"
    found = _relate_stretches(ours, theirs)
    if left.offset_min == right.offset_min:
        return found
    if left.is_local or right.is_local:
        return "excluded" if _are_days_apart(ours, theirs) else "open"  # "6 p.m. local time", "2200 GMT"
    at_greenwich = [read_stretch(to_utc(d.value), d.modifier) or s for d, s in ((left, ours), (right, theirs))]
    if left.offset_min is not None and right.offset_min is not None:
        return _relate_stretches(*at_greenwich)
    if found == "equal":
        return "coarser"  # one leaves out the zone
    if found != "excluded" or _is_zone_apart(ours, theirs):
        return "open" if found == "excluded" else found
    is_a_clock_left_out = ours.hours is None or theirs.hours is None
    return _relate_stretches(*at_greenwich) if is_a_clock_left_out else found  # "10:30 p.m. EDT" is the next day in UTC


def _winters(item: PartialDate) -> list[PartialDate]:
    """Return the winters that a winter of a year may be, which ends or begins in it; of all else the item alone."""
    year, _, season = item.value.partition("-")
    if season != "WI" or not year.isdigit():
        return [item]
    return [replace(item, value=v) for v in (f"{year}-01/{year}-03", f"{year}-12/{int(year) + 1:04d}-03")]


def _relate_stretches(left: Stretch, right: Stretch) -> Comparison:
    days = _relate_days(left, right)
    if left.hours is None or right.hours is None:
        if days == "excluded":
            return "coarser" if _runs_into(left, right) else days
        if left.is_dayless != right.is_dayless:
            return "open"  # "at noon", "on Friday"
        return "coarser" if days == "equal" and left.hours != right.hours else days
    gap = _gap_of(left, right)
    if gap is not None:
        return _relate_hours(left.hours, right.hours, gap, left, right)
    clocks = _relate_hours(left.hours, right.hours, 0, left, right)
    if "excluded" in (days, clocks):
        return "excluded"
    if days == clocks == "coarser" and left.is_loose != (_span_of(left) > _span_of(right)):
        return "open"  # "Wednesday, 16:30", "the afternoon of 12 February"
    return max(days, clocks, key=("equal", "rounded", "coarser", "open").index)


def _gap_of(left: Stretch, right: Stretch) -> int | None:
    """Return how many hours the day of the right side begins after that of the left; None unless both are one day."""
    if left.days is None or right.days is None or left.yearless or right.yearless:
        return None
    one_day = left.days[0] == left.days[1] and right.days[0] == right.days[1]
    return (right.days[0] - left.days[0]).days * 24 if one_day else None


def _relate_days(left: Stretch, right: Stretch) -> Comparison:
    if left.is_dayless or right.is_dayless:
        return "equal" if left.is_dayless == right.is_dayless else "coarser"
    if left.days is None or right.days is None:
        if left.weekday is not None and right.weekday is not None:
            return "equal" if left.weekday == right.weekday else "excluded"
        one, other = (left, right) if left.weekday is not None else (right, left)
        return _relate_weekday(one.weekday, other)
    if left.yearless != right.yearless:
        return _relate_yearless(left.days, right.days) if left.yearless else _relate_yearless(right.days, left.days)
    return _relate_ranges(left.days, right.days)


def _relate_yearless(open_: Days, known: Days) -> Comparison:
    """Return how days without a year stand to days with one: a day of that year is one of them."""
    found: list[Comparison] = []
    for year in range(known[0].year, min(known[1].year, known[0].year + 1) + 1):
        placed = _in_year(open_, year)
        one = _relate_ranges(placed, known)
        wider = one == "coarser" and known[1] - known[0] > placed[1] - placed[0]
        found.append("open" if wider else "coarser" if one == "equal" else one)
    return nearest(found)


def _relate_ranges(left: Days, right: Days) -> Comparison:
    if left == right:
        return "equal"
    if left[1] < right[0] or right[1] < left[0]:
        return "excluded"
    return "coarser" if _covers(left, right) or _covers(right, left) else "open"


def _covers(outer: tuple[Any, Any], inner: tuple[Any, Any]) -> bool:
    return bool(outer[0] <= inner[0] and inner[1] <= outer[1])


def _relate_weekday(weekday: int | None, other: Stretch) -> Comparison:
    if other.days is None or other.yearless or (other.days[1] - other.days[0]).days >= 7:
        return "open"
    first, last = other.days
    held = any((first + timedelta(n)).isoweekday() == weekday for n in range((last - first).days + 1))
    return "coarser" if held else "excluded"


def _relate_hours(
    ours: tuple[float, float], theirs: tuple[float, float], gap: int, left: Stretch, right: Stretch
) -> Comparison:
    """Return how two stretches of hours stand to each other, the day of the right one `gap` hours after the left."""
    moved = theirs[0] + gap, theirs[1] + gap
    if ours == moved:
        return "equal"
    starts = sorted((ours[0], moved[0]))
    if gap == 0 and (left.night or right.night) and starts[0] < SMALL_HOURS and starts[1] >= PARTS["NI"][0]:
        return "open"  # "overnight", "at 2 a.m.": the night before or the night after
    points = ours[0] == ours[1] and moved[0] == moved[1]
    if points and abs(ours[0] - moved[0]) <= max(left.slack, right.slack):
        return "rounded"
    if ours[1] < moved[0] or moved[1] < ours[0] or (not points and (ours[1] == moved[0] or moved[1] == ours[0])):
        return "excluded"
    return "coarser" if _covers(ours, moved) or _covers(moved, ours) else "open"


def _runs_into(left: Stretch, right: Stretch) -> bool:
    """Return whether a night of one side runs into the day of the other, which gives no clock."""
    return any(
        one.night and other.hours is None and _gap_of(one, other) == 24 for one, other in ((left, right), (right, left))
    )


def _are_days_apart(left: Stretch, right: Stretch) -> bool:
    """Return whether two days are farther apart than two zones can bring them."""
    gap = _gap_of(left, right)
    return gap is not None and abs(gap) > 24


def _span_of(stretch: Stretch) -> float:
    return stretch.hours[1] - stretch.hours[0] if stretch.hours is not None else 24.0


def _is_zone_apart(left: Stretch, right: Stretch) -> bool:
    """Return whether two clocks are whole half hours apart, as those of two zones are."""
    if left.hours is None or right.hours is None:
        return False
    apart = abs(right.hours[0] + (_gap_of(left, right) or 0) - left.hours[0])
    return apart <= 14.0 and (apart * 2).is_integer()


@lru_cache(maxsize=4096)
def read_stretch(value: str, modifier: str = "") -> Stretch | None:
    """Return the time that a TIMEX3 value leaves open, or None for one that has no place in the calendar."""
    day, _, clock = drop_offset(value).partition("T")
    found = _read_days(day)
    if found is None:
        return None
    if clock:
        return _with_hours(found, clock, about=modifier == "about")
    if modifier in SHARES:
        return _part_of(found, modifier)
    if modifier == "about" and found.days is not None:
        first, last = (day.toordinal() for day in found.days)
        size = last - first + 1
        ends = max(first - size, 1), min(last + size, date.max.toordinal())
        return replace(found, days=(date.fromordinal(ends[0]), date.fromordinal(ends[1])))
    return found


def _read_days(day: str) -> Stretch | None:
    if not day:
        return Stretch(None)
    if "/" in day:
        ends = [found.days for part in day.split("/", 1) if (found := _read_days(part)) is not None]
        known = [days for days in ends if days is not None]
        return Stretch((known[0][0], known[1][1]), yearless=day.startswith("XXXX")) if len(known) == 2 else None
    weekday = _WEEKDAY.fullmatch(day)
    if weekday is not None:
        return Stretch(None, weekday=int(weekday[1]))
    yearless = day.startswith("XXXX")
    exact = _DAY.fullmatch(day)
    try:
        if exact is not None:
            one = date(_OPEN_YEAR if yearless else int(exact[1]), int(exact[2]), int(exact[3]))
            return Stretch((one, one), yearless=yearless)
        if re.fullmatch(r"\d{2,3}", day):
            size = 10 ** (4 - len(day))
            return Stretch((date(int(day) * size, 1, 1), date(int(day) * size + size - 1, 12, 31)))
        period = _PERIOD.fullmatch(day)
        return _read_period(period, yearless) if period is not None else None
    except ValueError:
        return None


def _read_period(period: re.Match[str], yearless: bool) -> Stretch | None:
    year = _OPEN_YEAR if yearless else int(period[1])
    if period[5] is not None:
        if yearless:
            return None
        days = {"WE": (6, 7), None: (1, 7)}.get(period[6]) or (int(period[6]), int(period[6]))
        first, last = (date.fromisocalendar(year, int(period[5]), n) for n in days)
        return Stretch((first, last))
    months = (1, 12)
    if period[2] is not None:
        months = (int(period[2]), int(period[2]))
    elif period[3] is not None:
        size = 3 if period[3] == "Q" else 6
        months = ((int(period[4]) - 1) * size + 1, int(period[4]) * size)
    elif period[7] is not None:
        months = _SEASONS[period[7]]
    elif yearless:
        return None
    end = months[1] + 1
    last = date(year + (end - 1) // 12, (end - 1) % 12 + 1, 1) - timedelta(1)
    return Stretch((date(year, months[0], 1), last), yearless=yearless)


def _with_hours(found: Stretch, clock: str, *, about: bool) -> Stretch | None:
    if clock in PARTS:
        return replace(found, hours=PARTS[clock], night=clock == "NI")
    match = re.fullmatch(r"(\d\d)(?::(\d\d))?(?::\d\d)?", clock)
    if match is None:
        return None
    hour = int(match[1]) + int(match[2] or 0) / 60
    if match[2] is None:
        return replace(found, hours=(hour, hour + 1.0))
    if about:
        return replace(found, hours=(hour - ABOUT_CLOCK_HOURS, hour + ABOUT_CLOCK_HOURS))
    minute = int(match[2])
    off = 10.0 if minute % 30 == 0 else 2.5 if minute % 5 == 0 else 0.0
    return replace(found, hours=(hour, hour), slack=off / 60)


def _part_of(found: Stretch, modifier: str) -> Stretch:
    """Return the early, middle or late part of a stretch; of one day "early" is the morning."""
    if found.days is None or found.days[0] == found.days[1]:
        part = {"start": "MO", "mid": "MI", "end": "EV"}[modifier]
        return replace(found, hours=PARTS[part])
    first, last = found.days
    count = (last - first).days + 1
    low, high = SHARES[modifier]
    ends = math.floor(low * count), min(count, math.ceil(high * count)) - 1
    return replace(found, days=(first + timedelta(ends[0]), first + timedelta(ends[1])))


def _in_year(open_: Days, year: int) -> Days:
    over = open_[1].year - open_[0].year
    try:
        return open_[0].replace(year=year), open_[1].replace(year=year + over)
    except ValueError:  # 29 February of a year that has none
        return date(year, 3, 1), date(year, 3, 1)


def _relate_durations(left: PartialDate, right: PartialDate) -> Comparison:
    ours, theirs = _as_quantity(left), _as_quantity(right)
    if ours is None or theirs is None:
        return "open"  # "for years"
    return relate_amounts(ours, theirs)


def _as_quantity(item: PartialDate) -> Quantity | None:
    match = _DURATION.fullmatch(item.value)
    if match is None or (unit := _UNITS.get(match[1] + match[3])) is None:
        return None
    value = float(match[2]) * (2 if match[3] == "WE" else 1)
    bound = {"about": "about", "less": "less-than", "more": "more-than"}.get(item.modifier, "exact")
    return Quantity(item.span, value, value, bound=bound, unit=unit, kind="measure")  # type: ignore[arg-type]


# --- near misses -----------------------------------------------------------------------------------------------------


def first_day(value: str) -> date | None:
    """Return the first day of a value without a clock, years left open taken as 2000; None for a weekday or what has
    no place.
    """
    found = _read_days(value)
    return found.days[0] if found is not None and found.days is not None else None


def day_of(item: PartialDate) -> str:
    """Return the value of a date without its clock."""
    return item.value.split("T")[0]


def are_close(left: PartialDate, right: PartialDate) -> bool:
    """Return whether two dates that exclude each other are near enough to be one event misdated: days of one month,
    neighbouring months or years.

    Farther ones date two events of one kind ("an earthquake struck in April", "an earthquake struck on Tuesday").
    """
    a, b = first_day(day_of(left)), first_day(day_of(right))
    if a is None or b is None:
        return True
    days = abs((a - b).days)
    if "year" in (left.precision, right.precision):
        return left.precision == right.precision and days <= 731
    if "month" in (left.precision, right.precision):
        return left.precision == right.precision and days <= 31
    return days <= LARGEST_GAP_DAYS


def are_alike_fine(left: PartialDate, right: PartialDate) -> bool:
    """Return whether two dates are given to the same unit, or both to the day at least."""
    return left.precision == right.precision or (left.precision in FINE and right.precision in FINE)


def are_weeks_apart(left: PartialDate, right: PartialDate) -> bool:
    """Return whether two days are one weekday of two weeks that follow each other.

    Which week a weekday is of hangs on the day of publication, which is often given a day too early or too late.
    """
    a, b = first_day(day_of(left)), first_day(day_of(right))
    return a is not None and b is not None and abs((a - b).days) == 7


def is_slip(left: PartialDate, right: PartialDate) -> bool:
    """Return whether two dates that exclude each other do so by days, or by the time of one day."""
    if day_of(left) == day_of(right):
        return True
    days = [first_day(day_of(d)) for d in (left, right)]
    both = all(d.precision == "day" and not d.value.startswith("XXXX-W") for d in (left, right))
    return both and days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) <= DAYS_OF_A_SLIP


# --- dates of two clauses --------------------------------------------------------------------------------------------


def dates_meet(left: Iterable[PartialDate], right: Iterable[PartialDate]) -> bool:
    """Return whether a date of one side is, as far as it goes, a date of the other."""
    ours, theirs = known_dates(left), known_dates(right)
    return any(relate_times(a, b) in ("equal", "coarser", "rounded") for a in ours for b in theirs)


def dates_differ(left: Iterable[PartialDate], right: Iterable[PartialDate]) -> bool:
    """Return whether both sides give dates and none of one side can be one of the other."""
    ours, theirs = known_dates(left), known_dates(right)
    return bool(ours) and bool(theirs) and not any(may_be_same(a, b) for a in ours for b in theirs)


def known_dates(dates: Iterable[PartialDate]) -> list[PartialDate]:
    """Return the dates and clock times that are known; a duration dates nothing."""
    return [d for d in dates if d.kind in ("date", "time") and d.value]


def show_time(item: PartialDate) -> str:
    """Return a date or duration in plain words: "12 February 2025", "mid June 2025", "3 hours"."""
    words = {"start": "early", "mid": "mid", "end": "late", "about": "about", "less": "less than", "more": "more than"}
    lasting = _as_quantity(item) if item.kind in ("duration", "set") else None
    if lasting is not None:
        return f"{'every ' if item.kind == 'set' else ''}{show_quantity(lasting)}"
    return f"{words.get(item.modifier, '')} {show_date(item.value) or 'an open date'}".strip()


def _fineness(item: PartialDate) -> tuple[float, float]:
    """Return how little a date leaves open: what is coarser sorts first."""
    found = read_stretch(item.value, item.modifier) if item.kind in ("date", "time") else None
    if found is None:
        return 0.0, 0.0
    days = 1.0 if found.days is None else (found.days[1] - found.days[0]).days + 1.0
    days += 1000.0 * found.yearless + 100.0 * (found.weekday is not None)
    return -days, -(24.0 if found.hours is None else found.hours[1] - found.hours[0])
