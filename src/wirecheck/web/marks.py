"""What a reader has seen: the report of each story as it was when they looked, kept in their own folder."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wirecheck.archive import Listing
from wirecheck.model import Report
from wirecheck.report.json import build_json
from wirecheck.writing import writing

# Stories that are remembered for one reader; a report of ten documents is some 50 KB.
MOST_MARKS = 500
# No story has this id.
_NEWS = "news"


@dataclass(frozen=True, slots=True)
class Mark:
    """A story as a reader saw it."""

    at: str
    """When, ISO 8601."""
    report: Mapping[str, Any]
    """In JSON form, see `build_json`."""

    @property
    def documents(self) -> frozenset[str]:
        return frozenset(d["id"] for d in self.report["documents"])


class Marks:
    """The marks of all readers on one archive, in one folder; what is damaged there is as if it had not been seen."""

    def __init__(self, folder: Path, archive: Path) -> None:
        self._folder = folder / _digest(str(archive.resolve()))

    def read(self, who: str, listing: Listing) -> Mark | None:
        """Return a story as a reader saw it the last time, under any id that it had; None where they never did."""
        for path in (self._path(who, name) for name in _list_names(listing)):
            try:
                held = json.loads(gzip.decompress(path.read_bytes()))
                return Mark(str(held["at"]), held["report"])
            except (OSError, EOFError, ValueError, KeyError, TypeError):
                continue
        return None

    def look(self, who: str, listing: Listing) -> frozenset[str] | None:
        """Return the documents of a story that a reader has seen, without reading more; None where they never did."""
        for path in (self._path(who, name).with_suffix(".ids") for name in _list_names(listing)):
            try:
                return frozenset(path.read_text("ascii").split())
            except (OSError, ValueError):
                continue
        return None

    def write(self, who: str, listing: Listing, report: Report) -> None:
        """Remember that a reader has seen this report; nothing is remembered where nothing can be written."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        path = self._path(who, listing.id)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            packed = gzip.compress(json.dumps({"at": at, "report": build_json(report)}).encode("ascii"), 6)
            with writing(path) as part:
                part.write_bytes(packed)
            with writing(path.with_suffix(".ids")) as part:
                part.write_text(" ".join(d.id for d in report.documents), "ascii")
            self._forget(path.parent)

    def read_news(self, who: str) -> tuple[str, int] | None:
        """Return the series and the number of the last news that a reader has seen; None where they never did."""
        try:
            held = json.loads(self._path(who, _NEWS).with_suffix(".json").read_text("utf-8"))
            return str(held["series"]), int(held["number"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_news(self, who: str, series: str, number: int) -> None:
        """Remember that a reader has seen what was told up to a number; an earlier one takes nothing back."""
        seen = self.read_news(who)
        if seen is not None and seen[0] == series and seen[1] >= number:
            return
        path = self._path(who, _NEWS).with_suffix(".json")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with writing(path) as part:
                part.write_text(json.dumps({"series": series, "number": number}), "utf-8")

    def _forget(self, folder: Path) -> None:
        kept = sorted(folder.glob("*.gz"), key=lambda p: (p.stat().st_mtime_ns, p.name))
        for path in kept[: max(0, len(kept) - MOST_MARKS)]:
            path.unlink(missing_ok=True)
            path.with_suffix(".ids").unlink(missing_ok=True)

    def _path(self, who: str, story: str) -> Path:
        # Names of people and ids from addresses are digested, so that neither is ever a path.
        return self._folder / _digest(who) / f"{_digest(story)}.gz"


def _list_names(listing: Listing) -> list[str]:
    """Return the ids that a story may have had: each of its documents may have been the first."""
    return [listing.id, *(f"s{d[:8]}" for d in (*listing.documents, *listing.earlier))]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
