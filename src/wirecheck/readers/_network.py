"""The way into the network: to addresses of the public internet alone, and with each step before one deadline."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

# Where an IPv4 address stands in the last bits of an IPv6 address: translators, the public one first, and old forms.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """Why an address is not read, in words for a `Problem`."""

    status: int | None = None
    retry_after_s: float | None = None


class Forbidden(Refused):
    """It would not be right to ask: robots.txt says no, or the address is none of the web's."""


class Missing(Refused):
    """The site answers that there is no such thing."""


class Unreachable(Refused):
    """The site cannot answer."""


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


class Network:
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
        addresses = _resolve(host, port, left_until(self._deadline))
        refused = [a for a in addresses if not (is_public(a) or any(a in n for n in self._allowed))]
        if refused:
            raise Forbidden(f"a public address was expected; {host} leads to {refused[0]}, which is not")
        last: Exception | None = None
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(
                    str(address), port, left_until(self._deadline), local_address, socket_options
                )
            except Exception as error:  # the next address of the name may answer
                last = error
                continue
            return _Stream(stream, self._deadline)
        raise Unreachable(f"{host} does not answer: {last}")

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> Any:
        raise Refused("only http and https are read")

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, left_until(self._deadline)))


class _Stream:
    """A connection on which no step may go past the deadline, however small the drops are that arrive."""

    def __init__(self, stream: Any, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, left_until(self._deadline))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left_until(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, left_until(self._deadline)),
            self._deadline,
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def left_until(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time is up")
    return left


def _resolve(host: str, port: int, timeout_s: float) -> list[Address]:
    """Return the addresses of a host, each once, in the resolver's order; raises `Unreachable` when it has none."""
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
        raise Unreachable(f"{host} cannot be resolved: {found[0]}")
    texts = [str(entry[4][0]).partition("%")[0] for entry in found[0]]
    return list(dict.fromkeys(ipaddress.ip_address(text) for text in texts))
