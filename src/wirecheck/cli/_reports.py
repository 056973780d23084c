"""Reports that a command reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_report_file(path: str) -> Any:
    """Return what a file of JSON holds; raises `UsageError` where it cannot be read or is none."""
    from wirecheck.errors import UsageError
    from wirecheck.report.verify import read_report

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    try:
        return read_report(data)
    except ValueError as error:
        raise UsageError(f"{path}: a report in JSON was expected; {error}") from error
