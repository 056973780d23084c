"""Asking an address again, and sending to one: conditions, Retry-After, robots.txt by its age, no private address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.serving import LOOPBACK, PAGE, Answer, page, serve, serve_live
from wirecheck.readers._fetch import Fetched, Fetcher, Refusal, Unchanged, Validators, read_retry_after
from wirecheck.settings import Settings

pytest.importorskip("httpx2")
MODIFIED = "Sat, 04 Jan 2025 08:00:00 GMT"


def answer_conditionally(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    if path == "/robots.txt":
        return 404, {}, b""
    if headers.get("If-None-Match") == '"x"' or headers.get("If-Modified-Since") == MODIFIED:
        return 304, {}, b""
    return page(ETag='"x"', Last_Modified=MODIFIED)


def test_an_address_says_by_what_it_is_known_again_and_then_that_it_is_unchanged() -> None:
    with serve_live(answer_conditionally) as site, Fetcher(LOOPBACK) as fetcher:
        found = fetcher.ask(f"{site}/a")
        assert isinstance(found, Fetched)
        assert (found.etag, found.last_modified) == ('"x"', MODIFIED)

        by_tag = fetcher.ask(f"{site}/a", known=Validators(found.url, found.etag, None))
        by_time = fetcher.ask(f"{site}/a", known=Validators(found.url, None, found.last_modified))
        other = fetcher.ask(f"{site}/a", known=Validators(found.url, '"y"', None))

    assert by_tag == by_time == Unchanged(f"{site}/a")
    assert isinstance(other, Fetched)


def test_conditions_go_to_the_address_that_they_are_of_and_to_no_other() -> None:
    asked: list[tuple[str, str | None]] = []

    def answer(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        asked.append((path, headers.get("If-None-Match")))
        return (302, {"Location": "/b"}, b"") if path == "/a" else answer_conditionally(method, path, headers, body)

    with serve_live(answer) as site, Fetcher(LOOPBACK) as fetcher:
        found = fetcher.ask(f"{site}/a", known=Validators(f"{site}/b", '"x"', None))

    assert found == Unchanged(f"{site}/b")
    assert asked == [("/robots.txt", None), ("/a", None), ("/b", '"x"')]


@pytest.mark.parametrize("etag", ['"a\u00e9"', '"' + "x" * 500 + '"'])
def test_a_validator_that_cannot_be_sent_back_as_it_came_is_not_kept(etag: str) -> None:
    with serve({"/a": page(ETag=etag)}) as site, Fetcher(LOOPBACK) as fetcher:
        found = fetcher.ask(f"{site}/a")

    assert isinstance(found, Fetched)
    assert found.etag is None


def test_a_refusal_has_its_status_and_how_long_to_wait() -> None:
    with serve({"/a": (503, {"Retry-After": "120"}, b"")}) as site, Fetcher(LOOPBACK) as fetcher:
        found = fetcher.ask(f"{site}/a")

    assert isinstance(found, Refusal)
    assert (found.status, found.retry_after_s, found.forbidden) == (503, 120.0, False)


NOON = datetime(2025, 1, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 3600 ", 3600.0),
        ("Sat, 04 Jan 2025 13:30:00 GMT", 5400.0),
        ("Sat, 04 Jan 2025 10:00:00 GMT", 0.0),
        ("9" * 4000, 999_999_999.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("Sat, 99 Jan 2025 13:30:00 GMT", None),
    ],
)
def test_retry_after_is_read_by_number_and_by_date(value: str, seconds: float | None) -> None:
    assert read_retry_after(value, now=NOON) == seconds


def test_robots_is_asked_for_again_after_a_day_and_after_a_quarter_of_an_hour_where_it_failed() -> None:
    asked: list[str] = []
    answers: dict[str, Answer] = {"/robots.txt": (500, {}, b""), "/a": page()}
    now = 0.0
    with serve(answers, asked) as site, Fetcher(LOOPBACK, clock=lambda: now) as fetcher:
        assert isinstance(fetcher.ask(f"{site}/a"), Refusal)
        answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow:\nCrawl-delay: 7\n")
        now = 600.0
        assert isinstance(fetcher.ask(f"{site}/a"), Refusal)
        now = 1000.0
        assert isinstance(fetcher.ask(f"{site}/a"), Fetched)
        assert fetcher.find_delay(f"{site}/b") == 7.0
        answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
        now = 80_000.0
        assert isinstance(fetcher.ask(f"{site}/a"), Fetched)
        now = 90_000.0
        found = fetcher.ask(f"{site}/a")

    assert isinstance(found, Refusal)
    assert found.forbidden
    assert asked == ["/robots.txt", "/robots.txt", "/a", "/a", "/robots.txt"]


def test_a_post_arrives_with_its_body_and_headers_and_asks_no_robots() -> None:
    came: list[tuple[str, str, str | None, bytes]] = []

    def answer(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        came.append((method, path, headers.get("Idempotency-Key"), body))
        return 204, {}, b""

    with serve_live(answer) as site, Fetcher(LOOPBACK) as fetcher:
        refusal = fetcher.post(f"{site}/hook", b'{"a": 1}', "application/json", [("Idempotency-Key", '"s/1"')])

    assert refusal is None
    assert came == [("POST", "/hook", '"s/1"', b'{"a": 1}')]


def test_a_post_follows_no_redirect() -> None:
    asked: list[str] = []
    answers = {"/hook": (307, {"Location": "/other"}, b""), "/other": page()}
    with serve(answers, asked) as site, Fetcher(LOOPBACK) as fetcher:
        refusal = fetcher.post(f"{site}/hook", b"{}", "application/json")

    assert refusal is not None
    assert "not followed" in refusal.problem.message
    assert asked == ["/hook"]


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "[::1]", "localhost"])
def test_a_post_goes_to_no_private_address(host: str) -> None:
    with Fetcher(Settings(allow_fetch=True, fetch_timeout_s=5)) as fetcher:
        refusal = fetcher.post(f"http://{host}:9/hook", b"{}", "application/json")

    assert refusal is not None
    assert refusal.forbidden
    assert "a public address was expected" in refusal.problem.message


def test_a_post_that_is_refused_says_how_long_to_wait() -> None:
    with serve({"/hook": (429, {"Retry-After": "60"}, PAGE)}) as site, Fetcher(LOOPBACK) as fetcher:
        refusal = fetcher.post(f"{site}/hook", b"{}", "application/json")

    assert refusal is not None
    assert (refusal.status, refusal.retry_after_s) == (429, 60.0)


def test_nothing_is_sent_unless_it_is_allowed() -> None:
    with Fetcher(replace(LOOPBACK, allow_fetch=False)) as fetcher:
        refusal = fetcher.post("http://127.0.0.1:9/", b"", "application/json")

    assert refusal is not None
    assert "off" in refusal.problem.message
