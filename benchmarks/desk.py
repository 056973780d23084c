"""How long a reader waits for a page of the app, and what memory it takes: `python -m benchmarks.desk`.

The first `--documents` articles of AllSides (20,000) and the eight of the sample, with two more of the same event, are
added to a fresh archive; then `wirecheck serve` runs over it as a process, and pages are asked for over HTTP. Printed
are seconds of wall clock, and of the processor of the app and of its worker: of the first view of stories of ten
documents that nobody has compared and no list showed (until their documents can be read, and until the report stands;
one of them is the first page of a start), of one that was compared ahead, of one that a list showed before it was
opened, of one that is asked for while others are compared ahead, of its first view after a restart, of views after
that, of the list of the archive, of a ruling until the next item stands; and the memory of the process before and
after `--views` views of `--stories` stories. `--folder` keeps the archive there, for the next run: what was compared
in it is compared anew. Exit status 1 where a first view is not shown within 1.5 s, a later one not within 0.3 s, or
memory grows by a tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psutil

from benchmarks.archive import DATA, cut
from tests.desks import Answer, Client
from wirecheck.archive import open_archive, sort_stories
from wirecheck.sample import sample_folder

FIRST_S = 1.5
LATER_S = 0.3
GROWTH = 1.1
# By then the newest stories are compared, whoever else wants the machine.
AHEAD_S = 300
UNLISTED = 3


def fill(folder: pathlib.Path, documents: int) -> tuple[str, list[str]]:
    """Make the archive where there is none; return a story of ten documents, and others that are not compared ahead."""
    if not (folder / "archive").exists():
        make(folder, documents)
    shutil.rmtree(folder / "state", ignore_errors=True)
    with open_archive(folder / "archive") as archive:
        for path in (folder / "archive" / "derived").glob("report-*"):
            path.unlink()
        wanted = {d.id for d in archive.documents() if "Port Aldery" in d.text}
        stories = sort_stories(archive.stories(), "oldest")
        listing = max(stories, key=lambda s: len(wanted.intersection(s.documents)))
        unlisted = [s.id for s in stories if s is not listing and len(s.members) == len(listing.members)][:UNLISTED]
        print(f"{archive.info().documents:,} documents; the story has {len(listing.members)}")
        return listing.id, unlisted


def make(folder: pathlib.Path, documents: int) -> None:
    with (
        sample_folder() as sample,
        open_archive(folder / "archive", create=True, processes=os.cpu_count() or 1) as archive,
    ):
        if documents:
            archive.add([cut(DATA, folder, documents)])
        archive.add([sample])
        more = []
        told = [d for d in archive.documents() if "Lady Verrin" in d.text][:2]
        for number, document in enumerate(told):
            # Two more reports of the same event, so that there are ten.
            more.append({"publisher": f"Extra {number}", "title": document.title, "published": document.published})
            more[-1] |= {
                "url": f"https://extra.example/{number}",
                "text": document.text.replace("Lady Verrin", "ferry"),
            }
        lines = folder / "more.jsonl"
        lines.write_text("".join(json.dumps(m) + "\n" for m in more), "utf-8")
        archive.add([lines])


@contextmanager
def serving(folder: pathlib.Path) -> Iterator[Watch]:
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    command = [sys.executable, "-m", "wirecheck", "serve", str(folder / "archive")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stdout is not None
        parts = urlsplit(process.stdout.readline().strip())
        client = Client(parts.port or 0, {})
        client.ask("GET", f"{parts.path}?{parts.query}")
        yield Watch(client, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(30)


class Watch:
    """Times what is asked of a desk: seconds of wall clock, and of the processor of its process and of its worker."""

    def __init__(self, client: Client, process: psutil.Process) -> None:
        self.client = client
        self.process = process
        self.failed: list[str] = []

    def clock(self) -> tuple[float, float, float]:
        """Return seconds of the wall clock, of the app's process and of the processes that it started."""
        own, *others = (p.cpu_times() for p in (self.process, *self.process.children(recursive=True)))
        return time.perf_counter(), own.user + own.system, sum(o.user + o.system for o in others)

    def time(self, ask: Callable[[], Answer]) -> tuple[tuple[float, ...], Answer]:
        begun = self.clock()
        answer = ask()
        return tuple(now - then for now, then in zip(self.clock(), begun, strict=True)), answer

    def tell(self, name: str, ask: Callable[[], Answer], limit: float | None = None, *, times: int = 1) -> Answer:
        """Print how long something takes, the median of several times; remember where it is more than was asked."""
        runs = [self.time(ask) for _ in range(times)]
        wall, used, worked = (statistics.median(r[0][n] for r in runs) for n in range(3))
        asked = f"  (asked: {limit} s)" if limit is not None else ""
        print(f"{name:62} {wall:7.3f} s; processor {used:6.3f} s, worker {worked:7.3f} s{asked}", flush=True)
        if limit is not None and wall > limit:
            self.failed.append(name)
        return runs[-1][1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--views", type=int, default=1000)
    parser.add_argument("--stories", type=int, default=24)
    parser.add_argument("--folder", type=pathlib.Path)
    given = parser.parse_args()
    if given.documents and not DATA.exists():
        print(f"{DATA} is not there: give --documents 0", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        folder = given.folder or pathlib.Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        story, unlisted = fill(folder, given.documents)
        with serving(folder) as first:
            failed = time_unlisted(first, unlisted or [story])
        for path in (folder / "archive" / "derived").glob("report-*"):
            path.unlink()
        with serving(folder) as second:
            failed += time_ahead(second, folder, story)
            time_listed(second, folder)
        with serving(folder) as watch:
            watch.tell("the list of the archive, the first page of a start", lambda: watch.client.get("/archive"))
            failed += time_views(watch, story) + watch_memory(watch, story, given.views, given.stories)
    for name in failed:
        print(f"not met: {name}", file=sys.stderr)
    return bool(failed)


def time_unlisted(watch: Watch, stories: list[str]) -> list[str]:
    """Time stories that nobody has compared and no list showed; the first of them is the first page of a start."""
    for number, story in enumerate(stories):
        name = f"a story that no list showed{'' if number else ', the first page of a start'}"
        shown = watch.tell(f"{name}: its documents", lambda s=story: watch.client.ask("GET", f"/story/{s}"), FIRST_S)
        if shown.status == 202 and 'id="documents"' not in shown.text:
            watch.failed.append(f"{name}: {shown.text}")
        watch.tell(f"{name}: the report, from then", lambda s=story: watch.client.get(f"/story/{s}"))
        watch.tell(f"{name}: after that", lambda s=story: watch.client.get(f"/story/{s}"), LATER_S, times=5)
    return watch.failed


def time_ahead(watch: Watch, folder: pathlib.Path, story: str) -> list[str]:
    """Time a story that was compared before anybody asked, as it is among the newest."""
    begun = time.perf_counter()
    path = folder / "archive" / "derived" / f"report-{story}.json"
    while not path.exists() and time.perf_counter() < begun + AHEAD_S:
        time.sleep(0.2)
    print(f"{'compared ahead, from the start':62} {time.perf_counter() - begun:7.3f} s", flush=True)
    watch.tell("its first view", lambda: watch.client.get(f"/story/{story}"), FIRST_S)
    return watch.failed


def time_listed(watch: Watch, folder: pathlib.Path) -> None:
    """Time a story of a list that was shown, and one of another list while that of the first is being compared."""
    pages = [watch.client.get(f"/archive?least=2&page={n}").text for n in (3, 2)]
    lists = [re.findall(r'href="/story/(s\w+)" class', page) for page in pages]
    if not all(lists):
        return
    last = lists[1][0]
    begun = time.perf_counter()
    while (
        not (folder / "archive" / "derived" / f"report-{last}.json").exists() and time.perf_counter() < begun + AHEAD_S
    ):
        time.sleep(0.2)
    watch.tell("the first story of a list, once compared: the first view", lambda: watch.client.get(f"/story/{last}"))
    other = lists[0][-1]
    name = "another one while those are compared: anything shown"
    watch.tell(name, lambda: watch.client.ask("GET", f"/story/{other}"))
    watch.tell("another one: the report, from then", lambda: watch.client.get(f"/story/{other}"))


def time_views(watch: Watch, story: str) -> list[str]:
    client = watch.client
    watch.tell("a story compared before: the first view of a start", lambda: client.get(f"/story/{story}"), FIRST_S)
    watch.tell("views after that", lambda: client.get(f"/story/{story}"), LATER_S, times=20)
    watch.tell("the list of the archive", lambda: client.get("/archive"), times=5)
    watch.tell("the list of the archive, searched", lambda: client.get("/archive?search=police"), times=5)
    page = watch.tell("the first item to decide", lambda: client.get(f"/story/{story}/decide?show=all"), times=5)
    values = {"item": re.findall(r'name="item" value="(\w+)"', page.text)[0], "show": "all", "ruling": "noted"}
    values |= {"who": "Jo", "note": "asked"}
    watch.tell("a ruling, until the next item stands", lambda: client.post(f"/story/{story}/decide", values), times=5)
    watch.tell("the report after it", lambda: client.get(f"/story/{story}"))
    return watch.failed


def watch_memory(watch: Watch, story: str, views: int, stories: int) -> list[str]:
    client = watch.client
    pages = (client.get(f"/archive?least=2&page={n}").text for n in range(1, 9))
    listed = [s for page in pages for s in re.findall(r'href="/story/(s\w+)" class', page)]
    ids = list(dict.fromkeys([story, *listed]))[:stories]
    for ident in ids:
        for path in ("", "/decide", "/reuse"):
            client.get(f"/story/{ident}{path}")
    before = watch.process.memory_info().rss
    for number in range(views):
        client.get(f"/story/{ids[number % len(ids)]}{('', '/decide', '/reuse')[number // len(ids) % 3]}")
    after = watch.process.memory_info().rss
    print(f"memory over {views} views of {len(ids)} stories: {before >> 20} MB, then {after >> 20} MB", flush=True)
    return ["memory"] if after > GROWTH * before else []


if __name__ == "__main__":
    sys.exit(main())
