"""A fault of our own that a text brings out: it becomes a problem of that text, and the run goes on."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wirecheck.errors import Error, FindingError, ForeignSpanError
from wirecheck.model import Problem

# What a text can bring out is a mistake in a rule. Another `Error` is the caller's to mend (a model that is missing),
# and a full memory or disk is no fault of a text.
_RULES = (FindingError, ForeignSpanError)
_PASSED_ON = (Error, MemoryError, OSError)


@contextmanager
def guarding(problems: list[Problem], location: str, lost: str) -> Iterator[None]:
    """Run what is inside; an exception of a rule is added to `problems`, saying what is lost by it and where it rose.

    `lost` begins the sentence: "its quotations were not found".
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, _PASSED_ON) and not isinstance(error, _RULES):
            raise
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        problems.append(Problem(location, f"{lost}; this is a fault of Wirecheck ({where}), please report it"))
