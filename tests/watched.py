"""A small world to watch without a network: a clock that only moves when somebody waits, and sites of functions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wirecheck.archive import Archive, Listing
from wirecheck.model import Problem
from wirecheck.readers._fetch import Fetched, Refusal, Unchanged, Validators
from wirecheck.watching.events import Event
from wirecheck.watching.state import State
from wirecheck.watching.telling import Untold

START = 1_736_000_000.0  # 4 January 2025
HERALD = (
    "The island ferry Larkspur ran aground off Sorrel Point early on Saturday, injuring 14 people, "
    "the coast guard said.\n\n"
    "“We will not sail again until every lamp on that channel is lit,” said Mara Quill, the harbour master.\n\n"
    "The ferry had 212 passengers on board."
)
WIRE = (
    "The island ferry Larkspur ran aground off Sorrel Point early on Saturday, injuring 14 people, "
    "the coast guard said.\n\n"
    "“We will sail again when every lamp on that channel is lit,” harbour master Mara Quill said.\n\n"
    "The ferry had 180 passengers on board. The captain was relieved of duty."
)
Answer = Fetched | Unchanged | Refusal


@dataclass
class FakeClock:
    """Time passes by sleeping alone; `jobs` are run when their time has come."""

    time: float = START

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.time += seconds


@dataclass
class FakeDoor:
    """Answers by functions of the address and the validators; what has none cannot be reached. Keeps what was asked."""

    clock: FakeClock
    sites: dict[str, Callable[[str, Validators | None], Answer]] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[float, str, Validators | None]] = field(default_factory=list)

    def ask(self, url: str, *, known: Validators | None = None) -> Answer:
        self.asked.append((self.clock.time, url, known))
        answer = self.sites.get(url)
        return answer(url, known) if answer is not None else refuse(url, "it does not answer")

    def find_delay(self, url: str) -> float | None:
        return self.delays.get(url)

    def times(self, url: str) -> list[float]:
        return [when - START for when, asked, _ in self.asked if asked == url]


def give(url: str, body: bytes, *, etag: str | None = None, content_type: str = "text/html") -> Fetched:
    return Fetched(url, body, content_type, "utf-8", "2025-01-04T12:00:00+00:00", etag)


def refuse(url: str, reason: str, status: int | None = None, retry_after_s: float | None = None) -> Refusal:
    return Refusal(Problem(url, reason), status, retry_after_s)


def make_feed(*items: dict[str, Any], title: str = "Herald") -> bytes:
    """Return a JSON Feed; an item has id, url, title, content_text or summary, date_published."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}).encode()


def make_page(title: str, *paragraphs: str) -> bytes:
    body = f"<h1>{title}</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>".encode()


class Counting:
    """Tells one event for each new document, without comparing anything; each is a story of its own, or all are one."""

    def __init__(self, *, together: bool = False) -> None:
        self.told: list[str] = []
        self._together = together

    def list_untold(self, archive: Archive, state: State) -> tuple[tuple[Untold, ...], tuple[int, ...]]:
        blank = Listing("s1", "News", None, None, (), (), (), 0)
        seqs = [seq for seq in archive.store.list_ids() if not state.is_told(seq)]
        step = max(1, len(seqs) if self._together else 1)
        parts = [tuple(seqs[at : at + step]) for at in range(0, len(seqs), step)]
        return tuple(Untold(blank, part, ()) for part in parts[::-1]), ()

    def tell(self, archive: Archive, untold: Untold) -> tuple[Event, ...]:
        heads = archive.store.list_heads(untold.seqs)
        self.told += [h.id for h in heads]
        return tuple(Event("document", f"New: {h.title}.", h.id, h.title) for h in heads)


def watch_ferry(folder: Path) -> None:
    """Watch two feeds three times for an archive: one report, a second that is at odds with it, a corrected first."""
    from wirecheck.archive import open_archive
    from wirecheck.watching.loop import Plan, Watcher

    clock = FakeClock()
    herald, wire = "https://herald.example/feed.json", "https://coastline.example/feed.json"
    quiet = give(wire, make_feed({"id": "0", "url": "https://coastline.example/0"}, title="Coastline Wire"))
    at = {"date_published": "2025-01-04T08:00:00Z"}
    first = {"id": "1", "url": "https://herald.example/1", "title": "Ferry aground off Sorrel Point", **at}
    second = {**first, "url": "https://coastline.example/1", "date_published": "2025-01-04T09:30:00Z"}
    mended = {**first, "content_text": HERALD.replace("212", "180"), "date_modified": "2025-01-04T11:00:00Z"}
    rounds = [
        {herald: give(herald, make_feed({**first, "content_text": HERALD})), wire: quiet},
        {wire: give(wire, make_feed({**second, "content_text": WIRE}, title="Coastline Wire"))},
        {herald: give(herald, make_feed(mended))},
    ]
    door = FakeDoor(clock)
    with open_archive(folder, create=True) as archive:
        for answers in rounds:
            door.sites |= {url: lambda asked, known, answer=answer: answer for url, answer in answers.items()}
            Watcher(archive, Plan((herald, wire)), door=door, clock=clock).run(once=True)
            clock.sleep(900)


def list_kinds(events: Sequence[dict[str, Any]]) -> list[str]:
    return [e["kind"] for e in events]
