"""The state of watching: one file in the folder of the archive, written whole or not at all, and bounded in size."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from wirecheck.errors import UsageError
from wirecheck.writing import writing

FILE = "watch.json"
LOCK = "watch.lock"
FORMAT = "wirecheck-watch-state/1"
# Events that are kept for the feed and for receivers that cannot be reached; older ones are dropped, and counted.
MOST_EVENTS = 500
# What is known of a target, a host or a page that nobody asked for in so many seconds is forgotten.
_FORGET_S = 30 * 86400.0
_MOST_TARGETS = 10_000
_MOST_PAGES = 5000
_MOST_HOSTS = 2000


@dataclass(slots=True)
class Look:
    """What is known of a target. Times are seconds since 1970."""

    asked: float = 0.0
    due: float = 0.0
    failures: int = 0
    told_failing: bool = False
    etag: str | None = None
    last_modified: str | None = None
    url: str | None = None
    """The address, after redirects, that the two are of."""
    digest: str | None = None
    """Of the bytes that were read last, or of the names, sizes and times of a folder's files."""


@dataclass(slots=True)
class Delivery:
    """How far one receiver has the events, and when it is tried again."""

    number: int = 0
    failures: int = 0
    due: float = 0.0


@dataclass(slots=True)
class State:
    """All that watching must know after it was stopped, at whatever moment."""

    series: str
    """Names the events of this archive together with their numbers."""
    told: int = 0
    """Documents are told up to this `seq`,"""
    told_after: set[int] = field(default_factory=set)
    """and these beyond it."""
    last: int = 0
    """Number of the last event."""
    events: list[dict[str, Any]] = field(default_factory=list)
    targets: dict[str, Look] = field(default_factory=dict)
    hosts: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Of hosts that asked to be left alone: how often in a row, and until when."""
    pages: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Of pages of items that could not be read: how often, and until when they are left alone."""
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    tried: tuple[str, int] | None = None
    """The story that is being compared, by its new documents, and how often that was begun."""

    def is_told(self, seq: int) -> bool:
        return seq <= self.told or seq in self.told_after

    def mark_told(self, seqs: Sequence[int], known: Sequence[int]) -> None:
        """Mark documents as told; `known` are the numbers of all documents, in order."""
        self.told_after.update(s for s in seqs if s > self.told)
        for at in range(bisect_right(known, self.told), len(known)):
            if known[at] not in self.told_after:
                break
            self.told = known[at]
            self.told_after.discard(known[at])

    def append(self, events: Sequence[dict[str, Any]]) -> None:
        """Keep events, the newest `MOST_EVENTS` of all."""
        self.events.extend(events)
        self.last = events[-1]["number"] if events else self.last
        del self.events[:-MOST_EVENTS]

    def forget(self, now: float) -> None:
        """Drop what nobody has asked for in a long time, and what is beyond the bounds, the oldest first."""
        kept = {t: look for t, look in self.targets.items() if max(look.asked, look.due) > now - _FORGET_S}
        self.targets = dict(sorted(kept.items(), key=lambda x: -x[1].asked)[:_MOST_TARGETS])
        for name, most in (("hosts", _MOST_HOSTS), ("pages", _MOST_PAGES)):
            held: dict[str, tuple[int, float]] = getattr(self, name)
            fresh = [(key, value) for key, value in held.items() if value[1] > now - _FORGET_S]
            setattr(self, name, dict(sorted(fresh, key=lambda x: -x[1][1])[:most]))


def read_state(folder: Path) -> State | None:
    """Return the state that was written into the folder of an archive, or None where there is none.

    Raises `UsageError` for a file that cannot be read, so that nothing is told twice without a word.
    """
    path = folder / FILE
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read ({error}); {_ANEW}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UsageError(f"{path} is not of the format {FORMAT}; {_ANEW}")
    try:
        names = {f.name for f in fields(State)}
        values = {name: value for name, value in data.items() if name in names}
        values["told_after"] = set(values["told_after"])
        values["targets"] = {t: Look(**look) for t, look in values["targets"].items()}
        values["deliveries"] = {t: Delivery(**d) for t, d in values["deliveries"].items()}
        for name in ("hosts", "pages"):
            values[name] = {key: (int(count), float(until)) for key, (count, until) in values[name].items()}
        values["tried"] = tuple(values["tried"]) if values["tried"] else None
        return State(**values)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path} is damaged ({error!r}); {_ANEW}") from error


def _list_fields(value: State | Look | Delivery) -> dict[str, Any]:
    """Return the fields as they are; `asdict` would copy all that is in them, each time."""
    return {name: getattr(value, name) for name in value.__slots__}


_ANEW = "move it away to begin anew: what the archive holds is then taken as told"


def write_state(folder: Path, state: State) -> None:
    """Write the state in one step; raises `OSError` where it cannot be written."""
    values = _list_fields(state)
    for name in ("targets", "deliveries"):
        values[name] = {key: _list_fields(value) for key, value in values[name].items()}
    data = {"format": FORMAT} | values | {"told_after": sorted(state.told_after)}
    with writing(folder / FILE) as part:
        part.write_text(json.dumps(data, ensure_ascii=True, separators=(",", ":")), "utf-8")


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Let no other process watch for the same archive; the lock goes with the process, however it ends.

    Raises `UsageError` where another one does. A database is locked because SQLite does that alike on all systems.
    """
    connection = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise UsageError(f"another process watches for the archive {folder}: {error}") from error
        yield
    finally:
        connection.close()
