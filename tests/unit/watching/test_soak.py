"""Thirty days of two hundred feeds by a clock that does not wait: all is told once, and nothing grows without end."""

from __future__ import annotations

import functools
import gc
import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.watched import START, Counting, FakeClock, FakeDoor, give, make_feed, refuse
from wirecheck.archive import open_archive
from wirecheck.readers._fetch import Fetched, Refusal, Unchanged, Validators
from wirecheck.watching.channels import AtomFile, JsonlFile, Webhook
from wirecheck.watching.loop import Plan, Watcher
from wirecheck.watching.state import FILE, MOST_EVENTS

FEEDS = 200
DAY = 86400.0
HOOK = "https://desk.example/hook"


@functools.cache
def draw(*parts: object) -> float:
    """Return a number from 0 to 1 that the parts decide."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:4]) / 2**32


class Newsroom:
    """A feed with a new item in twelve days or so; it keeps five, corrects one in four, and has bad days."""

    def __init__(self, number: int, clock: FakeClock) -> None:
        self.url = f"https://paper{number // 2}.example/feed{number}.json"
        self._number = number
        self._clock = clock

    def answer(self, url: str, known: Validators | None) -> Fetched | Unchanged | Refusal:
        day = int((self._clock.time - START) / DAY)
        mood = draw("mood", self._number, day)
        if self._number % 40 == 0:
            return refuse(url, "it never answers")
        if mood < 0.02:
            return refuse(url, "status 503", 503, 7200.0)
        if mood < 0.04:
            return refuse(url, "too slow")
        if mood < 0.05:
            return give(url, b"\x00<rss><<<", content_type="application/rss+xml")
        items = [n for n in range(day + 1) if draw("news", self._number, n) < 0.08][-5:]
        version = f'"{items}{day if items and items[-1] == day - 1 else ""}"'
        if known is not None and known.etag == version:
            return Unchanged(url)
        return give(url, make_feed(*(self._item(n, day) for n in items), title=f"Paper {self._number}"), etag=version)

    def _item(self, n: int, day: int) -> dict[str, str]:
        corrected = day > n and draw("corrected", self._number, n) < 0.25
        name = f"{self._number}-{n}"
        return {
            "id": name,
            "url": f"https://paper{self._number // 2}.example/{name}",
            "title": f"News {name}",
            "content_text": f"The council of ward {name} met, and {17 if corrected else 14} members spoke of the quay.",
        }


def test_thirty_days_of_two_hundred_feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda number: None)  # whether a disk keeps its word is not what is tested
    clock = FakeClock()
    door = FakeDoor(clock)
    rooms = [Newsroom(n, clock) for n in range(FEEDS)]
    door.sites = {room.url: room.answer for room in rooms}
    posted = []

    def post(url: str, body: bytes, content_type: str, headers: object) -> Refusal | None:
        if 6 * DAY < clock.time - START < 9 * DAY:
            return refuse(url, "status 502", 502)
        posted.extend(e["number"] for e in json.loads(body)["events"])
        return None

    plan = Plan(tuple(room.url for room in rooms), every_s=4 * 3600.0)
    sizes, held = [], []
    with open_archive(tmp_path / "archive", create=True) as archive:
        channels = [JsonlFile(str(tmp_path / "a.jsonl")), AtomFile(str(tmp_path / "a.atom")), Webhook(HOOK, post)]
        teller = Counting(together=True)
        for day in (15, 26, 28, 30):  # stopped and started again at the end of each
            watcher = Watcher(archive, plan, door=door, channels=channels, clock=clock, teller=teller)
            watcher.run(until=START + day * DAY)
            asked = len(door.asked)
            door.asked.clear()
            assert asked < FEEDS * 15 * 6 * 1.02
            sizes.append((archive.folder / FILE).stat().st_size)
            gc.collect()
            held.append(len(gc.get_objects()))
        documents = archive.info().documents
        assert archive.check() == ()
        told = list(teller.told)

    numbers = [json.loads(line)["number"] for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert documents > 450
    assert len(told) == len(set(told)) == documents
    assert numbers == [*range(1, len(numbers) + 1)]
    assert set(numbers) == set(posted)
    assert len(posted) == len(set(posted))
    assert len(watcher.state.events) == MOST_EVENTS
    assert sizes[-1] < 1_000_000
    assert held[3] < held[1] * 1.02 + 1000
