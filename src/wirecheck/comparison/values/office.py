"""Offices in the words of a title or apposition, and whether two of them can be given to one person.

An office is its head, portfolio, country and unit, and what qualifies it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from wirecheck.comparison.values import Written, nearest, say
from wirecheck.model import Comparison, ValueComparison
from wirecheck.text.gazetteer import countries, fold_name, load_list, titles

_SPLIT = re.compile(r"\s+and\s+|\s*,\s*|\s*/\s*")
_ENDS = re.compile(r"\b(?:of|for|at|in|from|with|to|on|by)\b")
_QUALIFIERS: dict[str, list[str]] = load_list("titles")["qualifiers"]
_PAST, _COMING, _LOWER, _EMPTY = (frozenset(_QUALIFIERS[key]) for key in ("past", "coming", "lower", "empty"))
_DEPUTIES = frozenset({"deputy", "vice", "assistant", "associate", "under", "sub", "junior"})
_UNITS = frozenset(load_list("titles")["units"]["words"])
_MINISTRY_HEADS = ("minister", "secretary")
_UNIT_HEADS = frozenset(load_list("titles")["units"]["heads"])


@dataclass(frozen=True, slots=True)
class Office:
    """One office of a title: "US Defense Secretary" is the head "secretary" with the portfolio {"defense"}."""

    head: str
    portfolio: frozenset[str]
    """What stands before the head: "defense"; for a head with "of", what it is of too."""
    countries: frozenset[str]
    unit: frozenset[str]
    """What names its unit: {"global", "business"} in "general manager of Global Business Units"."""
    scope: frozenset[str]
    """The words after "of", "for", "at": "general manager of Global Business Units"."""
    past: bool
    coming: bool
    rank: str
    """"deputy", "vice", … or ""."""
    words: str


def compare_offices(left: Written, right: Written) -> ValueComparison:
    """Return how the offices that two documents give one person at one time stand to each other."""
    ours, theirs = read_offices(left.words), read_offices(right.words)
    found = _relate_lists(ours, theirs)
    first, second = sorted((left.words, right.words), key=lambda w: (len(w.split()), len(w), w))
    return ValueComparison("office", left.span, right.span, found, say(found, first, second))


def _relate_lists(ours: tuple[Office, ...], theirs: tuple[Office, ...]) -> Comparison:
    """Return how several offices stand to several: each of the shorter list must be one of the other."""
    if not ours or not theirs:
        return "open"
    short, long = sorted((ours, theirs), key=len)
    ways = [nearest(relate_offices(a, b) for b in long) for a in short]
    worst = max(ways, key=_STRICT.index)
    return "coarser" if worst == "equal" and len(short) < len(long) else worst


_STRICT = ("equal", "coarser", "open", "excluded")


def relate_offices(left: Office, right: Office) -> Comparison:
    """Return how two offices of one person stand to each other. Symmetric.

    "open" are two that one person can hold together, or one after the other: "former mayor", "mayor".
    """
    if same_office(left, right):
        if left.scope and right.scope and not left.scope & right.scope:
            return "open"  # "head of the agency", "head of Kestrel Air"
        parts = [(o.portfolio, o.countries, o.unit, o.scope, o.coming) for o in (left, right)]
        return "equal" if parts[0] == parts[1] else "coarser"
    return "open" if may_hold_both(left, right) else "excluded"


def read_offices(role: str) -> tuple[Office, ...]:
    """Return the offices that the words of a role name, in their order; empty for words that name none.

    >>> [(o.head, sorted(o.portfolio), sorted(o.countries)) for o in read_offices("US Defense Secretary")]
    [('secretary', ['defense'], ['United States'])]
    >>> [o.head for o in read_offices("president and CEO")]
    ['president', 'chief executive']
    """
    found = []
    main, _, rest = _cut(role)
    parts = [p for p in _SPLIT.split(main) if p.strip()]
    # "General Manager, Global Business Units": what follows the last office says of what.
    behind = [p for p in parts if not _head(_fold(p))[0]]
    rest = " ".join([rest, *behind]) if parts and parts[0] not in behind else rest
    scope_words = content_words(rest)
    scope_countries = _countries(rest)
    unit = _unit(rest)
    for part in parts:
        office = _read_office(part, scope_words, unit, scope_countries, role)
        if office is not None:
            found.append(office)
    return tuple(found)


def _cut(role: str) -> tuple[str, str, str]:
    """Return what stands before the first preposition, the preposition, and the rest; "chief of staff" is not cut."""
    folded = " ".join(role.split())
    for match in _ENDS.finditer(folded):
        before = folded[: match.start()].rstrip()
        after = folded[match.end() :].lstrip()
        two = f"{_last(before)} {match.group()} {after.split()[0] if after else ''}".casefold()
        three = f"{two} {after.split()[1] if len(after.split()) > 1 else ''}".casefold().strip()
        if two in titles().phrases or three in titles().phrases:
            continue
        return before, match.group(), after
    return folded, "", ""


def _last(text: str) -> str:
    words = text.split()
    return words[-1] if words else ""


def _read_office(
    part: str, scope: frozenset[str], unit: frozenset[str], scope_countries: frozenset[str], role: str
) -> Office | None:
    words = [titles().abbreviations.get(w, w) for w in _fold(part)]
    words = " ".join(words).split()
    while words and words[0] in ("the", "a", "an"):
        words.pop(0)
    head, start = _head(words)
    if not head:
        return None
    before = words[:start]
    past = any(w in _PAST or w.startswith("ex-") for w in before)
    coming = any(w in _COMING for w in words)
    rank = next((w for w in before if w in _LOWER), "")
    own = _countries(" ".join(part.split()))
    portfolio = frozenset(
        w
        for w in before
        if w not in _PAST
        and w not in _COMING
        and w not in _LOWER
        and w not in _EMPTY
        and not _is_country(w)
        and len(w) > 1
    )
    if head in ("secretary of state", "secretary of defense", "secretary of defence"):
        portfolio |= {head.split()[-1]}
        head = "secretary"
    if head.startswith(("minister of ", "secretary of ")):
        portfolio |= {head.split()[-1]}
        head = head.split()[0]
    portfolio = frozenset("defense" if w == "defence" else "labor" if w == "labour" else w for w in portfolio)
    return Office(head, portfolio, own or scope_countries, unit, scope, past, coming, rank, " ".join(role.split()))


def _fold(text: str) -> list[str]:
    plain = fold_name(re.sub(r"[’']s\b|[’']", " ", text))
    return re.findall(r"[\w&-]+", plain)


def _head(words: list[str]) -> tuple[str, int]:
    """Return the folded head of a run of words and where it begins; ("", 0) where there is none."""
    for length in (4, 3, 2):
        phrase = " ".join(words[-length:])
        if len(words) >= length and phrase in titles().phrases:
            return titles().equals.get(phrase, phrase), len(words) - length
    if not words:
        return "", 0
    last = words[-1]
    if last in titles().offices or last in titles().persons or last in titles().kinship:
        if last in ("manager",) and len(words) > 1 and words[-2] == "general":
            return "general manager", len(words) - 2
        if last == "president" and "vice" in words[:-1]:
            return "vice president", words.index("vice")
        return titles().equals.get(last, last), len(words) - 1
    return "", 0


def content_words(text: str) -> frozenset[str]:
    """Return the folded words of a title that tell something, countries aside."""
    skip = {"the", "a", "an", "and", "of", "for", "at", "in", "new", "newly", "its", "his", "her", "their", "s"}
    return frozenset(w for w in _fold(text) if w not in skip and not _is_country(w))


def _unit(rest: str) -> frozenset[str]:
    """Return the words that name a unit, before "division", "units" … or after "department of"; owners left out."""
    owned = re.sub(r"^.*[’']s?\s", "", rest) if re.search(r"[’']s?\s", rest) else rest
    words = _fold(owned)
    for at, word in enumerate(words):
        if word not in _UNITS or (word == "business" and at + 1 < len(words) and words[at + 1] in _UNITS):
            continue
        before = [
            w
            for w in words[max(0, at - 4) : at]
            if w not in ("the", "a", "an", "new", "newly", "created", "and", "of", "at", "for")
        ]
        if before:
            return frozenset(before)
        if words[at + 1 : at + 2] == ["of"]:
            return frozenset(w for w in words[at + 2 : at + 5] if w not in ("the", "a", "and", "at"))
    return frozenset()


def _is_country(word: str) -> bool:
    return word in _country_words()


@cache
def _country_words() -> dict[str, str]:
    """Return names and demonyms of countries, folded, with the country."""
    return {
        fold_name(form): country.name for form, country in countries().items() if country.form in ("name", "demonym")
    }


def _countries(text: str) -> frozenset[str]:
    found = set()
    plain = re.sub(r"[’']s\b", "", text)
    words = re.findall(r"(?:[A-Z]\.)+|[A-Z][\w-]*", plain)
    for at, word in enumerate(words):
        for form in (" ".join(words[at : at + 2]), word):
            country = countries().get(form)
            if country is not None and country.form in ("name", "demonym"):
                found.add(country.name)
                break
    return frozenset(found)


def may_hold_both(left: Office, right: Office) -> bool:
    """Return whether one person may rightly be given both offices, in one story, by two documents."""
    if left.past != right.past or left.coming or right.coming:
        return True
    if left.countries and right.countries and not left.countries & right.countries and left.head == right.head:
        return False
    if left.head == right.head:
        if (
            left.rank != right.rank
            and {left.rank, right.rank} & (_DEPUTIES - {"junior"})
            and "" in (left.rank, right.rank)
        ):
            return False  # "deputy mayor", "mayor"; an acting director is called director, a junior senator senator
        return not _other_unit(left, right) and not _other_ministry(left, right)
    rivals = [group for group in titles().rivals if left.head in group and right.head in group]
    if not rivals or left.head.endswith(right.head) or right.head.endswith(left.head):
        return True
    if left.head in _MINISTRY_HEADS or right.head in _MINISTRY_HEADS or left.portfolio or right.portfolio:
        # "Defense Minister" and "Defense Secretary": one portfolio, two official titles.
        return not (left.portfolio and left.portfolio == right.portfolio)
    return bool(left.scope and right.scope and not left.scope & right.scope)  # mayor of Tarn, governor of Velia


def _other_ministry(left: Office, right: Office) -> bool:
    """Return whether one head is of two ministries that share no word: "Interior Minister", "Transport Minister"."""
    known = left.head in _MINISTRY_HEADS and len(left.portfolio) == 1 == len(right.portfolio)
    return known and not (left.portfolio | left.scope) & (right.portfolio | right.scope)


def _other_unit(left: Office, right: Office) -> bool:
    """Return whether one head is of two units that share no word: "products division", "Global Business Units"."""
    return left.head in _UNIT_HEADS and bool(left.unit) and bool(right.unit) and not left.unit & right.unit


def same_office(left: Office, right: Office) -> bool:
    """Return whether two documents give one office, one perhaps shorter: "Secretary" and "US Defense Secretary"."""
    if left.head != right.head or left.past != right.past or left.rank != right.rank:
        return False
    if left.countries and right.countries and not left.countries & right.countries:
        return False
    if _other_unit(left, right) or _other_ministry(left, right):
        return False
    if left.portfolio and right.portfolio and not left.portfolio & right.portfolio:
        return not (left.portfolio - right.scope) or not (right.portfolio - left.scope) or left.head in titles().persons
    return True
