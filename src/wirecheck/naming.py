"""Names that a person types: ids by their beginning, and the near one for a misspelt word."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from textwrap import shorten

from wirecheck.errors import UsageError

# Candidates that an error names.
_SHOWN = 5
_NEAR = 0.6
# Letters from which on a word may be a part of the one that was meant.
_PART = 3


def find_id(given: str, known: Mapping[str, str], *, kind: str, hint: str) -> str:
    """Return the id that `given` is, or of which alone it is the beginning.

    `known` has words for each id that tell it from the others; `hint` says where ids are found. Raises `UsageError`
    where no id begins so, and where several do: it names them.

    >>> find_id("ab", {"abc": "Herald", "xyz": "Post"}, kind="document", hint="")
    'abc'
    """
    if given in known:
        return given
    found = sorted(i for i in known if given and i.startswith(given))
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(f"{i} ({shorten(known[i], 60)})" if known[i] else i for i in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UsageError(f"{given} begins {len(found)} ids: {shown}{more}; give more of the one that you mean")
    raise UsageError(f"no {kind} {given}; {hint}{suggest(given, known)}")


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean …?" with the near words, for the end of a message, or nothing.

    >>> suggest("same-storry", ["same-story", "settled"])
    '; did you mean same-story?'
    """
    folded = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(word.casefold(), folded, n=3, cutoff=_NEAR)
    near = near or [name for name in folded if len(word) >= _PART and word.casefold() in name][:3]
    near = [folded[name] for name in near]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def suggest_file(path: str) -> str:
    """Return the same for a file that is not there, with the near names of its folder."""
    folder, name = os.path.split(path)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return ""
    return suggest(name, [n for n in names if not n.startswith(".")])


def count_of(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count_of(1, "story", "stories"), count_of(0, "pair")
    ('1 story', '0 pairs')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
