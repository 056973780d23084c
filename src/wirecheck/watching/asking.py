"""Polite asking: each host at its pace, left alone when it says so; pages that cannot be read are given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urlsplit

from wirecheck.model import Problem
from wirecheck.readers._fetch import Fetched, Refusal, Unchanged, Validators
from wirecheck.watching.state import State

# Seconds between two requests to one host, where robots.txt asks for no more.
PAUSE_S = 1.0
# A longer pause is not waited out: what is asked of the host meanwhile is asked at a later look.
_LONGEST_PAUSE_S = 15.0
_MOST_HOSTS = 5000
# A host that answers 429 or 503 is left alone for as long as it asks, at least five minutes; each time twice that.
_BUSY = (429, 503)
_BACKOFF_S = 300.0
_LONGEST_BACKOFF_S = 86400.0
_LONGEST_RETRY_AFTER_S = 7 * 86400.0
# The page of an item is asked for again after an hour, six, a day; then it is given up, at once where it is refused.
_PAGE_PAUSES_S = (3600.0, 6 * 3600.0, 86400.0)
_FINAL = (401, 402, 403, 404, 410, 451)
_NEVER_S = 30 * 86400.0


@dataclass(frozen=True, slots=True)
class Later:
    """An address that was not asked, for its host wants to be left alone for so many seconds."""

    problem: Problem
    wait_s: float


class Door(Protocol):
    """What `readers._fetch.Fetcher` does, and the tests do without a network."""

    def ask(self, url: str, *, known: Validators | None = None) -> Fetched | Unchanged | Refusal: ...

    def find_delay(self, url: str) -> float | None: ...


class Clock(Protocol):
    """Seconds since 1970, and waiting."""

    def now(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


class Asker:
    """Asks addresses through one door; what hosts and pages said of themselves is kept in the state."""

    def __init__(self, door: Door, clock: Clock, state: Callable[[], State]) -> None:
        self._door = door
        self._clock = clock
        self._state = state
        self._last: dict[str, float] = {}

    def ask(self, url: str, *, known: Validators | None = None) -> Fetched | Unchanged | Refusal | Later:
        """Return what an address gives, or that its host may not be asked now."""
        host, state = host_of(url), self._state()
        times, until = state.hosts.get(host, (0, 0.0))
        now = self._clock.now()
        if until > now:
            return Later(Problem(url, f"{host} asks to be left alone until {show_time(until)}"), until - now)
        pause = max(PAUSE_S, self._door.find_delay(url) or 0.0)
        wait = self._last.get(host, float("-inf")) + pause - now
        if wait > _LONGEST_PAUSE_S:
            return Later(Problem(url, f"{host} asks for {pause:g} seconds between two requests"), wait)
        if wait > 0:
            self._clock.sleep(wait)
        found = self._door.ask(url, known=known)
        self._last[host] = self._clock.now()
        if len(self._last) > _MOST_HOSTS:
            self._last.pop(next(iter(self._last)))
        if isinstance(found, Refusal) and (found.status in _BUSY):
            pause = min(_BACKOFF_S * 2 ** min(times, 20), _LONGEST_BACKOFF_S)
            pause = max(pause, min(found.retry_after_s or 0.0, _LONGEST_RETRY_AFTER_S))
            state.hosts[host] = times + 1, self._clock.now() + pause
        elif not isinstance(found, Refusal):
            state.hosts.pop(host, None)
        return found

    def ask_page(self, url: str) -> tuple[Fetched | Problem, bool]:
        """Return what the page of an item gives, and whether it is to be asked for again at a later look."""
        state = self._state()
        times, until = state.pages.get(url, (0, 0.0))
        now = self._clock.now()
        if until > now:
            again = times <= len(_PAGE_PAUSES_S)
            return Problem(url, f"the page is left alone until {show_time(until)}, as it could not be read"), again
        found = self.ask(url)
        if isinstance(found, Fetched):
            state.pages.pop(url, None)
            return found, False
        assert not isinstance(found, Unchanged), "without validators nothing is unchanged"
        if isinstance(found, Later) or found.status in _BUSY:
            return found.problem, True  # it is for the host to say, not for the page
        final = found.forbidden or found.status in _FINAL or times >= len(_PAGE_PAUSES_S)
        pause = _NEVER_S if final else _PAGE_PAUSES_S[times]
        state.pages[url] = (len(_PAGE_PAUSES_S) + 1 if final else times + 1), self._clock.now() + pause
        return found.problem, not final


def host_of(url: str) -> str:
    """Return the host of an address with its port, as far as it has one.

    >>> host_of("https://News.example:8443/feed")
    'news.example:8443'
    """
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def show_time(seconds: float) -> str:
    """Return a time in UTC as people read it.

    >>> show_time(0)
    '1970-01-01 00:00 UTC'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
