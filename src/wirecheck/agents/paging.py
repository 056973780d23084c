"""Pages: as many entries as a result may have, and a cursor for those that follow."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from wirecheck.agents.results import Result
from wirecheck.errors import UsageError

MOST_TOKENS = 8_000
"""Tokens that a model reads of one result: its text. The same stands beside it as a value, for programs."""
# Characters that one token holds at least, in JSON with ids of sixteen digits: a tokenizer that splits at every sign
# needs one for 2.2, those of today's models one for 2.8 to 3.5. Outside ASCII each character is counted as a token.
_PER_TOKEN = 2.2
_CURSOR = re.compile(r"(\d{1,9})-([0-9a-f]{8})")
Made = TypeVar("Made", bound=Result)


def count_tokens(text: str) -> int:
    """Return how many tokens a text has at most, whatever model reads it."""
    plain = sum(c.isascii() for c in text)
    return int(plain / _PER_TOKEN) + (len(text) - plain) + 1


def read_cursor(cursor: str | None, question: Any) -> int:
    """Return the place at which a page begins; raises `UsageError` for the cursor of another question or list."""
    if not cursor:
        return 0
    found = _CURSOR.fullmatch(cursor)
    if found is None or found[2] != _sign(question):
        raise UsageError(
            "this cursor is not of this call: give the arguments that it came with; where these are the same, what "
            "they list has changed since: begin again without a cursor"
        )
    return int(found[1])


def fill(
    entries: Sequence[Any], start: int, question: Any, most_tokens: int, make: Callable[[Sequence[Any]], Made]
) -> Made:
    """Return a result of the entries from `start` on, as many as may be; one at least.

    `make` puts a result together from some entries; how long it is, is looked at and not guessed.
    """
    low, high = 1, max(1, len(entries) - start)
    while low < high:
        middle = (low + high + 1) // 2
        if _measure(make(entries[start : start + middle])) <= most_tokens:
            low = middle
        else:
            high = middle - 1
    made = make(entries[start : start + low])
    end = start + low
    made.total = len(entries)
    made.truncated = end < len(entries)
    made.cursor = f"{end}-{_sign(question)}" if made.truncated else None
    return made


def _measure(result: Result) -> int:
    return count_tokens(result.model_dump_json())


def _sign(question: Any) -> str:
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:8]
