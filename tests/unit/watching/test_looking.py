"""Looking at targets: who is asked when, what is stored, and what a stop at any moment leaves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.watched import START, Counting, FakeClock, FakeDoor, give, list_kinds, make_feed, make_page, refuse
from wirecheck.archive import Archive, open_archive
from wirecheck.errors import UsageError
from wirecheck.readers._fetch import Fetched, Refusal, Unchanged, Validators
from wirecheck.watching import read_events
from wirecheck.watching.loop import Plan, Watcher
from wirecheck.watching.state import FILE, MOST_EVENTS, State, holding, read_state, write_state

FEED = "https://herald.example/feed.json"
QUARTER = 900.0
ITEM = {
    "id": "1",
    "url": "https://herald.example/a",
    "title": "Ferry aground",
    "date_published": "2025-01-04T08:00:00Z",
}
TEXT = "The ferry Larkspur ran aground off Sorrel Point on Saturday, and 14 people were hurt, the coast guard said."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


class World:
    def __init__(self, archive: Archive, *targets: str, **plan: Any) -> None:
        self.clock = FakeClock()
        self.door = FakeDoor(self.clock)
        self.archive = archive
        self.plan = Plan(targets or (FEED,), **plan)
        self.notes: list[str] = []

    def watch(self, quarters: float = 0.0, *, once: bool = False, **more: Any) -> Watcher:
        watcher = Watcher(
            self.archive, self.plan, door=self.door, clock=self.clock, teller=Counting(), note=self.notes.append, **more
        )
        watcher.run(once=once, until=None if once else self.clock.time + quarters * QUARTER - 1)
        return watcher


@pytest.fixture
def world(archive: Archive) -> World:
    return World(archive)


def with_etag(body: bytes, etag: str) -> Any:
    def answer(url: str, known: Validators | None) -> Fetched | Unchanged:
        return Unchanged(url) if known is not None and known.etag == etag else give(url, body, etag=etag)

    return answer


def test_a_feed_is_asked_each_quarter_of_an_hour_and_read_once(world: World) -> None:
    world.door.sites[FEED] = with_etag(make_feed(ITEM | {"content_text": TEXT}), '"1"')

    watcher = world.watch(4)

    assert world.door.times(FEED) == [0, QUARTER, 2 * QUARTER, 3 * QUARTER]
    assert [known.etag if known else None for _, _, known in world.door.asked] == [None, '"1"', '"1"', '"1"']
    assert world.archive.info().documents == 1
    assert [e["sentence"] for e in watcher.state.events] == ["New: Ferry aground."]


def test_a_changed_text_is_a_new_version_and_a_new_item_a_new_document(world: World) -> None:
    texts = iter([TEXT, TEXT.replace("14", "17"), TEXT.replace("14", "17")])
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(ITEM | {"content_text": next(texts)}))

    world.watch(3)

    assert (world.archive.info().documents, world.archive.info().versions) == (2, 1)


def test_what_the_archive_held_before_is_not_told(world: World, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("Old news\n\nThe bridge was shut on Tuesday.\n", "utf-8")
    world.archive.add([tmp_path / "old.txt"])
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(ITEM | {"content_text": TEXT}))

    assert [e["sentence"] for e in world.watch(once=True).state.events] == ["New: Ferry aground."]


def test_items_without_text_are_read_from_their_pages_once(world: World) -> None:
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(ITEM))
    world.door.sites[ITEM["url"]] = lambda url, known: give(url, make_page("Ferry aground", TEXT))

    world.watch(5)

    assert len(world.door.times(ITEM["url"])) == 1
    assert world.archive.info().documents == 1


def test_a_page_that_cannot_be_read_is_tried_ever_more_rarely_although_the_feed_does_not_change(world: World) -> None:
    world.door.sites[FEED] = with_etag(make_feed(ITEM), '"1"')

    world.watch(4 * 24 * 4)

    assert [t // QUARTER / 4 for t in world.door.times(ITEM["url"])] == [0, 1.25, 7.5, 31.75]


def test_a_page_that_is_gone_is_not_asked_again_and_the_feed_is_asked_conditionally(world: World) -> None:
    world.door.sites[FEED] = with_etag(make_feed(ITEM), '"1"')
    world.door.sites[ITEM["url"]] = lambda url, known: refuse(url, "status 404", 404)

    world.watch(20)

    assert len(world.door.times(ITEM["url"])) == 1
    assert all(known is not None for _, url, known in world.door.asked[2:] if url == FEED)


def test_problems_that_come_again_at_each_look_fill_neither_archive_nor_screen(world: World) -> None:
    numbers = iter(range(100))

    def answer(url: str, known: Validators | None) -> Fetched:
        fillers = [{"id": str(n), "title": f"Filler {n}", "content_text": f"Filler {n}."} for n in range(next(numbers))]
        return give(url, make_feed(*fillers, ITEM))

    world.door.sites[FEED] = answer
    world.plan = replace(world.plan, settings=replace(world.plan.settings, follow_feeds=False))

    world.watch(10)

    assert world.archive.problems() == ()
    assert sum("the feed has a summary" in note for note in world.notes) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(world: World, status: int) -> None:
    other = "https://herald.example/other.json"
    world.plan = replace(world.plan, targets=(FEED, other))
    answers = iter([refuse(FEED, "busy", status, 5 * 3600.0)])
    world.door.sites[FEED] = lambda url, known: (
        next(answers, None) or give(url, make_feed(ITEM | {"content_text": TEXT}))
    )
    world.door.sites[other] = lambda url, known: give(url, make_feed())

    world.watch(24)

    assert [t for t in world.door.times(FEED) if t < 5 * 3600] == [0]
    assert [t for t in world.door.times(other) if t < 5 * 3600] == []
    assert world.door.times(other)
    assert world.archive.info().documents == 1


def test_a_failing_feed_is_asked_ever_more_rarely_told_once_and_stops_no_other(world: World) -> None:
    bad = "https://bad.example/feed"
    world.plan = replace(world.plan, targets=(bad, FEED))
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(ITEM | {"content_text": TEXT}))

    watcher = world.watch(32)

    assert world.door.times(bad) == [QUARTER * n for n in (0, 1, 3, 7, 15, 31)]
    assert len(world.door.times(FEED)) == 32
    assert list_kinds(watcher.state.events) == ["document", "failing"]

    world.door.sites[bad] = lambda url, known: give(url, make_feed())
    assert list_kinds(world.watch(80).state.events) == ["document", "failing", "working"]


def test_a_feed_that_brings_out_a_fault_stops_no_other(world: World) -> None:
    def explode(url: str, known: Validators | None) -> Fetched:
        raise RuntimeError("what nobody thought of")

    world.plan = replace(world.plan, targets=("https://bad.example/feed", FEED))
    world.door.sites["https://bad.example/feed"] = explode
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(ITEM | {"content_text": TEXT}))

    world.watch(2)

    assert world.archive.info().documents == 1
    assert any("what nobody thought of" in note for note in world.notes)


def test_one_host_is_asked_at_most_once_a_second_or_as_robots_says(world: World) -> None:
    pages = [f"https://herald.example/{n}" for n in range(5)]
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(*({"id": p, "url": p, "title": p} for p in pages)))
    for page in pages:
        world.door.sites[page] = lambda url, known: give(url, make_page("A page", TEXT))
    world.door.delays[pages[4]] = 7.0

    world.watch(1)

    assert [when - START for when, _, _ in world.door.asked] == [0, 1, 2, 3, 4, 11]


def test_a_host_that_wants_long_pauses_gets_them_and_holds_up_nobody(world: World) -> None:
    slow = [f"https://slow.example/{n}" for n in range(2)]
    world.plan = replace(world.plan, targets=(*slow, FEED))
    for url in (*slow, FEED):
        world.door.sites[url] = lambda url, known: give(url, make_feed())
        world.door.delays[url] = 120.0 if url in slow else 1.0

    watcher = world.watch(2)

    assert [world.door.times(url)[0] for url in (*slow, FEED)] == [0, 120, 0]
    assert list_kinds(watcher.state.events) == []


def test_a_feed_of_slow_pages_holds_up_the_others_for_five_minutes_at_most(world: World) -> None:
    pages = [f"https://slow.example/{n}" for n in range(100)]
    world.plan = replace(world.plan, targets=("https://slow.example/feed", FEED))

    def linger(url: str, known: Validators | None) -> Refusal:
        world.clock.time += 30
        return refuse(url, "too slow")

    world.door.sites |= dict.fromkeys(pages, linger)
    world.door.sites["https://slow.example/feed"] = lambda url, known: give(
        url, make_feed(*({"id": p, "url": p, "title": p} for p in pages))
    )
    world.door.sites[FEED] = lambda url, known: give(url, make_feed())

    world.watch(1)

    assert world.door.times(FEED)[0] < 360


def test_once_looks_once_even_if_the_time_has_not_come_but_not_at_what_wants_to_be_left_alone(world: World) -> None:
    bad = "https://bad.example/feed"
    world.plan = replace(world.plan, targets=(bad, FEED))
    world.door.sites[FEED] = lambda url, known: give(url, make_feed())
    for _ in range(3):
        world.watch(once=True)
        world.clock.time += 60

    assert len(world.door.times(FEED)) == 3
    assert len(world.door.times(bad)) == 1


def test_a_folder_gives_new_files_when_they_are_written_to_their_end(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    world = World(archive, str(folder))

    def write(name: str, at: float) -> None:
        (folder / name).write_text(f"News of {name}\n\n{TEXT}\n", "utf-8")
        os.utime(folder / name, (at, at))

    write("one.txt", START - 60)
    write("two.txt", START - 0.5)
    world.watch(0.002)
    assert archive.info().documents == 1

    world.watch(0.02)
    assert archive.info().documents == 2

    write("three.txt", world.clock.time - 60)
    world.watch(2)
    assert archive.info().documents == 3
    assert world.door.asked == []


def test_a_feed_in_a_folder_fetches_nothing(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "feed.json").write_bytes(make_feed(ITEM))
    os.utime(tmp_path / "in" / "feed.json", (START - 60, START - 60))
    world = World(archive, str(tmp_path / "in"))

    world.watch(2)

    assert world.door.asked == []
    assert archive.info().documents == 0


def test_a_folder_that_goes_away_is_told_and_comes_back(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    world = World(archive, str(folder))
    world.watch(1)
    folder.rmdir()

    assert list_kinds(world.watch(16).state.events) == ["failing"]

    folder.mkdir()
    assert list_kinds(world.watch(40).state.events) == ["failing", "working"]


class Stopped(BaseException):
    """Stands for kill -9: nothing in the program may catch it."""


@pytest.mark.parametrize("nth", range(1, 15))
def test_a_stop_at_any_write_loses_nothing_and_repeats_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    """The n-th time that anything is made durable, the program ends, before it or after it, and is started again."""
    from wirecheck.store import Store
    from wirecheck.watching import loop
    from wirecheck.watching.channels import JsonlFile

    world = World(archive)
    items = [
        ITEM | {"id": str(n), "url": f"{ITEM['url']}{n}", "title": f"Item {n}", "content_text": TEXT + f" {n}"}
        for n in range(3)
    ]
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(*items))
    count = 0
    for owner, name in ((Store, "write"), (loop, "write_state"), (JsonlFile, "deliver")):
        kept = getattr(owner, name)

        def stop(*arguments: Any, kept: Any = kept, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == nth and nth % 2:
                raise Stopped
            result = kept(*arguments, **options)
            if count == nth:
                raise Stopped
            return result

        monkeypatch.setattr(owner, name, stop)
    path = tmp_path / "told.jsonl"
    with pytest.raises(Stopped):
        world.watch(once=True, channels=[JsonlFile(str(path))])
    world.watch(once=True, channels=[JsonlFile(str(path))])

    lines = path.read_text("utf-8").splitlines()
    assert sorted(line.split('"sentence": "')[1].split('"')[0] for line in lines) == [
        f"New: Item {n}." for n in range(3)
    ]
    assert [int(line.split('"number": ')[1].split(",")[0]) for line in lines] == [1, 2, 3]
    assert archive.info().documents == 3


def test_a_story_that_ended_the_program_five_times_is_passed_over(world: World) -> None:
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(ITEM | {"content_text": TEXT}))

    class Deadly(Counting):
        def tell(self, archive: Archive, untold: Any) -> Any:
            raise Stopped

    for _ in range(5):
        with pytest.raises(Stopped):
            Watcher(world.archive, world.plan, door=world.door, clock=world.clock, teller=Deadly()).run(once=True)
    watcher = Watcher(world.archive, world.plan, door=world.door, clock=world.clock, teller=Deadly())
    watcher.run(once=True)

    assert list_kinds(watcher.state.events) == ["uncompared"]


def test_two_do_not_watch_for_one_archive(world: World) -> None:
    with holding(world.archive.folder), pytest.raises(UsageError, match="another process watches"):
        world.watch(once=True)


def test_a_damaged_state_is_an_error_that_says_what_to_do(world: World) -> None:
    (world.archive.folder / FILE).write_text("{", "utf-8")

    with pytest.raises(UsageError, match="move it away"):
        world.watch(once=True)


@pytest.mark.parametrize("text", ["[]", '{"format": "wirecheck-watch-state/1"}', '{"format": "x"}', "\x00", ""])
def test_no_state_is_taken_for_another(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")

    with pytest.raises(UsageError, match="move it away"):
        read_state(tmp_path)


def test_a_state_is_read_as_it_was_written_and_is_bounded(tmp_path: Path) -> None:
    state = State("s", told=3)
    state.mark_told([6, 5], [1, 2, 3, 5, 6, 9])
    state.append([{"number": n} for n in range(1, 2000)])
    state.pages = {f"https://a.example/{n}": (1, START + n) for n in range(9000)}
    state.forget(START)
    write_state(tmp_path, state)

    assert read_state(tmp_path) == state
    assert (state.told, state.told_after, state.is_told(9)) == (6, set(), False)
    assert (len(state.events), len(state.pages)) == (MOST_EVENTS, 5000)


def test_the_app_reads_what_was_told(world: World) -> None:
    assert read_events(world.archive.folder) == ()
    world.door.sites[FEED] = lambda url, known: give(url, make_feed(ITEM | {"content_text": TEXT}))
    world.watch(once=True)

    assert [e["kind"] for e in read_events(world.archive.folder)] == ["document"]
    assert read_events(world.archive.folder, after=1) == ()


@pytest.mark.parametrize(
    ("targets", "every", "reason"), [((), 900, "nothing"), ((FEED,), 5, "60 seconds"), (("no/such",), 900, "no such")]
)
def test_a_plan_that_cannot_be_is_refused(targets: tuple[str, ...], every: float, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        Plan(targets, every_s=every)
