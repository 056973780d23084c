"""The loop of watching: look at what is due, add what is new, tell what changed, deliver, wait.

Documents are stored before the state says that a target was read, and the state has an event before a receiver has it:
whatever ends the program, and whenever, the next one goes on from there.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wirecheck.errors import Error, UsageError
from wirecheck.model import Problem
from wirecheck.readers import find_files, is_url
from wirecheck.readers._fetch import Fetched, Refusal, Unchanged, Validators
from wirecheck.settings import Settings
from wirecheck.watching.asking import Asker, Clock, Door, Later, show_time
from wirecheck.watching.channels import Channel
from wirecheck.watching.events import Event
from wirecheck.watching.state import Delivery, Look, State, holding, read_state, write_state
from wirecheck.watching.telling import Stories, Teller, Untold, is_given_up, make_uncompared

if TYPE_CHECKING:
    from wirecheck.archive import Archive

SHORTEST_EVERY_S = 60.0
# A target that cannot be read is left alone twice as long each time; from the third time in a row on it is told.
_LONGEST_BACKOFF_S = 86400.0
_TOLD_AFTER = 3
# A file that changed so few seconds ago may still be written; it waits for the next look, which comes soon.
_SETTLED_S = 2.0
_SOON_S = 10.0
# Rounds of looking are so many seconds apart at least, so that what is due at nearly one time is looked at together.
_ROUND_S = 30.0
# While targets say that they are unchanged, nothing but their times moves, and the state is written this rarely.
_SAVE_S = 300.0
# Seconds that the pages of one feed may take at a look. The rest is read at the next ones, so that a feed of slow pages
# does not hold up the others.
_LONGEST_LOOK_S = 300.0
_MOST_SHOWN = 3
_CHANNEL_PAUSE_S = 60.0


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched, and how often."""

    targets: tuple[str, ...]
    """Feeds, pages and folders (or files), each once, in the order given."""
    every_s: float = 900.0
    settings: Settings = field(default_factory=lambda: Settings(allow_fetch=True, follow_feeds=True))
    largest_story: int = 40
    """A story of more documents is not compared."""

    def __post_init__(self) -> None:
        if not self.targets:
            raise UsageError("nothing to watch: give at least one feed, folder or address")
        if self.every_s < SHORTEST_EVERY_S:
            raise UsageError(f"at least {SHORTEST_EVERY_S:.0f} seconds between two looks were expected")
        missing = sorted(t for t in self.targets if not is_url(t) and not os.path.exists(t))
        if missing:
            raise UsageError(f"no such file or folder: {', '.join(missing)}")


class Watcher:
    """Watches for one archive. `note` gets what is of no lasting interest: a line for each round, problems met."""

    def __init__(
        self,
        archive: Archive,
        plan: Plan,
        *,
        door: Door,
        channels: Sequence[Channel] = (),
        clock: Clock | None = None,
        teller: Teller | None = None,
        note: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._archive = archive
        self._plan = plan
        self._clock = clock or SystemClock()
        self._channels = channels
        self._teller = teller or Stories(
            largest=plan.largest_story, settings=Settings(publishers=plan.settings.publishers)
        )
        self._note = note
        self.state = self._open_state()
        self._asker = Asker(door, self._clock, lambda: self.state)
        self._saved_at = float("-inf")
        self._round_at = float("-inf")
        self._moved = False
        """Whether more is to be saved than when a target is due."""
        self._shown: dict[str, None] = {}
        self._untold: list[Untold] | None = None
        self._listed_at = ""
        self._numbers: list[int] = []

    def run(self, *, once: bool = False, until: float | None = None) -> None:
        """Watch until the process is ended, or until a time; with `once` look at each target once and tell what is new.

        Raises `UsageError` where another process watches for the same archive, `Error` where the archive fails.
        """
        with holding(self._archive.folder):
            self.state = self._open_state()
            self._save()
            self._deliver()
            while True:
                due = self._list_due(all_healthy=once)
                self._look_at(due)
                while self._tell_next() and (once or not self._list_due()):
                    pass
                self._deliver()
                if once:
                    self._save()
                    return
                self._rest(until)
                if until is not None and self._clock.now() >= until:
                    return

    # The state

    def _open_state(self) -> State:
        state = read_state(self._archive.folder)
        if state is None:
            made = datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="seconds")
            name = hashlib.sha256(os.fsencode(self._archive.folder.resolve())).hexdigest()[:8]
            state = State(series=f"{made}-{name}", told=max(self._archive.store.list_ids(), default=0))
        return state

    def _save(self) -> None:
        now = self._clock.now()
        self.state.forget(now)
        write_state(self._archive.folder, self.state)
        self._saved_at = now
        self._moved = False

    def _keep(self, events: Iterable[Event]) -> None:
        at = datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="seconds")
        first = self.state.last + 1
        self.state.append([e.number(self.state.series, n, at) for n, e in enumerate(events, first)])
        self._moved = True

    # Looking

    def _list_due(self, *, all_healthy: bool = False) -> list[str]:
        """Return the targets whose time has come; with `all_healthy` also those that were read well the last time."""
        now = self._clock.now()
        looks = [(self.state.targets.get(t, Look()), t) for t in self._plan.targets]
        return [t for look, t in looks if look.due <= now or (all_healthy and not look.failures)]

    def _look_at(self, targets: Sequence[str]) -> None:
        stored = failed = 0
        self._round_at = self._clock.now()
        for target in targets:
            look = self.state.targets.setdefault(target, Look())
            look.asked = self._clock.now()
            try:
                found, problems = self._look_at_url(target, look) if is_url(target) else self._look_in(target, look)
                stored += found
            except UsageError as error:  # a file that went away, say
                problems = [self._fail(target, look, str(error))]
            except Error:
                raise
            except Exception as error:  # whatever one target brings out, the others are read
                problems = [self._fail(target, look, f"a fault of Wirecheck: {type(error).__name__}: {error}")]
            failed += look.failures > 0
            self._show(problems)
            if self._moved and self._clock.now() - self._saved_at > _SAVE_S:
                self._save()
        if self._archive.store.state() != self._listed_at:
            self._untold = None
        if targets:
            if self._moved or self._clock.now() - self._saved_at > _SAVE_S:
                self._save()
            self._note(
                f"looked at {_count(len(targets), 'target')}: {_count(stored, 'new document')}, {failed} failing"
            )

    def _look_at_url(self, url: str, look: Look) -> tuple[int, list[Problem]]:
        known = Validators(look.url, look.etag, look.last_modified) if look.url is not None else None
        found = self._asker.ask(url, known=known)
        if isinstance(found, Later):
            look.due = self._clock.now() + found.wait_s
            return 0, []
        if isinstance(found, Refusal):
            self._moved = True
            pause = _LONGEST_BACKOFF_S if found.forbidden or found.status == 410 else found.retry_after_s
            return 0, [self._fail(url, look, found.problem.message, pause)]
        if isinstance(found, Unchanged):
            self._succeed(url, look)
            return 0, []
        self._moved = True
        digest = hashlib.sha256(found.body).hexdigest()
        again: list[str] = []
        if digest == look.digest:
            added, problems = 0, []
        else:

            def fetch(address: str) -> Fetched | Problem:
                if address == url:
                    return found
                if self._clock.now() - look.asked > _LONGEST_LOOK_S:
                    again.append(address)
                    return Problem(address, "the feed took long enough; this page is read at another look")
                page, is_wanted = self._asker.ask_page(address)
                if is_wanted:
                    again.append(address)
                return page

            result = self._archive.add([url], settings=self._plan.settings, fetch=fetch)
            added, problems = result.stored, list(result.problems)
        self._succeed(url, look)
        # With pages that are still to be read, the feed is read in full the next time: only then does it list them.
        look.url, look.etag, look.last_modified = (None, None, None) if again else _validators_of(found)
        look.digest = None if again else digest
        return added, problems

    def _look_in(self, path: str, look: Look) -> tuple[int, list[Problem]]:
        """Read the files of a folder that are new or changed, as far as they are written to their end."""
        self._moved = True
        if not os.path.exists(path):
            return 0, [self._fail(path, look, "no such file or folder")]
        files, problems = find_files([path])
        now = self._clock.now()
        digest = hashlib.sha256()
        settled: list[str] = []
        for file in files:
            try:
                told = os.stat(file)
            except OSError:
                continue  # gone since it was listed
            if 0 <= now - told.st_mtime < _SETTLED_S:
                continue
            settled.append(file)
            digest.update(f"{os.fsencode(file)!r} {told.st_size} {told.st_mtime_ns}\n".encode())
        added = 0
        if settled and digest.hexdigest() != look.digest:
            settings = replace(self._plan.settings, allow_fetch=False, follow_feeds=False)
            result = self._archive.add(settled, settings=settings)
            added = result.stored
            problems += result.problems
        self._succeed(path, look)
        look.digest = digest.hexdigest()
        if len(settled) < len(files):
            look.due = min(look.due, now + _SOON_S)
        return added, problems

    def _succeed(self, target: str, look: Look) -> None:
        if look.told_failing:
            self._keep([Event("working", f"{target} can be read again.", target=target)])
        look.failures, look.told_failing = 0, False
        look.due = self._round_at + self._plan.every_s  # what was looked at together stays together

    def _fail(self, target: str, look: Look, reason: str, pause: float | None = None) -> Problem:
        """Leave a target alone for a while; return the problem."""
        look.failures += 1
        backoff = min(self._plan.every_s * 2 ** min(look.failures - 1, 20), max(_LONGEST_BACKOFF_S, self._plan.every_s))
        look.due = max(self._round_at + backoff, self._clock.now() + (pause or 0.0))
        if look.failures >= _TOLD_AFTER and not look.told_failing:
            look.told_failing = True
            times = f"{look.failures} times in a row"
            self._keep([Event("failing", f"{target} could not be read {times}: {reason}", target=target)])
        return Problem(target, f"{reason} (asked again after {show_time(look.due)})")

    def _show(self, problems: Sequence[Problem]) -> None:
        """Note problems, each message once, and of one target the first few."""
        new = [p for p in dict.fromkeys(problems) if p.message not in self._shown]
        for problem in new[:_MOST_SHOWN]:
            self._note(f"{problem.location}: {problem.message}")
        if len(new) > _MOST_SHOWN:
            self._note(f"… and {_count(len(new) - _MOST_SHOWN, 'more problem')}")
        for problem in new:
            self._shown[problem.message] = None
        while len(self._shown) > 1000:
            self._shown.pop(next(iter(self._shown)))

    # Telling

    def _tell_next(self) -> bool:
        """Tell the news of one story; return whether there may be more."""
        if self._untold is None:
            self._listed_at = self._archive.store.state()
            self._numbers = sorted(self._archive.store.list_ids())
            untold, passed = self._teller.list_untold(self._archive, self.state)
            self._untold = list(reversed(untold))
            if passed:
                self.state.mark_told(passed, self._numbers)
                self._save()
        if not self._untold:
            return False
        story = self._untold.pop()
        if is_given_up(self.state, story):
            events: tuple[Event, ...] = (make_uncompared(story, "the program ended five times while comparing it"),)
        else:
            times = self.state.tried[1] if self.state.tried is not None and self.state.tried[0] == story.key else 0
            self.state.tried = story.key, times + 1
            self._save()
            try:
                events = self._teller.tell(self._archive, story)
            except (KeyboardInterrupt, Error):  # the story is not to blame
                self.state.tried = None
                self._save()
                raise
        self._keep(events)
        self.state.mark_told(story.seqs, self._numbers)
        self.state.tried = None
        self._save()
        self._deliver()
        return True

    # Delivering and waiting

    def _deliver(self) -> None:
        changed = False
        for channel in self._channels:
            delivery = self.state.deliveries.get(channel.name)
            if delivery is None:  # a receiver that is new gets what is told from now on
                delivery = self.state.deliveries[channel.name] = Delivery(self.state.last)
                changed = True
            now = self._clock.now()
            if delivery.due > now:
                continue
            try:
                reached = channel.deliver(self.state.series, self.state.events, replace(delivery), now)
            except (OSError, UsageError) as error:
                self._note(f"{channel.name} cannot be written: {error}")
                reached = Delivery(delivery.number, delivery.failures + 1, now + _CHANNEL_PAUSE_S)
            refusal = getattr(channel, "refusal", None)
            if refusal is not None and reached.failures:
                self._note(f"{channel.name}: {refusal} (tried again after {show_time(reached.due)})")
            changed = changed or reached != delivery
            self.state.deliveries[channel.name] = reached
        if changed:
            self._save()

    def _rest(self, until: float | None) -> None:
        """Wait until something is due."""
        now = self._clock.now()
        times = [self.state.targets[t].due for t in self._plan.targets if t in self.state.targets]
        waiting = (self.state.deliveries.get(c.name, Delivery()) for c in self._channels)
        times += [d.due for d in waiting if d.due > now and d.number < self.state.last]
        if until is not None:
            times.append(until)
        wake = max(min(times), self._round_at + _ROUND_S)
        if not self._untold and wake > now:
            self._clock.sleep(wake - now)


def _validators_of(found: Fetched) -> tuple[str | None, str | None, str | None]:
    if found.etag is None and found.last_modified is None:
        return None, None, None
    return found.url, found.etag, found.last_modified


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


__all__ = ["Plan", "SystemClock", "Watcher"]
