"""The sample coverage: a fictional accident, told by fictional publishers.

A ferry runs into the harbour wall of Port Aldery, a town that is on no map. Planted in the eight documents: a reprint
of an agency text and a rewrite of it; an altered, a trimmed and a spliced quotation, and one told in indirect speech; a
conflicting toll and a later one; a rounded number; a gross and a net sum; a minister with the wrong office; a reversed
order of two events; a fact that only one document has; a claim that three documents credit to one another in a circle;
a report with its own witnesses; and markup in an article that must stay text.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def sample_folder() -> AbstractContextManager[Path]:
    """Return a context that gives the folder of the sample coverage as a path on disk."""
    return as_file(files(__name__).joinpath("coverage"))
