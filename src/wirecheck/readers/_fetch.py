"""Addresses on the web to bytes: bounded in time, size and redirects, and never into a network that is not public.

A name is resolved once, every address that it has is checked, and the connection goes to a checked address, so that a
second answer of the name server cannot lead elsewhere; redirects and robots.txt go through the same door.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from wirecheck.errors import UsageError
from wirecheck.model import Problem
from wirecheck.readers._extras import find_missing
from wirecheck.settings import Settings

_AGENT = "wirecheck"
_LARGEST_ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks for 500 KiB at least
_REDIRECTS = (301, 302, 303, 307, 308)
_BLOCK = 64 * 1024
_HEADERS = [
    (b"User-Agent", _AGENT.encode()),
    (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    (b"Accept-Encoding", b"gzip, deflate"),
    (b"Connection", b"close"),
]
# Where an IPv4 address stands in the last bits of an IPv6 address: translators, the public one first, and old forms.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its last address after redirects, the unpacked bytes, and what was said of them."""

    url: str
    body: bytes
    content_type: str | None
    charset: str | None
    retrieved: str
    """When, ISO 8601 in UTC."""


class _Refused(Exception):
    """Why an address is not read, in words for a `Problem`."""


class Fetcher:
    """Fetches addresses one after the other and keeps each site's robots.txt until it is closed.

    Raises `UsageError` when `settings.fetch_networks` names something that is no network.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._robots: dict[str, Any] = {}
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
        if not self._settings.allow_fetch:
            return Problem(url, "an address was given, but fetching is off: allow it with --fetch (allow_fetch)")
        for package in ("httpx2", "protego"):
            missing = find_missing(package, "web", url, "fetching addresses")
            if missing is not None:
                return missing
        deadline = time.monotonic() + self._settings.fetch_timeout_s
        try:
            return self._follow(url, deadline)
        except _Refused as refusal:
            return Problem(url, str(refusal))
        except Exception as error:  # the client reports the failures of the network by errors of many kinds
            if time.monotonic() >= deadline:
                return Problem(url, self._too_slow())
            reason = str(error) or type(error).__name__
            return Problem(url, f"the address cannot be read: {reason[:200]}")

    def _too_slow(self) -> str:
        return f"an answer was expected within {self._settings.fetch_timeout_s:g} seconds in all; it took longer"

    def _follow(self, url: str, deadline: float, *, robots: bool = True, largest: int | None = None) -> Fetched:
        """Return the answer at the end of the redirects; each step is checked like the first."""
        largest = self._settings.largest_file_bytes if largest is None else largest
        for _ in range(self._settings.fetch_redirects + 1):
            target = _parse(url)
            if robots and not self._may_fetch(target, deadline):
                raise _Refused(f"robots.txt of {target.host} asks not to read {target.raw_path.decode('ascii')}")
            found = self._request(target, deadline, largest)
            if isinstance(found, Fetched):
                return found
            url = found
        raise _Refused(f"at most {self._settings.fetch_redirects} redirects were expected; there are more")

    def _may_fetch(self, target: Any, deadline: float) -> bool:
        """Return what robots.txt says (RFC 9309): one that is missing allows all, one that fails allows nothing.

        Either is asked for once, and what came of it holds for all addresses of the site.
        """
        origin = str(target.copy_with(raw_path=b"/robots.txt", fragment=None))
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin, deadline)
        rules = self._robots[origin]
        if isinstance(rules, str):
            raise _Refused(f"robots.txt of {target.host} was expected to say what may be read; {rules}")
        return bool(rules.can_fetch(str(target), _AGENT))

    def _read_robots(self, origin: str, deadline: float) -> Any:
        """Return the rules of a site, or in words why they cannot be had."""
        from protego import Protego

        try:
            found = self._follow(origin, deadline, robots=False, largest=_LARGEST_ROBOTS_BYTES)
        except _Missing:
            return Protego.parse("")
        except Exception as error:  # of many kinds, as in `fetch`
            return self._too_slow() if time.monotonic() >= deadline else (str(error) or type(error).__name__)[:200]
        return Protego.parse(found.body.decode("utf-8", "replace"))

    def _request(self, target: Any, deadline: float, largest: int) -> Fetched | str:
        """Return the answer of one address, or the address that it leads to."""
        import httpcore2
        import httpx2

        network = _Network(self._networks, deadline)
        context = httpx2.create_ssl_context(trust_env=False) if target.scheme == "https" else None
        with httpcore2.ConnectionPool(ssl_context=context, network_backend=network) as pool:
            port = target.port or (443 if target.scheme == "https" else 80)
            address = httpcore2.URL(
                scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
            )
            host = target.netloc if target.netloc else f"{target.host}:{port}".encode()
            headers = [(b"Host", host), *_HEADERS]
            with pool.stream("GET", address, headers=headers) as answer:
                fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                if answer.status in _REDIRECTS and fields.get("location"):
                    return str(target.join(fields["location"].strip()))
                if answer.status != 200:
                    kind = _Missing if 400 <= answer.status < 500 else _Unreachable
                    raise kind(f"an answer with status 200 was expected; it has {answer.status}")
                declared = fields.get("content-length", "")
                if declared.isdecimal() and int(declared) > largest:
                    raise _Refused(f"at most {largest} bytes were expected; the answer has {declared}")
                body = _unpack(answer.iter_stream(), fields.get("content-encoding", ""), largest)
        kind_of, _, rest = fields.get("content-type", "").partition(";")
        parts = [part.strip().partition("=") for part in rest.split(";")]
        charset = next((value.strip(" \"'") for name, _, value in parts if name.lower() == "charset"), "")
        return Fetched(
            url=str(target),
            body=body,
            content_type=kind_of.strip().lower() or None,
            charset=charset or None,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
        )


class _Missing(_Refused):
    """The site answers that there is no such thing."""


class _Unreachable(_Refused):
    """The site cannot answer."""


def fetch(url: str, *, settings: Settings) -> Fetched | Problem:
    """Return what one address gives, or the problem that kept it from being read.

    Raises `UsageError` when `settings.fetch_networks` names something that is no network.
    """
    with Fetcher(settings) as fetcher:
        return fetcher.fetch(url)


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet, whatever form it is written in.

    Private, loopback, link-local, shared, multicast, reserved and unspecified addresses do not, nor do IPv6 addresses
    that carry such an IPv4 address: mapped, compatible, 6to4, Teredo, NAT64.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded(address)
        if any(not is_public(i) for i in inner):
            return False
        if inner and (address.ipv4_mapped is not None or address in _NAT64[0]):
            return True
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _embedded(address: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _NAT64) or (address in _COMPATIBLE and int(address) > 1):
        found.append(last)
    return tuple(f for f in found if f is not None)


def _parse(url: str) -> Any:
    import httpx2

    try:
        target = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise _Refused(f"an address such as https://example.org/page was expected: {error}") from None
    if target.scheme not in ("http", "https"):
        raise _Refused(f"only http and https are read; found {target.scheme or 'no scheme'}: {url[:200]}")
    if not target.host:
        raise _Refused(f"an address with a host was expected; found {url[:200]}")
    if target.userinfo:
        raise _Refused("an address without a user name and password was expected")
    return target.copy_with(fragment=None)


def _unpack(blocks: Iterable[bytes], encoding: str, largest: int) -> bytes:
    """Return a body as it was before it was compressed; raises `_Refused` when it is larger than `largest`."""
    steps = [e.strip().lower() for e in encoding.split(",") if e.strip().lower() not in ("", "identity")]
    if len(steps) > 1 or (steps and steps[0] not in ("gzip", "x-gzip", "deflate")):
        raise _Refused(f"a body packed by gzip or deflate was expected; found {encoding[:80]}")
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
                    raise _Refused(f"a body packed by {steps[0]} was expected; it is damaged") from None
                rest = unpacker.unconsumed_tail
            size += len(part)
            if size > largest:
                raise _Refused(f"at most {largest} bytes were expected; the answer holds more and was not read")
            parts.append(part)
    if unpacker is not None and not unpacker.eof:
        raise _Refused(f"a body packed by {steps[0]} was expected to end; it is cut off")
    return b"".join(parts)


def _open_unpacker(step: str, head: bytes) -> Any:
    if step != "deflate":
        return zlib.decompressobj(wbits=31)
    # Some servers send raw deflate, others the zlib form that the standard means: CM 8 and a header divisible by 31.
    wrapped = len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return zlib.decompressobj(wbits=15 if wrapped else -15)


class _Network:
    """A network back end for the HTTP client that connects to checked addresses only and keeps to one deadline."""

    def __init__(self, networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...], deadline: float) -> None:
        from httpcore2 import SyncBackend

        self._allowed = networks
        self._deadline = deadline
        self._backend = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        addresses = _resolve(host, port, _left(self._deadline))
        refused = [a for a in addresses if not (is_public(a) or any(a in n for n in self._allowed))]
        if refused:
            raise _Refused(f"a public address was expected; {host} leads to {refused[0]}, which is not")
        last: Exception | None = None
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(
                    str(address), port, _left(self._deadline), local_address, socket_options
                )
            except Exception as error:  # the next address of the name may answer
                last = error
                continue
            return _Stream(stream, self._deadline)
        raise _Unreachable(f"{host} does not answer: {last}")

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> Any:
        raise _Refused("only http and https are read")

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, _left(self._deadline)))


class _Stream:
    """A connection on which no step may go past the deadline, however small the drops are that arrive."""

    def __init__(self, stream: Any, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, _left(self._deadline))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)),
            self._deadline,
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time is up")
    return left


def _resolve(host: str, port: int, timeout_s: float) -> list[Address]:
    """Return the addresses of a host, each once, in the resolver's order; raises `_Unreachable` when it has none."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    # The resolver knows no time limit of its own; a thread that it keeps waiting ends with the program.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout_s)
    if not found:
        raise TimeoutError(f"{host} was not resolved in time")
    if isinstance(found[0], Exception):
        raise _Unreachable(f"{host} cannot be resolved: {found[0]}")
    texts = [str(entry[4][0]).partition("%")[0] for entry in found[0]]
    return list(dict.fromkeys(ipaddress.ip_address(text) for text in texts))


__all__ = ["Fetched", "Fetcher", "fetch", "is_public"]
