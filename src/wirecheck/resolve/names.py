"""Names of one someone: full and short forms, spellings, initials, short names of organizations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wirecheck.text.gazetteer import countries, first_names, fold_name, organizations, outlets

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_DEGREES = frozenset(["phd", "md", "esq", "qc", "kc"])
# Letters that transliterations of one name write in several ways.
_SOUNDS = (
    ("yy", "y"), ("iy", "y"), ("ii", "y"), ("ij", "y"), ("ey", "y"), ("ei", "y"), ("kh", "h"), ("ph", "f"), ("ck", "k"),
    ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("q", "k"), ("c", "k"),
)  # fmt: skip
# Shortest surname in letters whose spelling may differ: shorter ones are mostly other names (Su and Lu, Bush and Rush).
_SHORTEST_VARIANT = 6
# Shorter surnames that only sound alike are two names even behind one first name.
_SHORTEST_SOUND = 3
# Shortest first name in letters that may differ in two: a name that no list of first names has, written down by ear.
_SHORTEST_TRANSLITERATION = 8


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts, folded; `first` is "" for a surname alone."""

    first: str
    middle: tuple[str, ...]
    last: str
    suffix: str


@lru_cache(maxsize=4096)
def read_person_name(name: str) -> PersonName:
    """Return the parts of a person's name.

    >>> read_person_name("Jesse L. Jackson Jr.")
    PersonName(first='jesse', middle=('l',), last='jackson', suffix='jr')
    >>> read_person_name("Ada E. Lund").last
    'lund'
    """
    parts = [p for p in fold_name(name.replace(",", " ")).split() if p not in _DEGREES]
    suffix = ""
    if len(parts) > 1 and parts[-1] in _SUFFIXES:
        suffix = parts.pop()
    if not parts:
        return PersonName("", (), "", suffix)
    if len(parts) == 1:
        return PersonName("", (), parts[0], suffix)
    last = len(parts) - 1
    initial = {letter.casefold() for letter in re.findall(r"\b([A-Z])\b", name)}
    while last > 1 and parts[last - 1] in first_names().particles and parts[last - 1] not in initial:
        last -= 1
    return PersonName(parts[0], tuple(parts[1:last]), " ".join(parts[last:]), suffix)


def first_names_fit(left: str, right: str) -> bool:
    """Return whether two folded first names may name one person: equal, a short form, an initial, a spelling.

    >>> first_names_fit("liz", "elizabeth"), first_names_fit("karen", "carol"), first_names_fit("j", "jane")
    (True, False, True)
    """
    if left == right or left in first_names().short.get(right, ()) or right in first_names().short.get(left, ()):
        return True
    one, other = first_names().short.get(left, frozenset()), first_names().short.get(right, frozenset())
    if one & other and left[:1] == right[:1]:
        return True  # two forms of one name: Jim and Jimmy
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if len(short) >= 3 and "-" not in short and long.startswith(short + "-"):
        return True
    gender = first_names().gender
    if left in gender and right in gender:
        return False
    if len(short) >= 6 and short[:3] == long[:3] and short[-1] == long[-1] and _distance(left, right) <= 1:
        return True  # "Kirsten" and "Kirstjen"; a last letter may tell Daniel from Daniela
    if (
        len(short) >= _SHORTEST_TRANSLITERATION
        and not (left in gender or right in gender)
        and _distance(left, right) <= 2
    ):
        return True  # "Kurbanguly" and "Gurbanguli"
    return len(short) >= 5 and sound(left) == sound(right)


@lru_cache(maxsize=4096)
def sound(name: str) -> str:
    """Return a folded name with the letters levelled that transliterations vary."""
    for letters, level in _SOUNDS:
        name = name.replace(letters, level)
    return re.sub(r"(.)\1", r"\1", name)


def surnames_fit(left: str, right: str) -> bool:
    """Return whether two folded surnames are one name in two spellings.

    >>> surnames_fit("zelenskyy", "zelensky"), surnames_fit("clinton", "clayton")
    (True, False)
    """
    if left == right:
        return True
    if min(len(left), len(right)) < _SHORTEST_VARIANT or left + "s" == right or right + "s" == left:
        return False
    if sound(left) == sound(right):
        return True
    return left[0] == right[0] and _distance(left, right) <= 1


def is_slip(name: str, right: str) -> bool:
    """Return whether a folded name may be a slip for the right one: a letter changed, dropped, doubled or two swapped.

    >>> is_slip("tump", "trump"), is_slip("lu", "su"), is_slip("bush", "clinton")
    (True, True, False)
    """
    return (
        name != right
        and min(len(name), len(right)) >= 2
        and name + "s" != right
        and right + "s" != name
        and _distance(name, right) <= 1
    )


def full_name(name: str) -> str:
    """Return what a well-known short name stands for, else the name itself: "FAA" gives its full name."""
    return organizations().acronyms.get(name, "") or name


def _distance(left: str, right: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(left, right, score_cutoff=2))


def person_names_fit(left: str, right: str) -> bool:
    """Return whether two full names of persons may name one person."""
    ours, theirs = read_person_name(left), read_person_name(right)
    if not ours.first or not theirs.first:
        return False
    if ours.suffix and theirs.suffix and ours.suffix != theirs.suffix:
        return False
    if not first_names_fit(ours.first, theirs.first):
        # "Huckabee Sanders" for "Sarah Huckabee Sanders" is a surname of two parts.
        return ours.last == theirs.last and (ours.first in theirs.middle or theirs.first in ours.middle)
    if not middles_fit(ours.middle, theirs.middle):
        return False
    if ours.last == theirs.last:
        return True
    if ours.first == theirs.first and (ours.last in theirs.middle or theirs.last in ours.middle):
        return True  # "Sutopo Purwo" for "Sutopo Purwo Nugroho"
    if ours.first == theirs.first and len(ours.last) > _SHORTEST_SOUND and sound(ours.last) == sound(theirs.last):
        return True  # "William Alsop" and "William Allsop"
    return surnames_fit(ours.last, theirs.last)


def middles_fit(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether the names between first and last may be one person's: a name in common, or initials cut short.

    >>> middles_fit(("h", "w"), ("w",)), middles_fit(("h", "w"), ("h",)), middles_fit((), ("w",))
    (False, True, True)
    """
    if not left or not right or any(len(m) > 1 and m in right for m in left):
        return True
    ours, theirs = (
        "".join(m if len(m) == 2 and not set(m) & set("aeiouy") else m[0] for m in names) for names in (left, right)
    )
    return ours.startswith(theirs) or theirs.startswith(ours)


def organization_key(name: str) -> str:
    """Return the form under which the names of one organization, country or place are equal.

    >>> organization_key("the U.S. Geological Survey") == organization_key("United States Geological Survey")
    True
    """
    plain = name.removeprefix("the ").removeprefix("The ")
    country = countries().get(plain)
    if country is not None and country.form == "name":
        return "country:" + country.name.casefold()
    outlet = outlets().get(plain) or outlets().get("The " + plain)
    if outlet is not None and outlet.kind != "social":
        plain = outlet.name.removeprefix("The ")
    full = organizations().acronyms.get(plain, "")
    words = fold_name(full or plain).replace("&", "and").split()
    if len(words) > 1 and words[0].upper() in organizations().vessels:
        words.pop(0)
    if words and words[0] in ("us", "u.s."):
        words[:1] = ["united", "states"]
    if words[-3:] == ["house", "of", "representatives"]:
        del words[-2:]
    legal = {fold_name(form) for form in organizations().legal}
    while len(words) > 1 and words[-1].rstrip(",") in legal:
        words.pop()
    return " ".join(w.rstrip(",") for w in words).replace("organisation", "organization").replace("centre", "center")


def initials(name: str) -> str:
    """Return the capitals with which the words of a name begin: "Internal Revenue Service" gives "IRS"."""
    return "".join(w[0] for w in re.findall(r"[^\W\d_]+", name) if w[0].isupper())


def choose_name(variants: Iterable[tuple[str, int]], *, person: bool) -> str:
    """Return the fullest of the forms of one name, each given with how often it stands.

    For persons more parts win, then the more frequent form; a suffix ("Jr.") counts as a part, a middle initial does
    not.
    """

    def rank(item: tuple[str, int]) -> tuple[int, int, int, str]:
        name, count = item
        if person:
            parts = read_person_name(name)
            size = bool(parts.first) + bool(parts.last) + bool(parts.suffix) + (parts.first in first_names().gender)
            return (-size, -count, -len(name), name)
        acronym = name.isupper() or re.fullmatch(r"(?:[A-Z]\.)+", name) is not None
        return (acronym, -len(name.replace(" ", "")), -count, name)

    return min(variants, key=rank)[0]
