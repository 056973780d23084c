"""`wirecheck serve` as a process: it ends when told to, and killed at any moment it loses nothing acknowledged."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("starlette", reason="the app is not installed")
pytest.importorskip("uvicorn", reason="the app is not installed")

from tests.desks import Client
from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import open_archive


@contextmanager
def started(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    state = {"XDG_STATE_HOME": str(folder.parent / "state"), "XDG_DATA_HOME": str(folder.parent / "data")}
    process = subprocess.Popen(
        [sys.executable, "-m", "wirecheck", "serve", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **state},
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        parts = urlsplit(process.stdout.readline().strip())
        client = Client(parts.port or 0, {})
        assert client.ask("GET", f"{parts.path}?{parts.query}").status == 303
        yield process, client
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [int(p) for p in found.split()]


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def test_without_an_archive_one_is_made_in_the_data_folder_and_ctrl_c_is_a_good_end(tmp_path: Path) -> None:
    with started(tmp_path / "archive") as (process, client):
        assert client.get("/archive").status == 200
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)

    assert process.returncode == 0
    assert "Traceback" not in said
    assert (tmp_path / "data" / "wirecheck" / "archive" / "archive.sqlite").is_file()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with started(tmp_path / "archive", str(tmp_path / "archive")) as (_, client):
        command = [sys.executable, "-m", "wirecheck", "serve", str(tmp_path / "b"), "--port", str(client.port)]
        found = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert found.returncode == 2
    assert "nothing can listen on 127.0.0.1 port" in found.stderr


def test_publishers_of_a_user_are_known_to_the_app_and_a_bad_file_is_told(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "[[owner]]\nname = 'Coastline Media'\n[owner.titles]\n'Elra Post' = {}\n'Elra Herald' = {}\n", "utf-8"
    )
    text = (
        "The pier at Sorrel Point was closed on Tuesday after divers found that three of its eleven piles had been "
        "hollowed out by the sea over the winter, and the town will not open it before the end of June."
    )
    with started(tmp_path / "archive", str(tmp_path / "archive"), "--publishers", str(own)) as (_, client):
        values = {"text": [text, f"{text} Swimmers were surprised."], "publisher": ["Elra Post", "Elra Herald"]}
        page = client.post("/read", {**values, "then": "story"}).text
        assert "both are published by Coastline Media" in page
        client.post("/read", {**values, "then": "archive"})
        story = re.findall(r'href="/story/(s\w+)" class="app-title"', client.get("/archive").text)[0]
        assert "both are published by Coastline Media" in client.get(f"/story/{story}").text
    own.write_text("[[owner]", "utf-8")
    command = [sys.executable, "-m", "wirecheck", "serve", str(tmp_path / "b"), "--publishers", str(own)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert found.returncode == 2
    assert "no TOML" in found.stderr


def test_only_loopback_listens(tmp_path: Path) -> None:
    with started(tmp_path / "archive", str(tmp_path / "archive")) as (_, client):
        lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
        listening = [line.split()[1] for line in lines if line.split()[3] == "0A"]

        assert [a for a in listening if a.endswith(f":{client.port:04X}")] == [f"0100007F:{client.port:04X}"]


@pytest.mark.parametrize("seed", range(3))
def test_killed_while_people_rule_no_acknowledged_ruling_is_lost(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES[:2])])
        archive.compare(archive.stories()[0].id, keep=True)
    acknowledged: list[str] = []
    with started(folder, str(folder)) as (process, client):
        story = re.findall(r'href="/story/(s\w+)" class="app-title"', client.get("/archive").text)[0]
        item = re.findall(r'name="item" value="(\w+)"', client.get(f"/story/{story}/decide?show=all").text)[0]

        def rule(who: str) -> None:
            own = Client(client.port, dict(client.cookies))
            for number in range(1000):
                note = f"{who} {number}"
                values = {"item": item, "show": "all", "ruling": "noted", "who": who, "note": note}
                try:
                    if own.post(f"/story/{story}/decide", values, follow=False).status == 303:
                        acknowledged.append(note)
                except OSError:
                    return

        threads = [threading.Thread(target=rule, args=(who,)) for who in ("Jo", "Ann")]
        for thread in threads:
            thread.start()
        time.sleep(1.0 + random.Random(seed).random())
        os.kill(process.pid, signal.SIGKILL)
        for thread in threads:
            thread.join(30)

    with open_archive(folder) as archive:
        kept = {e.note for e in archive.decisions()}
        assert archive.check() == ()
    assert acknowledged
    assert set(acknowledged) <= kept


def test_when_the_process_that_adds_a_file_is_killed_that_is_told_and_the_file_is_added_again(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    texts = [f"The ferry {n} sank off Port Elra on Monday, and {n + 2} people died." for n in range(2000)]
    data = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    with started(folder, str(folder)) as (process, client):
        job = client.send("/read", {"then": "archive"}, [("many.jsonl", data)], follow=False).headers["location"]
        while "Reading file" not in client.ask("GET", job).text:
            time.sleep(0.05)
        for child in children_of(process.pid):
            os.kill(child, signal.SIGKILL)
        told = client.get(job)
        assert told.status == 422
        assert "ended from outside" in told.text

        assert "2000 documents added" in client.send("/read", {"then": "archive"}, [("many.jsonl", data)]).text
    with open_archive(folder) as archive:
        assert {d.text.strip() for d in archive.documents()} == set(texts)
        assert archive.check() == ()


@pytest.mark.parametrize("seed", range(2))
def test_killed_while_adding_no_acknowledged_document_is_lost_and_no_process_stays(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "archive"
    acknowledged: list[str] = []
    with started(folder, str(folder)) as (process, client):
        give_up = time.monotonic() + 4 + 3 * random.Random(seed).random()

        def add() -> None:
            for number in range(1000):
                text = f"Report {seed}-{number}\n\nThe ferry {number} sank off Port Elra, and {number + 2} people died."
                try:
                    answer = client.post("/read", {"text": text, "then": "archive"})
                except (OSError, AssertionError):
                    return
                if answer.status == 200:
                    acknowledged.append(text)

        thread = threading.Thread(target=add)
        thread.start()
        while time.monotonic() < give_up or not acknowledged:
            time.sleep(0.05)
        workers = children_of(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        thread.join(60)
        give_up = time.monotonic() + 60
        while any(map(is_alive, workers)) and time.monotonic() < give_up:
            time.sleep(0.2)

        assert workers
        assert not any(map(is_alive, workers))
    with open_archive(folder) as archive:
        kept = {d.text.strip() for d in archive.documents()}
        assert archive.check() == ()
    assert acknowledged
    assert set(acknowledged) <= kept
