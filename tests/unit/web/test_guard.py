"""The door of the app: who is let in, and what every answer says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the app is not installed")

from tests.loops import run_async
from wirecheck.web.guard import Guard

TOKEN = "the-token"
HOST = "127.0.0.1:8000"
OWN = f"http://{HOST}"
Headers = Iterable[tuple[str, str]]
KNOWN = (("host", HOST), ("cookie", f"wirecheck={TOKEN}"))


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """Read the whole body, then say how much it was."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": str(size).encode()})


def ask(
    headers: Headers = KNOWN,
    *,
    method: str = "GET",
    path: str = "/",
    query: str = "",
    body: tuple[bytes | None, ...] = (b"",),
    **limits: Any,
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of what the guard answers; a None in `body` never comes."""
    guard = Guard(answer, token=TOKEN, hosts=frozenset([HOST, "localhost:8000"]), **limits)
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(k.encode(), v.encode()) for k, v in headers],
    }
    parts = list(body)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not parts or parts[0] is None:
            await asyncio.sleep(30)
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    run_async(guard, scope, receive, send)
    found = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:])


def test_a_reader_with_the_cookie_is_let_in() -> None:
    assert ask()[0] == 200
    assert ask([("host", "localhost:8000"), KNOWN[1]])[0] == 200


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        ["evil.example"],
        ["evil.example:8000"],
        ["127.0.0.1"],
        ["127.0.0.1:8001"],
        [f"{HOST}.evil.example"],
        [f"{HOST}@evil.example"],
        [f"evil.example#{HOST}"],
        ["localhost.:8000"],
        ["127.0.0.1:08000"],
        ["127.1:8000"],
        ["2130706433:8000"],
        ["0.0.0.0:8000"],
        [HOST, HOST],
    ],
    ids=str,
)
def test_a_name_that_is_not_ours_is_refused_though_it_leads_here(hosts: list[str]) -> None:
    headers = [*(("host", h) for h in hosts), KNOWN[1]]

    assert ask(headers)[0] == 421
    assert ask(headers, query=f"token={TOKEN}")[0] == 421


@pytest.mark.parametrize(
    "more",
    [
        [("origin", "https://evil.example")],
        [("origin", "http://127.0.0.1:8001")],
        [("origin", "http://localhost:8000")],
        [("origin", "https://127.0.0.1:8000")],
        [("origin", f"{OWN}.evil.example")],
        [("origin", f"{OWN}/")],
        [("origin", f"{OWN} https://evil.example")],
        [("origin", "file://")],
        [("origin", "")],
        [("origin", "null")],
        [("origin", "null"), ("sec-fetch-site", "cross-site")],
        [("origin", OWN), ("sec-fetch-site", "cross-site")],
        [("origin", OWN), ("sec-fetch-site", "same-site")],
        [("origin", OWN), ("origin", "https://evil.example")],
        [("sec-fetch-site", "none")],
        [],
    ],
    ids=str,
)
def test_a_form_from_another_site_is_refused_though_it_has_the_cookie(more: list[tuple[str, str]]) -> None:
    assert ask([*KNOWN, *more], method="POST")[0] == 403


@pytest.mark.parametrize(
    "more",
    [[("origin", OWN)], [("sec-fetch-site", "same-origin")], [("origin", "null"), ("sec-fetch-site", "same-origin")]],
)
def test_our_own_form_is_let_in(more: list[tuple[str, str]]) -> None:
    assert ask([*KNOWN, *more], method="POST")[0] == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_even_ask_for_a_page(site: str) -> None:
    assert ask([*KNOWN, ("sec-fetch-site", site)])[0] == 403
    assert ask([KNOWN[0], ("sec-fetch-site", site)], query=f"token={TOKEN}")[0] == 403


@pytest.mark.parametrize(
    "cookie",
    ["", "wirecheck=", "wirecheck=other", "other=the-token", "wirecheck=the-token-and", "=;,", "wirecheck=\xff"],
)
def test_without_the_token_nothing_is_answered(cookie: str) -> None:
    headers = [KNOWN[0], ("cookie", cookie)] if cookie else [KNOWN[0]]
    status, _, body = ask(headers, path="/archive")

    assert status == 403
    assert b"wirecheck serve" in body


def test_the_printed_address_gives_a_cookie_that_no_script_and_no_other_site_can_use() -> None:
    status, headers, _ = ask([KNOWN[0]], path="/story/s1", query=f"show=open&token={TOKEN}&item=a+b")

    assert status == 303
    assert headers["location"] == "/story/s1?show=open&item=a+b"
    assert headers["set-cookie"] == f"wirecheck={TOKEN}; Path=/; HttpOnly; SameSite=Strict"


def test_the_printed_address_leads_nowhere_else() -> None:
    _, headers, _ = ask([KNOWN[0]], path="//evil.example/x", query=f"token={TOKEN}")

    assert headers["location"] == "/evil.example/x"


def test_a_wrong_token_in_the_address_gives_nothing() -> None:
    status, headers, _ = ask([KNOWN[0]], query="token=other")

    assert status == 403
    assert "set-cookie" not in headers


def test_every_answer_forbids_what_pages_do_not_need() -> None:
    for headers in (KNOWN, [KNOWN[0]], [("host", "evil.example")]):
        found = ask(headers)[1]
        policy = found["content-security-policy"]

        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert found["x-content-type-options"] == "nosniff"
        assert found["cross-origin-resource-policy"] == "same-origin"
        assert found["cache-control"] == "no-store"


def test_too_much_is_refused_before_it_is_read_and_while_it_is() -> None:
    post = [*KNOWN, ("origin", OWN)]

    assert ask([*post, ("content-length", "11")], method="POST", largest_body=10)[0] == 413
    assert ask([*post, ("content-length", "-1")], method="POST", largest_body=10)[0] == 413
    assert ask(post, method="POST", body=(b"123456", b"123456"), largest_body=10)[0] == 413
    assert ask(post, method="POST", body=(b"12345", b"12345"), largest_body=10)[2] == b"10"


def test_a_body_that_does_not_end_is_given_up() -> None:
    status, _, _ = ask([*KNOWN, ("origin", OWN)], method="POST", body=(b"12345", None), body_timeout_s=0.2)

    assert status == 413


def test_sockets_are_not_served() -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    guard = Guard(answer, token=TOKEN, hosts=frozenset([HOST]))
    run_async(guard, {"type": "websocket", "headers": []}, receive, send)

    assert sent == [{"type": "websocket.close", "code": 1008}]
