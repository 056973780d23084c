"""The command itself, over sites on the loopback address, with stories that are really compared."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.serving import Answer, serve, serve_live
from tests.watched import HERALD, WIRE, make_feed
from wirecheck.archive import open_archive
from wirecheck.cli import commands

pytest.importorskip("httpx2")
DOCS = Path(__file__).parents[3] / "docs" / "watching.md"


def make_answer(site: str, publisher: str, title: str, text: str, at: str, **more: str) -> Answer:
    item = {"id": "1", "url": f"{site}/1", "title": title, "content_text": text, "date_published": at, **more}
    return 200, {"Content-Type": "application/feed+json"}, make_feed(item, title=publisher)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(commands, ["watch", *arguments, "--allow-network", "127.0.0.1/32"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_transcript_of_the_manual_is_what_the_command_prints(tmp_path: Path) -> None:
    answers: dict[str, dict[str, Answer]] = {"herald": {}, "coastline": {}}
    path = tmp_path / "told.jsonl"
    with serve(answers["herald"]) as herald, serve(answers["coastline"]) as coastline:
        feeds = f"{herald}/feed.json", f"{coastline}/feed.json"
        early = "Ferry aground off Sorrel Point", HERALD, "2025-01-04T08:00:00Z"
        late = "Ferry aground off Sorrel Point", WIRE, "2025-01-04T09:30:00Z"
        empty = 200, {}, make_feed({"id": "0", "url": f"{coastline}/0"}, title="Coastline Wire")
        answers["coastline"]["/feed.json"] = empty
        answers["coastline"]["/0"] = 404, {}, b""
        printed = []
        for step in range(4):
            if step == 0:
                answers["herald"]["/feed.json"] = make_answer(herald, "Herald", *early)
            if step == 1:
                answers["coastline"]["/feed.json"] = make_answer(coastline, "Coastline Wire", *late)
            if step == 2:
                corrected = early[0], HERALD.replace("212", "180"), early[2]
                more = {"date_modified": "2025-01-04T11:00:00Z"}
                answers["herald"]["/feed.json"] = make_answer(herald, "Herald", *corrected, **more)
            result = run(str(tmp_path / "desk"), *feeds, "--once", "--jsonl", str(path))
            assert result.exit_code == 0
            lines = [line for line in result.output.splitlines() if "/feed.json:" not in line]
            printed += [f"$ wirecheck watch desk {' '.join(feeds)} --once", *lines]
        text = (
            "\n".join(printed).replace(herald, "https://herald.example").replace(coastline, "https://coastline.example")
        )

    transcript = re.search(r"```text\n(\$ .*?)\n```", DOCS.read_text("utf-8"), re.DOTALL)
    assert transcript is not None
    assert mask(text) == mask(transcript[1])
    check_spans([json.loads(line) for line in path.read_text("utf-8").splitlines()], tmp_path / "desk")


def mask(text: str) -> str:
    text = re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d ", "2025-01-04 12:00 ", text, flags=re.MULTILINE)
    text = re.sub(r"\(s[0-9a-f]{7,}\)", "(s0000000)", text)
    # Standard output and standard error reach a terminal in this order, and a test in either.
    return "\n".join(sorted(text.splitlines()))


def check_spans(events: list[dict[str, Any]], folder: Path) -> None:
    with open_archive(folder) as archive:
        spans = [s for e in events for s in (*e["spans"], *e["earlier"])]
        assert spans
        for span in spans:
            document = archive.document(span["document"])
            assert document is not None
            assert document.text[span["start"] : span["end"]] == span["text"]


def test_no_request_goes_where_robots_or_the_network_forbids(tmp_path: Path) -> None:
    asked: list[str] = []
    said: list[str] = []

    def answer(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        asked.append(path)
        robots = b"User-agent: *\nDisallow: /private\nDisallow: /closed.json\n"
        pages = {"/robots.txt": robots, "/feed.json": make_feed({"id": "1", "url": f"{site}/private/1", "title": "A"})}
        return 200, {"Content-Type": "text/plain"}, pages.get(path, b"What nobody should have asked for.")

    with serve_live(answer) as site:
        for _ in range(2):
            result = run(str(tmp_path / "desk"), f"{site}/feed.json", f"{site}/closed.json", "--once")
            said.append(result.output)
        assert "asks not to read /private/1" in said[0]
        assert "asks not to read /closed.json" in said[0]
        assert {path for path in asked if path != "/robots.txt"} == {"/feed.json"}

        asked.clear()
        refused = CliRunner().invoke(commands, ["watch", str(tmp_path / "other"), f"{site}/feed.json", "--once"])
        hook = CliRunner().invoke(
            commands, ["watch", str(tmp_path / "third"), str(folder_with_news(tmp_path)), "--once", "--webhook", site]
        )

    assert asked == []
    assert "a public address was expected" in refused.output
    assert hook.exit_code == 0


def test_no_item_no_redirect_and_no_robots_file_leads_to_a_network_that_is_not_allowed(tmp_path: Path) -> None:
    asked: list[str] = []
    moved = {"/robots.txt": (404, {}, b"")}

    def answer(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        asked.append(path)
        if path in moved:
            return moved[path]
        if path == "/redirect":
            return 302, {"Location": f"http://127.0.0.2:{port}/stolen"}, b""
        return 200, {"Content-Type": "application/feed+json"}, feed

    with serve_live(answer) as site:
        port = site.rpartition(":")[2]
        hosts = ("127.0.0.2", "[::1]", "[::ffff:127.0.0.2]", "0x7f000002", "2130706434", "user:word@127.0.0.2")
        links = [f"http://{host}:{port}/stolen" for host in hosts]
        links += ["file:///etc/passwd", "http://169.254.169.254/latest", f"{site}/redirect"]
        feed = make_feed(*({"id": str(n), "url": url, "title": "A"} for n, url in enumerate(links)))
        result = run(str(tmp_path / "desk"), f"{site}/feed.json", "--once")
        assert result.exit_code == 0
        assert set(asked) == {"/robots.txt", "/feed.json", "/redirect"}

        asked.clear()
        moved["/robots.txt"] = (302, {"Location": "http://169.254.169.254/robots.txt"}, b"")
        run(str(tmp_path / "other"), f"{site}/feed.json", "--once")
        assert set(asked) == {"/robots.txt"}
    for name in ("desk", "other"):
        with open_archive(tmp_path / name) as archive:
            assert list(archive.documents()) == []


def folder_with_news(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Quay shut\n\nThe quay was shut on Tuesday.\n", "utf-8")
    return folder


def test_a_webhook_gets_what_changed_and_a_private_one_nothing(tmp_path: Path) -> None:
    came: list[dict[str, Any]] = []

    def receive(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        came.append(json.loads(body))
        return 204, {}, b""

    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(f"Ferry runs aground off Sorrel Point\n\n{HERALD}\n\nSeen by {name}.\n", "utf-8")
        os.utime(folder / name, (1_736_000_000, 1_736_000_000))
    with serve_live(receive) as site:
        closed = CliRunner().invoke(commands, ["watch", str(tmp_path / "a"), str(folder), "--once", "--webhook", site])
        assert came == []
        assert "a public address was expected" in closed.output

        run(str(tmp_path / "b"), str(folder), "--once", "--webhook", f"{site}/hook")

    (body,) = came
    assert body["format"] == "wirecheck-watch/1"
    assert {e["kind"] for e in body["events"]} >= {"document"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "nothing to watch"),
        (("no/such/folder",), "no such file"),
        (("https://a.example/", "--every", "often"), "a time such as"),
        (("https://a.example/", "--every", "5s"), "60 seconds"),
        (("https://a.example/", "--webhook", "ftp://a.example"), "webhook is an address"),
        (("https://a.example/", "--jsonl", "no/such/told.jsonl"), "no such folder"),
        (("https://a.example/", "--list", "no/such/list"), "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_asked(
    tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    result = CliRunner().invoke(commands, ["watch", str(tmp_path / "desk"), *arguments])

    assert result.exception is not None
    assert reason in str(result.exception)
