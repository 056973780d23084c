"""Where events go: each receiver has each event once, in order, whatever stops the program or the receiver."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.watched import START, refuse
from wirecheck.errors import UsageError
from wirecheck.readers._fetch import Refusal
from wirecheck.watching.channels import AtomFile, JsonlFile, Lines, Webhook, render_atom
from wirecheck.watching.events import Event
from wirecheck.watching.state import Delivery

SERIES = "2025-01-04T12:00:00+00:00-abcd"
URL = "https://desk.example/hook"
ATOM = "{http://www.w3.org/2005/Atom}"


def make_events(count: int, *, first: int = 1, title: str = "Ferry") -> list[dict[str, Any]]:
    events = [Event("conflict", f"Conflict {n} “é”.", "s1", title) for n in range(first, first + count)]
    return [e.number(SERIES, n, f"2025-01-04T12:00:{n % 60:02}+00:00") for n, e in enumerate(events, first)]


def list_numbers(path: Path) -> list[int]:
    return [json.loads(line)["number"] for line in path.read_text("utf-8").splitlines()]


def test_lines_are_shown_once() -> None:
    shown: list[Any] = []
    channel = Lines(shown.append)
    delivery = channel.deliver(SERIES, make_events(3), Delivery(1), START)
    channel.deliver(SERIES, make_events(3), delivery, START)

    assert [e["number"] for e in shown] == [2, 3]
    assert delivery == Delivery(3)


@pytest.mark.parametrize("cut", [0, 1, 40, 200, 300, 345, 400])
def test_a_file_of_lines_that_was_cut_off_anywhere_is_completed(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "told.jsonl"
    channel = JsonlFile(str(path))
    channel.deliver(SERIES, make_events(2), Delivery(), START)
    whole = path.read_bytes()
    assert len(whole) > 400
    path.write_bytes(whole[:cut])

    channel.deliver(SERIES, make_events(3), Delivery(), START)

    assert path.read_bytes().startswith(whole)
    assert list_numbers(path) == [1, 2, 3]


def test_lines_of_others_are_left_alone_and_a_new_series_begins_behind_them(tmp_path: Path) -> None:
    path = tmp_path / "told.jsonl"
    other = [e | {"series": "older"} for e in make_events(9)]
    path.write_text("".join(json.dumps(e) + "\n" for e in other) + "not ours, and no end of line", "utf-8")

    JsonlFile(str(path)).deliver(SERIES, make_events(2), Delivery(), START)

    lines = path.read_text("utf-8").splitlines()
    assert lines[9] == "not ours, and no end of line"
    assert [json.loads(line)["number"] for line in lines[10:]] == [1, 2]


def test_a_file_that_was_moved_away_gets_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "told.jsonl"
    delivery = JsonlFile(str(path)).deliver(SERIES, make_events(2), Delivery(), START)
    path.rename(tmp_path / "told.1.jsonl")
    JsonlFile(str(path)).deliver(SERIES, make_events(3), delivery, START)

    assert list_numbers(path) == [3]


def test_the_feed_is_well_formed_whatever_articles_hold_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    hostile = "Ferry\x00\x1b[31m ]]> <script>alert(1)</script> & \ud800 \ufffe"
    events = make_events(150, title=hostile)
    document = {"id": "1", "name": "a", "publisher": "P", "title": hostile, "url": "https://a.example/?a=1&b=2"}
    events[-1]["documents"] = [document, document | {"url": "javascript:alert(1)"}, document | {"url": None}]
    events[-1]["spans"] = [{"document": "1", "start": 0, "end": 3, "text": "14\npeople"}]
    path = tmp_path / "told.atom"
    AtomFile(str(path)).deliver(SERIES, events, Delivery(), START)

    feed = ElementTree.fromstring(path.read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 100
    assert len({e.findtext(f"{ATOM}id") for e in entries}) == 100
    assert [link.get("href") for link in entries[0].findall(f"{ATOM}link")] == ["https://a.example/?a=1&b=2"]
    assert "“14 people”" in (entries[0].findtext(f"{ATOM}content") or "")
    assert "<script" in (entries[0].findtext(f"{ATOM}title") or "")
    assert b"<script" not in path.read_bytes()
    assert render_atom(SERIES, events[-100:]) == path.read_bytes()


def test_our_own_reader_reads_the_feed(tmp_path: Path) -> None:
    import feedparser

    feed = feedparser.parse(render_atom(SERIES, make_events(2)))

    assert not feed.bozo
    assert [e.title for e in feed.entries] == ["New conflict: Ferry", "New conflict: Ferry"]


class Receiver:
    def __init__(self, *answers: Refusal | None) -> None:
        self.answers = list(answers)
        self.came: list[tuple[str, dict[str, Any], dict[str, str]]] = []

    def post(self, url: str, body: bytes, content_type: str, headers: Sequence[tuple[str, str]]) -> Refusal | None:
        self.came.append((url, json.loads(body), dict(headers)))
        return self.answers.pop(0) if self.answers else None


def test_a_webhook_gets_each_event_once_some_at_a_time() -> None:
    receiver = Receiver()
    channel = Webhook(URL, receiver.post)
    delivery = channel.deliver(SERIES, make_events(45), Delivery(), START)
    channel.deliver(SERIES, make_events(45), delivery, START)

    assert {url for url, _, _ in receiver.came} == {URL}
    assert [[e["number"] for e in body["events"]] for _, body, _ in receiver.came] == [
        [*range(1, 21)],
        [*range(21, 41)],
        [*range(41, 46)],
    ]
    assert receiver.came[0][2]["Idempotency-Key"] == f'"{SERIES}/1-20"'


def test_what_a_webhook_does_not_take_is_sent_again_ever_more_rarely() -> None:
    receiver = Receiver(*[refuse(URL, "status 500", 500)] * 4)
    channel = Webhook(URL, receiver.post)
    delivery, now, times = Delivery(), 0.0, []
    while delivery.number < 1:
        before = len(receiver.came)
        delivery = channel.deliver(SERIES, make_events(1), delivery, now)
        times += [now] * (len(receiver.came) - before)
        now += 10

    assert times == [0, 30, 90, 210, 450]
    assert delivery == Delivery(1)


def test_a_webhook_that_asks_for_time_gets_it() -> None:
    channel = Webhook(URL, Receiver(refuse(URL, "status 429", 429, 7200.0)).post)

    assert channel.deliver(SERIES, make_events(1), Delivery(), 0.0).due == 7200.0


def test_a_receiver_that_was_away_too_long_is_told_how_many_events_it_lost() -> None:
    receiver = Receiver()
    Webhook(URL, receiver.post).deliver(SERIES, make_events(3, first=601), Delivery(100), START)

    assert [body["dropped"] for _, body, _ in receiver.came] == [500]


def test_a_webhook_is_an_address() -> None:
    with pytest.raises(UsageError, match="http"):
        Webhook("file:///etc/passwd", Receiver().post)
