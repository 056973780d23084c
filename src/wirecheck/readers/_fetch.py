"""Addresses on the web to bytes: bounded in time, size and redirects, and never into a network that is not public.

A name is resolved once, every address that it has is checked, and the connection goes to a checked address, so that a
second answer of the name server cannot lead elsewhere; redirects and robots.txt go through the same door.
"""

from __future__ import annotations

import ipaddress
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any

from wirecheck.errors import UsageError
from wirecheck.model import Problem
from wirecheck.readers._extras import find_missing
from wirecheck.readers._network import Forbidden, Missing, Network, Refused, Unreachable, is_public
from wirecheck.settings import Settings

_AGENT = "wirecheck"
_LARGEST_ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks for 500 KiB at least
# RFC 9309 asks that robots.txt is not kept for more than a day; one that failed is asked for again sooner. The rules of
# a site take a few kilobytes, and those of the sites asked last are kept.
_ROBOTS_S = 24 * 3600.0
_FAILED_ROBOTS_S = 15 * 60.0
_MOST_ROBOTS = 1000
_LARGEST_REPLY_BYTES = 64 * 1024
_LONGEST_VALIDATOR = 400
_REDIRECTS = (301, 302, 303, 307, 308)
_BLOCK = 64 * 1024
_HEADERS = [
    (b"User-Agent", _AGENT.encode()),
    (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    (b"Accept-Encoding", b"gzip, deflate"),
    (b"Connection", b"close"),
]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its last address after redirects, the unpacked bytes, and what was said of them."""

    url: str
    body: bytes
    content_type: str | None
    charset: str | None
    retrieved: str
    """When, ISO 8601 in UTC."""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows again what it gave: for `url`, which is the last one after redirects."""

    url: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An address that still gives what it gave."""

    url: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address gave nothing: in words, by its status where it answered, and how long it asks to be left alone."""

    problem: Problem
    status: int | None = None
    retry_after_s: float | None = None
    forbidden: bool = False
    """Asking again would be as wrong: robots.txt says no, or the address is none of the web's."""


class Fetcher:
    """Fetches addresses one after the other and keeps each site's robots.txt for a day, or until it is closed.

    `clock` gives seconds that only grow. Raises `UsageError` when `settings.fetch_networks` names something that is no
    network.
    """

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._robots: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        try:
            self._networks = tuple(ipaddress.ip_network(network) for network in settings.fetch_networks)
        except ValueError as error:
            raise UsageError(f"a network such as 10.1.0.0/16 was expected: {error}") from error

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._robots.clear()

    def fetch(self, url: str) -> Fetched | Problem:
        """Return what an address gives, or the problem that kept it from being read; it does not raise."""
        found = self.ask(url)
        if isinstance(found, Refusal):
            return found.problem
        assert isinstance(found, Fetched), "without validators nothing is unchanged"
        return found

    def ask(self, url: str, *, known: Validators | None = None) -> Fetched | Unchanged | Refusal:
        """Return what an address gives, that it is what is `known`, or why it gives nothing; it does not raise."""
        return self._guard(url, lambda deadline: self._follow(url, deadline, known=known))

    def post(self, url: str, body: bytes, content_type: str, headers: Iterable[tuple[str, str]] = ()) -> Refusal | None:
        """Send bytes to this very address, following no redirect; return why they were not taken, or None."""
        sent = [(b"Content-Type", content_type.encode()), (b"Content-Length", str(len(body)).encode())]
        sent += [(name.encode(), value.encode()) for name, value in headers]

        def send(deadline: float) -> Unchanged:
            found = self._request(_parse(url), deadline, _LARGEST_REPLY_BYTES, more=sent, body=body)
            if isinstance(found, str):
                raise Refused(f"an answer was expected; the address leads on to {found[:200]}, which is not followed")
            return Unchanged(url)

        found = self._guard(url, send)
        return found if isinstance(found, Refusal) else None

    def _guard(self, url: str, act: Callable[[float], Fetched | Unchanged]) -> Fetched | Unchanged | Refusal:
        """Return what is done before the deadline gives, or why it cannot be done."""
        if not self._settings.allow_fetch:
            reason = "an address was given, but fetching is off: allow it with --fetch (allow_fetch)"
            return Refusal(Problem(url, reason))
        for package in ("httpx2", "protego"):
            missing = find_missing(package, "web", url, "fetching addresses")
            if missing is not None:
                return Refusal(missing)
        deadline = time.monotonic() + self._settings.fetch_timeout_s
        try:
            return act(deadline)
        except Refused as refusal:
            return Refusal(
                Problem(url, str(refusal)), refusal.status, refusal.retry_after_s, isinstance(refusal, Forbidden)
            )
        except Exception as error:  # the client reports the failures of the network by errors of many kinds
            if time.monotonic() >= deadline:
                return Refusal(Problem(url, self._too_slow()))
            reason = str(error) or type(error).__name__
            return Refusal(Problem(url, f"the address cannot be read: {reason[:200]}"))

    def _too_slow(self) -> str:
        return f"an answer was expected within {self._settings.fetch_timeout_s:g} seconds in all; it took longer"

    def _follow(
        self,
        url: str,
        deadline: float,
        *,
        robots: bool = True,
        largest: int | None = None,
        known: Validators | None = None,
    ) -> Fetched | Unchanged:
        """Return the answer at the end of the redirects; each step is checked like the first."""
        largest = self._settings.largest_file_bytes if largest is None else largest
        for _ in range(self._settings.fetch_redirects + 1):
            target = _parse(url)
            if robots and not self._may_fetch(target, deadline):
                raise Forbidden(f"robots.txt of {target.host} asks not to read {target.raw_path.decode('ascii')}")
            asked = known if known is not None and known.url == str(target) else None
            found = self._request(target, deadline, largest, more=_list_conditions(asked))
            if not isinstance(found, str):
                return found
            url = found
        raise Refused(f"at most {self._settings.fetch_redirects} redirects were expected; there are more")

    def _may_fetch(self, target: Any, deadline: float) -> bool:
        """Return what robots.txt says (RFC 9309): one that is missing allows all, one that fails allows nothing.

        What came of it holds for all addresses of the site, for a day, and where it failed for a quarter of an hour.
        """
        origin = str(target.copy_with(raw_path=b"/robots.txt", fragment=None))
        until, rules = self._robots.pop(origin, (float("-inf"), None))
        if self._clock() >= until:
            rules = self._read_robots(origin, deadline)
            until = self._clock() + (_FAILED_ROBOTS_S if isinstance(rules, str) else _ROBOTS_S)
        self._robots[origin] = until, rules
        if len(self._robots) > _MOST_ROBOTS:
            self._robots.popitem(last=False)
        if isinstance(rules, str):
            raise Refused(f"robots.txt of {target.host} was expected to say what may be read; {rules}")
        return bool(rules.can_fetch(str(target), _AGENT))

    def _read_robots(self, origin: str, deadline: float) -> Any:
        """Return the rules of a site, or in words why they cannot be had."""
        from protego import Protego

        try:
            found = self._follow(origin, deadline, robots=False, largest=_LARGEST_ROBOTS_BYTES)
        except Missing:
            return Protego.parse("")
        except Exception as error:  # of many kinds, as in `fetch`
            return self._too_slow() if time.monotonic() >= deadline else (str(error) or type(error).__name__)[:200]
        assert isinstance(found, Fetched), "without validators nothing is unchanged"
        return Protego.parse(found.body.decode("utf-8", "replace"))

    def find_delay(self, url: str) -> float | None:
        """Return how many seconds robots.txt, where it was read, asks to leave between two requests; None for none."""
        try:
            target = _parse(url)
        except Refused:
            return None
        _, rules = self._robots.get(str(target.copy_with(raw_path=b"/robots.txt", fragment=None)), (0.0, None))
        delay = None if rules is None or isinstance(rules, str) else rules.crawl_delay(_AGENT)
        return None if delay is None else float(delay)

    def _request(
        self,
        target: Any,
        deadline: float,
        largest: int,
        *,
        more: Iterable[tuple[bytes, bytes]] = (),
        body: bytes | None = None,
    ) -> Fetched | Unchanged | str:
        """Return the answer of one address, or the address that it leads to; with a body it is sent there."""
        import httpcore2
        import httpx2

        network = Network(self._networks, deadline)
        context = httpx2.create_ssl_context(trust_env=False) if target.scheme == "https" else None
        with httpcore2.ConnectionPool(ssl_context=context, network_backend=network) as pool:
            port = target.port or (443 if target.scheme == "https" else 80)
            address = httpcore2.URL(
                scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
            )
            host = target.netloc if target.netloc else f"{target.host}:{port}".encode()
            headers = [(b"Host", host), *_HEADERS, *more]
            method = "GET" if body is None else "POST"
            with pool.stream(method, address, headers=headers, content=body) as answer:
                fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                if answer.status in _REDIRECTS and fields.get("location"):
                    return str(target.join(fields["location"].strip()))
                if answer.status == 304 and body is None:
                    return Unchanged(str(target))
                if body is not None and 200 <= answer.status < 300:
                    return Unchanged(str(target))  # what a receiver says of it is not read
                if answer.status != 200:
                    kind = Missing if 400 <= answer.status < 500 else Unreachable
                    refusal = kind(f"an answer with status 200 was expected; it has {answer.status}")
                    refusal.status = answer.status
                    refusal.retry_after_s = read_retry_after(fields.get("retry-after", ""))
                    raise refusal
                declared = fields.get("content-length", "")
                if declared.isdecimal() and int(declared) > largest:
                    raise Refused(f"at most {largest} bytes were expected; the answer has {declared}")
                unpacked = _unpack(answer.iter_stream(), fields.get("content-encoding", ""), largest)
        kind_of, _, rest = fields.get("content-type", "").partition(";")
        parts = [part.strip().partition("=") for part in rest.split(";")]
        charset = next((value.strip(" \"'") for name, _, value in parts if name.lower() == "charset"), "")
        return Fetched(
            url=str(target),
            body=unpacked,
            content_type=kind_of.strip().lower() or None,
            charset=charset or None,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
            etag=_keep_header(fields.get("etag")),
            last_modified=_keep_header(fields.get("last-modified")),
        )


def fetch(url: str, *, settings: Settings) -> Fetched | Problem:
    """Return what one address gives, or the problem that kept it from being read.

    Raises `UsageError` when `settings.fetch_networks` names something that is no network.
    """
    with Fetcher(settings) as fetcher:
        return fetcher.fetch(url)


def read_retry_after(value: str, *, now: datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After asks for, by number or by date; None for one that is neither.

    >>> read_retry_after("120"), read_retry_after("soon")
    (120.0, None)
    """
    value = value.strip()
    if value.isdecimal() and value.isascii():
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def _list_conditions(known: Validators | None) -> list[tuple[bytes, bytes]]:
    """Return the headers that ask for an answer only where it is another one than is known."""
    if known is None:
        return []
    pairs = ((b"If-None-Match", known.etag), (b"If-Modified-Since", known.last_modified))
    return [(name, value.encode("latin-1", "replace")) for name, value in pairs if value]


def _keep_header(value: str | None) -> str | None:
    """Return a validator that can be sent back as it came: printable ASCII of a bounded length."""
    value = (value or "").strip()
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _parse(url: str) -> Any:
    import httpx2

    try:
        target = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise Forbidden(f"an address such as https://example.org/page was expected: {error}") from None
    if target.scheme not in ("http", "https"):
        raise Forbidden(f"only http and https are read; found {target.scheme or 'no scheme'}: {url[:200]}")
    if not target.host:
        raise Forbidden(f"an address with a host was expected; found {url[:200]}")
    if target.userinfo:
        raise Forbidden("an address without a user name and password was expected")
    return target.copy_with(fragment=None)


def _unpack(blocks: Iterable[bytes], encoding: str, largest: int) -> bytes:
    """Return a body as it was before it was compressed; raises `Refused` when it is larger than `largest`."""
    steps = [e.strip().lower() for e in encoding.split(",") if e.strip().lower() not in ("", "identity")]
    if len(steps) > 1 or (steps and steps[0] not in ("gzip", "x-gzip", "deflate")):
        raise Refused(f"a body packed by gzip or deflate was expected; found {encoding[:80]}")
    parts: list[bytes] = []
    size = 0
    unpacker: Any = None
    for block in blocks:
        rest = block
        while rest:
            part = rest
            if not steps:
                rest = b""
            else:
                if unpacker is None:
                    unpacker = _open_unpacker(steps[0], rest)
                elif unpacker.eof:
                    break  # what follows the end of the packed body is not part of it
                try:
                    part = unpacker.decompress(rest, _BLOCK)
                except zlib.error:
                    raise Refused(f"a body packed by {steps[0]} was expected; it is damaged") from None
                rest = unpacker.unconsumed_tail
            size += len(part)
            if size > largest:
                raise Refused(f"at most {largest} bytes were expected; the answer holds more and was not read")
            parts.append(part)
    if unpacker is not None and not unpacker.eof:
        raise Refused(f"a body packed by {steps[0]} was expected to end; it is cut off")
    return b"".join(parts)


def _open_unpacker(step: str, head: bytes) -> Any:
    if step != "deflate":
        return zlib.decompressobj(wbits=31)
    # Some servers send raw deflate, others the zlib form that the standard means: CM 8 and a header divisible by 31.
    wrapped = len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return zlib.decompressobj(wbits=15 if wrapped else -15)


__all__ = ["Fetched", "Fetcher", "Refusal", "Unchanged", "Validators", "fetch", "is_public", "read_retry_after"]
