"""One number and its unit: a sum of money, a measure, an age, a magnitude, or a plain count."""

from __future__ import annotations

import re
from dataclasses import replace

from wirecheck.text.number_tokens import is_counted_with, stands_apart
from wirecheck.text.numbers import Number
from wirecheck.text.quantities.amount import Amount, amount_at
from wirecheck.text.quantities.units import DURATIONS, Unit, symbol_before, symbols, unit_after

SCALES = {
    "m": 1e6, "mn": 1e6, "mln": 1e6, "mil": 1e6, "mio": 1e6, "million": 1e6,
    "b": 1e9, "bn": 1e9, "bln": 1e9, "mrd": 1e9, "mia": 1e9, "mld": 1e9, "billion": 1e9,
    "t": 1e12, "tn": 1e12, "tln": 1e12, "trn": 1e12, "trillion": 1e12, "k": 1e3, "thousand": 1e3,
    "cr": 1e7, "crore": 1e7, "lakh": 1e5, "lac": 1e5, "lakh crore": 1e12,
}  # fmt: skip
_SCALE_BEHIND = re.compile(
    r"[\s\u00a0]?[-‐]?\s?(million|billion|trillion|thousand|lakh crore|lakh|lac|crore"
    r"|mln|bln|tln|trn|mil|mio|mrd|mia|mld|mn|bn|tn|cr|m|b|k|t)(?![^\W_])",
    re.IGNORECASE,
)
_SHORT_SCALE = re.compile(r"(m|mn|k|bn|tn)\b\.?")
_SCALE_WORD = re.compile(r"\s+(thousand|million|billion|trillion)\b", re.IGNORECASE)
_IN_PART = re.compile(r"-and-(?:a-)?\w")
_JOINED = re.compile(r"-[a-z]")
_COUNTED = re.compile(r"\s+(?:[a-z]+\s+)?(?:people|[a-z]{3,}s)\b")
_COUNTED_IN_MILLIONS = re.compile(
    r"\s+(?:people|users|voters|viewers|jobs|homes|households|customers|votes|patients|copies|"
    r"barrels|tonnes|tons|children|refugees|visitors|subscribers|shares|workers)\b"
)
"""What a number with "m" counts in millions; others are metres."""
_OLD = re.compile(r"[-\s]olds?\b|\s+of\s+age\b", re.IGNORECASE)
_INCHES = re.compile(r",?\s*(\d{1,2})(?:\s*(?:inches|inch|in)\b)")
_ENDS_SUM = re.compile(r"\s*(?:[.,;!?)]|$|more\b|less\b|each\b)")
_DOLLAR = re.compile(r"[$]\s?$")
_STERLING = re.compile(
    r"\b(?:paid?|pays?|cost|costs|worth|fined?|fines?|price|spen[dt]|earn\w*|salary|raised?|bill|fee|debt|loan|cash|sterling|fund\w*|profit\w*|sold|bought)\b",
    re.IGNORECASE,
)
_OTHER_SUM = re.compile(r"\s*\(\s*(?:about\s+|around\s+)?(?:US)?[$€]")
_OF_A_PERCENT = re.compile(r"\s+(?:of\s+)?(?:a\s+)?(?:percentage\s+point|percent|per\s+cent)\b", re.IGNORECASE)
_MAGNITUDE = re.compile(r"[-\s]?magnitude\b", re.IGNORECASE)
_RICHTER = re.compile(r"\s+on\s+the\s+(?:open-ended\s+)?Richter", re.IGNORECASE)
_QUAKE = re.compile(r"\s+(?:earthquake|quake|temblor|tremor|aftershock)s?\b", re.IGNORECASE)
_AGE_AFTER_NAME = re.compile(r"[A-Z][\w.’'-]+(?:\s+(?:Jr|Sr)\.)?,\s$")
_MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?,\s$")
_ENDS_AGE = re.compile(r"\s?(?:,|\)|\.\s|\.$)")


def read_amount(text: str, number: Number, barrier: int, numbers: tuple[Number, ...], index: int) -> Amount | None:
    """Return a number with its unit, `numbers[index]`; None for one that is a part of another.

    No sign of a currency before `barrier` belongs to it.
    """
    start, end = number.start, number.end
    sign = _find_sign(text, barrier, start)
    if sign is not None:
        return _signed_sum(text, number, sign)
    if _IN_PART.match(text, end) or (not number.words and re.search(r"\d:\Z", text[max(0, start - 2) : start])):
        return None  # "one-and-a-half million", "1:23.45 minutes"
    glued = text[end : end + 1].isalpha()
    if glued and stands_apart(text[end]):
        return None if is_counted_with(text[end]) else _bare(text, number)
    following = unit_after(text, end)
    if following is None:
        return _shortened(text, number) if glued else _bare(text, number)
    unit, unit_end, hyphen = following
    if unit.kind == "money":
        return _named_sum(text, unit, unit_end, hyphen, numbers, index)
    low, high = number.low, number.high
    if unit.unit == "pound" and _is_sterling(text, number, unit_end):
        return amount_at(start, unit_end, low, high, unit="GBP", kind="money", place=number.place, raw=low)
    found = amount_at(
        start, unit_end, low, high, unit=unit.unit, kind=unit.kind, place=number.place, raw=low, adjectival=hyphen
    )
    old = _OLD.match(text, unit_end) if unit.kind == "measure" and unit.unit in DURATIONS else None
    if old is not None:
        return replace(found, end=old.end(), core_end=old.end(), kind="age")
    inches = _INCHES.match(text, unit_end) if unit.unit == "foot" and not hyphen else None
    if inches is not None and int(inches[1]) < 12:
        feet = low + int(inches[1]) / 12
        return replace(found, end=inches.end(), core_end=inches.end(), low=feet, high=feet)
    return found


def _find_sign(text: str, barrier: int, start: int) -> re.Match[str] | None:
    """Return the sign of a currency that stands right before a sum."""
    first = max(barrier, start - 8)
    found = symbol_before().search(text, first, start)
    if found is not None and re.match(r"a\s", found.group()):
        found = _DOLLAR.search(text, first, start)  # the article, no Australian dollar
    return None if found is None or found.group().strip() in ("rs", "rp", "rm", "dm") else found


def _signed_sum(text: str, number: Number, sign: re.Match[str]) -> Amount:
    unit = symbols()[sign.group().strip().lower()]
    end, factor, power = _money_scale(text, number)
    same = unit_after(text, end)
    if same is not None and same.unit[:3] == (unit.unit, "money", 1.0):
        end = same.end
    raw = number.low * factor
    return amount_at(
        sign.start(),
        end,
        raw * unit.scale,
        unit=unit.unit,
        kind="money",
        place=_scaled_place(number.place + power, unit.scale),
        raw=raw,
        adjectival=_JOINED.match(text, end) is not None,
    )


def _scaled_place(place: int, scale: float) -> int:
    return place if scale == 1.0 else place - 2


def _power(factor: float) -> int:
    return len(str(int(factor))) - 1


def _money_scale(text: str, number: Number) -> tuple[int, float, int]:
    """Return where a sum ends behind its number, the factor that letters or words give, and its power of ten."""
    match = _SCALE_BEHIND.match(text, number.end)
    if match is None or (number.place >= 3 and number.value >= 1e6):
        return number.end, 1.0, 0
    word = match[1].lower()
    if len(word) == 1 and match.group()[0].isspace() and word != "m":
        return number.end, 1.0, 0
    return match.end(), SCALES[word], _power(SCALES[word])


def _shortened(text: str, number: Number) -> Amount | None:
    """Return a number with a letter for its scale: "2m euros", "5m people"; None where other letters follow."""
    match = _SHORT_SCALE.match(text, number.end) if not number.words else None
    if match is None:
        return None
    factor = SCALES[match[1]]
    value, place = number.low * factor, number.place + _power(factor)
    currency = unit_after(text, match.end())
    if currency is not None and currency.unit.kind == "money":
        unit = currency.unit.unit
        return amount_at(number.start, currency.end, value, unit=unit, kind="money", place=place, raw=value)
    counted = _COUNTED_IN_MILLIONS if match[1] == "m" else _COUNTED
    if counted.match(text, match.end()):
        return amount_at(number.start, match.end(), value, place=place, raw=value)
    if match[1] == "m":
        low = number.low
        return amount_at(number.start, match.end(), low, unit="m", kind="measure", place=number.place, raw=low)
    return None


def _named_sum(text: str, unit: Unit, end: int, hyphen: bool, numbers: tuple[Number, ...], index: int) -> Amount | None:
    """Return a sum with its currency behind it; a plain number where that word may mean another thing."""
    number = numbers[index]
    raw = number.low
    scale = _SCALE_WORD.match(text, end)
    if scale is not None and not number.words and raw < 1000:
        raw *= SCALES[scale[1].lower()]
        end = scale.end()
    if unit.strict and raw < 1000:
        return None if text[number.end : number.end + 1].isalpha() else _bare(text, number)
    raw, end = _with_cents(text, raw, unit, end, numbers, index)
    place = _scaled_place(number.place, unit.scale)
    value = raw * unit.scale
    return amount_at(number.start, end, value, unit=unit.unit, kind="money", place=place, raw=raw, adjectival=hyphen)


def _with_cents(
    text: str, raw: float, unit: Unit, end: int, numbers: tuple[Number, ...], index: int
) -> tuple[float, int]:
    """Add what follows a sum in its smaller coin: "thirteen dollars forty-five cents", "15 dollars 50"."""
    if index + 1 >= len(numbers) or unit.scale != 1.0:
        return raw, end
    following = numbers[index + 1]
    between = text[end : following.start]
    whole = 0 < following.value < 100 and following.value == int(following.value)
    if not whole or not re.fullmatch(r"\s+(?:and\s+)?", between):
        return raw, end
    after = unit_after(text, following.end)
    if after is None:
        if "and" not in between and _ENDS_SUM.match(text, following.end):
            return raw + following.value / 100, following.end
        return raw, end
    coin = after.unit
    if coin.kind != "money" or coin.scale >= 1.0 or coin.unit != unit.unit:
        return raw, end
    value = raw + following.value * coin.scale
    third = numbers[index + 2] if index + 2 < len(numbers) else None
    if third is not None and coin.scale == 0.1 and not text[after.end : third.start].strip() and 0 < third.value < 10:
        return round(value + third.value / 100, 2), third.end
    return round(value, 4), after.end


def _is_sterling(text: str, number: Number, unit_end: int) -> bool:
    """Return whether "pounds" are money: a scale of a million, a sum in another currency beside them, or words of
    paying before.
    """
    if (number.value >= 1e6 and number.place >= 4) or _OTHER_SUM.match(text, unit_end):
        return True
    return bool(_STERLING.search(text, max(0, number.start - 40), number.start))


def _bare(text: str, number: Number) -> Amount:
    """Return a number without a unit: a magnitude, an age, a rank, or a plain count."""
    start, end, raw = number.start, number.end, number.low
    before = text[max(0, start - 24) : start]
    found = amount_at(start, end, number.low, number.high, place=number.place, raw=raw)
    magnitude = _MAGNITUDE.match(text, end)
    if magnitude is not None and raw < 11:
        end = magnitude.end()
        return replace(found, end=end, core_end=end, unit="magnitude", kind="measure", adjectival=True)
    led = re.search(r"\bmagnitude(?:\s+of)?[-\s]\s*$", before, re.IGNORECASE)
    if led is not None and raw < 11:
        return replace(_begin_earlier(found, len(before) - led.start()), unit="magnitude", kind="measure")
    if raw < 11 and ((raw != int(raw) and _QUAKE.match(text, end)) or _RICHTER.match(text, end)):
        return replace(found, unit="magnitude", kind="measure")
    led = re.search(r"\bage[ds]?\s+(?:of\s+)?$", before, re.IGNORECASE)
    if led is not None and raw < 125:
        return replace(_begin_earlier(found, len(before) - led.start()), unit="year", kind="age")
    led = re.search(r"(?:\bNo\.?|\bNumber|№|#)\s?$", before)
    if led is not None:
        return replace(_begin_earlier(found, len(before) - led.start()), kind="ordinal")
    if not number.words and 0 < raw < 120 and raw == int(raw) and _is_age(text, start, end):
        return replace(found, unit="year", kind="age")
    if number.kind == "fraction" and raw < 1:
        of_one = _OF_A_PERCENT.match(text, end)
        if of_one is not None:
            return amount_at(start, of_one.end(), raw, unit="percent", kind="percent", place=-1, raw=raw)
        return amount_at(start, end, raw * 100, unit="percent", kind="percent", raw=raw)
    return found


def _begin_earlier(amount: Amount, earlier: int) -> Amount:
    """Return an amount that begins so many characters earlier."""
    return replace(amount, start=amount.start - earlier, core_start=amount.start - earlier)


def _is_age(text: str, start: int, end: int) -> bool:
    """Return whether a number is set off behind a name: "Jane Roe, 34, said"."""
    before = text[max(0, start - 30) : start]
    if _AGE_AFTER_NAME.search(before) is None or _MONTH_BEFORE.search(before):
        return False
    return _ENDS_AGE.match(text, end) is not None
