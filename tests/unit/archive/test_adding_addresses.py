"""Addresses and feeds into an archive: what is stored, and what is refused, against servers on the loopback address."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.serving import LOOPBACK, PAGE, Answer, page, serve, serve_raw
from wirecheck.archive import Added, Archive, open_archive
from wirecheck.cli.add import command
from wirecheck.errors import UsageError
from wirecheck.settings import Settings

pytest.importorskip("httpx2")
FOLLOWING = replace(LOOPBACK, follow_feeds=True)
BODY = (
    "<p>The ferry Larkspur ran aground off Sorrel Point early on Tuesday, and 14 people were hurt.</p>"
    "<p>“We will not sail again until every lamp on that channel is lit,” the harbour master said.</p>"
)


@pytest.fixture(params=[1, 2], ids=["one process", "two processes"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True, processes=request.param) as opened:
        yield opened


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


def feed(*items: str) -> Answer:
    text = f"<rss version='2.0'><channel><title>The Herald</title>{''.join(items)}</channel></rss>"
    return 200, {"Content-Type": "application/rss+xml"}, text.encode()


def item(link: str, *, text: str | None = None, summary: str = "A ferry ran aground.", date: int = 4) -> str:
    whole = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[{text}]]>"
    return (
        f"<item><title>Ferry sinks</title><link>{link}</link><description>{summary}</description>"
        f"<pubDate>Tue, 0{date} Mar 2025 08:00:00 GMT</pubDate>{whole + '</content:encoded>' if text else ''}</item>"
    )


def only_problem(added: Added) -> str:
    assert added.stored == 0
    (problem,) = added.problems
    return problem.message


def test_a_page_is_stored_with_its_address_and_known_the_second_time(archive: Archive) -> None:
    with serve({"/a.html": page()}) as site:
        first = archive.add([f"{site}/a.html"], settings=LOOPBACK)
        second = archive.add([f"{site}/a.html"], settings=LOOPBACK)
        (document,) = archive.documents()

    assert (first.stored, second.stored, second.known) == (1, 0, 1)
    assert document.url == f"{site}/a.html"
    assert document.retrieved is not None
    assert archive.check() == ()


def test_a_page_that_has_changed_is_a_version(plain: Archive) -> None:
    answers = {"/a": page()}
    with serve(answers) as site:
        plain.add([f"{site}/a"], settings=LOOPBACK)
        answers["/a"] = page(PAGE.replace(b"twelve", b"thirteen"))
        plain.add([f"{site}/a"], settings=LOOPBACK)

    assert (plain.info().documents, plain.info().versions) == (2, 1)


def test_items_with_their_text_are_documents_and_others_are_named(archive: Archive) -> None:
    asked: list[str] = []
    answers: dict[str, Answer] = {"/b": page()}
    with serve(answers, asked) as site:
        answers["/feed"] = feed(item(f"{site}/a", text=BODY), item(f"{site}/b"))
        added = archive.add([f"{site}/feed"], settings=LOOPBACK)
        (document,) = archive.documents()

    assert added.stored == 1
    assert (document.publisher, document.url) == ("The Herald", f"{site}/a")
    assert document.text.startswith("Ferry sinks\n\nThe ferry Larkspur ran aground")
    assert [p.message for p in added.problems] == [
        f"the text of “Ferry sinks” was expected; the feed has a summary; the article may be at {site}/b"
    ]
    assert asked == ["/robots.txt", "/feed"]


def test_items_without_text_are_fetched_when_asked_and_keep_what_the_feed_says(archive: Archive) -> None:
    answers: dict[str, Answer] = {"/b": page()}
    with serve(answers) as site:
        answers["/feed"] = feed(item(f"{site}/a", text=BODY), item(f"{site}/b"), item(f"{site}/b"))
        added = archive.add([f"{site}/feed"], settings=FOLLOWING)
        found = {d.location: d for d in archive.documents()}

    assert (added.stored, added.problems) == (2, ())
    followed = found[f"{site}/b"]
    assert "twelve people died" in followed.text
    assert (followed.publisher, followed.published) == ("The Herald", "2025-03-04T08:00:00+00:00")


def test_an_item_that_was_fetched_is_not_asked_for_again_until_the_feed_says_something_new(plain: Archive) -> None:
    asked: list[str] = []
    answers: dict[str, Answer] = {"/b": page()}
    with serve(answers, asked) as site:
        answers["/feed"] = feed(item(f"{site}/b"))
        plain.add([f"{site}/feed"], settings=FOLLOWING)
        again = plain.add([f"{site}/feed"], settings=FOLLOWING)
        assert asked.count("/b") == 1

        answers["/feed"] = feed(item(f"{site}/b", date=5))
        plain.add([f"{site}/feed"], settings=FOLLOWING)

    assert (again.stored, again.known) == (0, 1)
    assert asked.count("/b") == 2


def test_an_item_that_could_not_be_fetched_is_asked_for_again(plain: Archive) -> None:
    answers: dict[str, Answer] = {}
    with serve(answers) as site:
        answers["/feed"] = feed(item(f"{site}/b"))
        first = plain.add([f"{site}/feed"], settings=FOLLOWING)
        answers["/b"] = page()
        second = plain.add([f"{site}/feed"], settings=FOLLOWING)

    assert "it has 404" in only_problem(first)
    assert second.stored == 1


def test_a_feed_in_a_file_is_followed_too(plain: Archive, tmp_path: Path) -> None:
    with serve({"/b": page()}) as site:
        (tmp_path / "feed.xml").write_bytes(feed(item(f"{site}/b"))[2])
        added = plain.add([tmp_path / "feed.xml"], settings=FOLLOWING)

    assert added.stored == 1


@pytest.mark.parametrize("link", ["file:///etc/passwd", "http://10.0.0.1/", "/etc/passwd", "http://[::1]/"])
def test_an_item_leads_neither_to_a_file_nor_into_a_private_network(plain: Archive, link: str) -> None:
    with serve({"/feed": feed(item(link))}) as site:
        message = only_problem(plain.add([f"{site}/feed"], settings=FOLLOWING))

    assert "only http and https" in message or "a public address was expected" in message


def test_a_feed_of_endless_links_is_followed_so_far(plain: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wirecheck.readers.MOST_LINKS", 2)
    asked: list[str] = []
    answers: dict[str, Answer] = {f"/{n}": page(PAGE + b"%d" % n) for n in range(5)}
    with serve(answers, asked) as site:
        answers["/feed"] = feed(*(item(f"{site}/{n}") for n in range(5)))
        added = plain.add([f"{site}/feed"], settings=FOLLOWING)

    assert (added.stored, len(added.problems)) == (2, 3)
    assert asked[2:] == ["/0", "/1"]


def test_lines_behind_an_address_are_no_versions_of_each_other(plain: Archive) -> None:
    lines = "".join(json.dumps({"text": f"Ship {n} came in at noon."}) + "\n" for n in range(3)).encode()
    with serve({"/a.jsonl": (200, {"Content-Type": "application/jsonl"}, lines)}) as site:
        plain.add([f"{site}/a.jsonl"], settings=LOOPBACK)

    assert (plain.info().documents, plain.info().versions) == (3, 0)


def test_nothing_is_fetched_unless_it_is_allowed(plain: Archive) -> None:
    asked: list[str] = []
    with serve({"/a": page()}, asked) as site, pytest.raises(UsageError, match="--fetch"):
        plain.add([f"{site}/a"])

    assert asked == []


# ---- what is refused leaves an archive that goes on


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.8", "0x7f.1"])
def test_an_address_that_is_not_public_is_refused(plain: Archive, host: str) -> None:
    settings = Settings(allow_fetch=True, fetch_timeout_s=5)
    message = only_problem(plain.add([f"http://{host}:9/"], settings=settings))

    assert "a public address was expected" in message or "cannot be resolved" in message


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "//[::1]/", "file:///etc/x"])
def test_a_redirect_to_where_nothing_is_read_is_refused(plain: Archive, target: str) -> None:
    with serve({"/a": (302, {"Location": target}, b"")}) as site:
        message = only_problem(plain.add([f"{site}/a"], settings=LOOPBACK))

    assert "a public address was expected" in message or "only http and https" in message


def test_a_site_that_asks_not_to_be_read_is_not_read(plain: Archive) -> None:
    answers = {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /a"), "/a": page(), "/b": page()}
    with serve(answers) as site:
        added = plain.add([f"{site}/a", f"{site}/b"], settings=LOOPBACK)

    assert added.stored == 1
    assert "robots.txt" in added.problems[0].message


def test_a_server_that_sends_drop_by_drop_is_left_and_the_rest_is_stored(plain: Archive) -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        while not over.wait(0.05):
            connection.sendall(b"x")

    with serve_raw(talk) as slow, serve({"/a": page()}) as site:
        added = plain.add([f"{site}/a", f"{slow}/a"], settings=replace(LOOPBACK, fetch_timeout_s=1.0))

    message = added.problems[-1].message
    assert message.startswith("robots.txt of 127.0.0.1 was expected to say what may be read; ")
    assert message.endswith("an answer was expected within 1 seconds in all; it took longer")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page(b"x" * 200_000), "at most 100000 bytes were expected; the answer has 200000"),
        (page(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip"), "the answer holds more and was not read"),
        ((200, {"Content-Type": "application/gzip"}, gzip.compress(b"0" * 50_000_000)), "gzip holds more"),
        (feed('<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'), "may hide a bomb"),
    ],
    ids=["oversized", "packed answer", "packed file", "entities"],
)
def test_a_bomb_is_a_problem_and_the_archive_goes_on(plain: Archive, answer: Answer, said: str) -> None:
    with serve({"/a": answer, "/b": page()}) as site:
        assert said in only_problem(plain.add([f"{site}/a"], settings=LOOPBACK))
        assert plain.add([f"{site}/b"], settings=LOOPBACK).stored == 1

    assert plain.check() == ()


# ---- the command


def test_the_command_reads_feeds_and_follows_them(tmp_path: Path) -> None:
    answers: dict[str, Answer] = {"/b": page()}
    with serve(answers) as site:
        answers["/feed"] = feed(item(f"{site}/b"))
        options = ["--fetch", "--follow", "--allow-network", "127.0.0.1/32", "--processes", "1"]
        run = CliRunner().invoke(command, [str(tmp_path / "archive"), f"{site}/feed", *options])

    assert run.exit_code == 0
    assert "1 new, 0 known" in run.stderr


@pytest.mark.parametrize("option", [["--follow"], ["--allow-network", "10.0.0.0/8"]])
def test_options_of_fetching_without_it_are_a_mistake(tmp_path: Path, option: list[str]) -> None:
    run = CliRunner().invoke(command, [str(tmp_path / "archive"), "a.txt", *option])

    assert isinstance(run.exception, UsageError)
    assert not (tmp_path / "archive").exists()


def test_an_address_that_gives_nothing_fails_the_command(tmp_path: Path) -> None:
    arguments = [str(tmp_path / "archive"), "http://127.0.0.1:9/", "--fetch", "--processes", "1"]
    run = CliRunner().invoke(command, arguments)

    assert run.exit_code == 1
    assert "a public address was expected" in run.stderr
    assert "no document could be read" in run.stderr
