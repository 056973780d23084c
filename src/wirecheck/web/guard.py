"""The door of the app: who may ask, how much may be sent and how long it may take; and what every answer says.

A browser sends requests for any page that is open in it. So a request is answered only where the name in its Host is
ours (a foreign name that resolves to this machine is refused), where no other site sent it (Origin, Sec-Fetch-Site),
and where it carries the token of this start: in the printed address the first time, then in a cookie that no script
and no other site can use.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "wirecheck"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A form with a day's coverage of a story is some megabytes; a WARC that one drops is larger.
LARGEST_BODY = 256 * 1024 * 1024
BODY_TIMEOUT_S = 120.0
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With "no-referrer" a browser would send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
_SAFE = ("GET", "HEAD")


class Guard:
    """An ASGI application around another one; `hosts` are the values of Host that are ours, with their port."""

    def __init__(
        self,
        app: App,
        *,
        token: str,
        hosts: frozenset[str],
        largest_body: int = LARGEST_BODY,
        body_timeout_s: float = BODY_TIMEOUT_S,
    ) -> None:
        self.app = app
        self.token = token
        self.hosts = hosts
        self.largest_body = largest_body
        self.body_timeout_s = body_timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = _read_headers(scope)
        refusal = self._refuse(scope, headers)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        if given and self._is_token(given[0]) and scope["method"] in _SAFE:
            await self._welcome(scope, send)
            return
        if not self._is_token(self._read_cookie(headers)):
            said = (
                "Open the address that `wirecheck serve` printed when it started: it carries the token of this start."
            )
            await _answer(send, 403, said)
            return
        await self._pass(scope, receive, send, headers)

    def _refuse(self, scope: Scope, headers: dict[str, list[str]]) -> tuple[int, str] | None:
        """Return status and reason where a request is not for us or not from us."""
        hosts = headers.get("host", [])
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return 421, "This name is not that of the app; use the address that was printed."
        origins, sites = headers.get("origin", []), headers.get("sec-fetch-site", [])
        foreign = any(site not in ("same-origin", "none") for site in sites)
        # "null" is what a browser sends where a policy hides the address of our own page; the site then tells.
        own = all(o == f"http://{hosts[0].lower()}" or (o == "null" and sites == ["same-origin"]) for o in origins)
        if foreign or not own or len(origins) > 1 or len(sites) > 1:
            return 403, "The request comes from another site."
        if scope["method"] not in _SAFE and not origins and sites != ["same-origin"]:
            return 403, "The request does not say which page it comes from."
        length = headers.get("content-length", ["0"])[0]
        if not length.isdecimal() or int(length) > self.largest_body:
            return 413, f"At most {self.largest_body} bytes can be sent at once; add larger files with `wirecheck add`."
        return None

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self.token.encode("ascii"))

    def _read_cookie(self, headers: dict[str, list[str]]) -> str:
        for value in headers.get("cookie", []):
            try:
                morsel = SimpleCookie(value).get(COOKIE)
            except CookieError:
                continue
            if morsel is not None:
                return morsel.value
        return ""

    async def _welcome(self, scope: Scope, send: Send) -> None:
        """Answer the printed address with the cookie, and lead to the same page without the token."""
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query.pop("token")
        path = "/" + scope["raw_path"].decode("ascii").lstrip("/")
        target = path + (f"?{urlencode(query, doseq=True)}" if query else "")
        cookie = f"{COOKIE}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 303, "", location=target, **{"set-cookie": cookie})

    async def _pass(self, scope: Scope, receive: Receive, send: Send, headers: dict[str, list[str]]) -> None:
        taken = 0
        is_over = False
        deadline = asyncio.get_running_loop().time() + self.body_timeout_s

        async def receive_limited() -> Message:
            nonlocal taken, is_over
            if is_over:
                return await receive()
            left = deadline - asyncio.get_running_loop().time()
            message = await asyncio.wait_for(receive(), max(left, 0.0))
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                is_over = not message.get("more_body", False)
                if taken > self.largest_body:
                    raise _TooMuchError
            return message

        has_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                own = {name.lower() for name, _ in message.get("headers", [])}
                more = [(n.encode(), v.encode()) for n, v in _HEADERS.items() if n.encode() not in own]
                message = {**message, "headers": [*message.get("headers", []), *more]}
            await send(message)

        try:
            await self.app(scope, receive_limited, send_with_headers)
        except (_TooMuchError, TimeoutError):
            if not has_begun:
                await _answer(send, 413, "That is more than can be sent at once, or it took too long.")


class _TooMuchError(Exception):
    """More was sent than is taken."""


def _read_headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


async def _answer(send: Send, status: int, text: str, **headers: str) -> None:
    body = f"{text}\n".encode() if text else b""
    given = {**_HEADERS, "content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **headers}
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})
