"""The worker of the app: one process that compares, one task after the other, so that pages stay quick meanwhile.

A task is a function of a module, with its arguments and a `say` that tells how far it is. A process that dies, or that
takes longer than it may, fails its task alone: the next one gets a new process. What is done before anybody asks for it
has a low priority, and is set aside as soon as something is asked for.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import queue
import secrets
import signal
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from wirecheck.errors import Error, UsageError, WorkerError
from wirecheck.progress import Advance, listening

State = Literal["waiting", "running", "done", "failed"]
Say = Callable[[str], None]
# A story of a hundred documents takes some minutes on a slow machine.
LIMIT_S = 1800.0
MOST_WAITING = 64
# Tasks that are remembered with their results: reports of a megabyte or two.
MOST_KEPT = 48
_POLL_S = 0.1
# A tenth of the processor where another process wants it, all of it where none does.
_NICE = 10
# How often is told how far a task is.
_TELL_S = 0.3


@dataclass
class Job:
    """A task that was asked for: how far it is, then its result or what went wrong."""

    id: str
    title: str
    key: Hashable
    state: State = "waiting"
    said: str = "Waiting"
    result: Any = None
    error: str = ""
    is_mistake: bool = False
    """Whether what went wrong is a mistake of the caller."""
    is_ahead: bool = False
    """Whether nobody waits for it: it is done while there is nothing else to do."""
    turn: tuple[int, int] = (0, 0)
    """Its place in the queue."""
    done: int = 0
    """How much is done of what is being done, of `total`; that is 0 where it is not known."""
    total: int = 0
    begun: float | None = None
    over: threading.Event = field(default_factory=threading.Event)


_Task = tuple[Job, Callable[..., Any], tuple[Any, ...]]


class _SetAsideError(Exception):
    """A task that nobody waits for is set aside, to be done again when there is nothing else to do."""


class _Stop(BaseException):
    """Somebody waits for another task; no rule's fault, so that nothing takes it for one."""


class Worker:
    """A queue of tasks and the process that does them; close it."""

    def __init__(self, *, limit_s: float = LIMIT_S) -> None:
        self.limit_s = limit_s
        self._queue: queue.PriorityQueue[tuple[int, int, _Task | None]] = queue.PriorityQueue()
        self._count = itertools.count()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._by_key: dict[Hashable, str] = {}
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="wirecheck-worker", daemon=True)
        self._thread.start()

    def submit(
        self, function: Callable[..., Any], *arguments: Any, title: str, key: Hashable = None, ahead: int = 0
    ) -> Job:
        """Return the job of a task; one that was asked for under the same key and did not fail is returned again.

        What is done `ahead`, a number above 0, waits until there is nothing else to do, the highest number first, or
        until it is asked for without; of these the last in the queue makes room for a new one where too many wait.
        Raises `UsageError` where too many wait that are asked for.
        """
        with self._lock:
            known = self._jobs.get(self._by_key.get(key, "")) if key is not None else None
            if known is not None and known.state != "failed":
                self._jobs.move_to_end(known.id)
                if known.is_ahead:
                    known.is_ahead = bool(ahead)
                    if known.state == "waiting":
                        self._put(known, function, arguments, ahead)
                return known
            waiting = [j for j in self._jobs.values() if j.state == "waiting" and j.is_ahead == bool(ahead)]
            if len(waiting) >= MOST_WAITING:
                if not ahead:
                    raise UsageError(f"{MOST_WAITING} tasks are waiting; let some of them end first")
                self._drop(max(waiting, key=lambda j: j.turn))
            job = Job(secrets.token_urlsafe(9), title, key, is_ahead=bool(ahead))
            self._jobs[job.id] = job
            if key is not None:
                self._by_key[key] = job.id
            self._drop_old()
            self._put(job, function, arguments, ahead)
        return job

    def _put(self, job: Job, function: Callable[..., Any], arguments: tuple[Any, ...], ahead: int = 0) -> None:
        job.turn = (sys.maxsize - ahead if ahead else 0), next(self._count)
        self._queue.put((*job.turn, (job, function, arguments)))

    def _drop(self, job: Job) -> None:
        """Let a task that nobody waits for be as if it had not been asked for."""
        job.state, job.error = "failed", "there were newer ones to be done ahead"
        job.over.set()
        del self._jobs[job.id]
        self._by_key.pop(job.key, None)

    def find(self, id: str) -> Job | None:
        """Return the job with an id, or None: there is none, or it is forgotten."""
        with self._lock:
            return self._jobs.get(id)

    def forget(self, key: Hashable) -> None:
        """Let the next task under a key be done anew."""
        with self._lock:
            self._by_key.pop(key, None)

    def count_ahead(self, job: Job) -> int:
        """Return how many tasks are done before this one begins."""
        with self._lock:
            others = [j for j in self._jobs.values() if j is not job] if job.state == "waiting" else []
        return sum(j.state == "running" or (j.state == "waiting" and j.turn < job.turn) for j in others)

    def close(self) -> None:
        """End the process, with the task in hand; what it acknowledged is on disk."""
        self._is_closing = True
        self._queue.put((-1, -1, None))
        self._thread.join(timeout=10)
        self._stop()

    def _drop_old(self) -> None:
        over = [job for job in self._jobs.values() if job.over.is_set()]
        for job in over[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[job.id]
            if self._by_key.get(job.key) == job.id:
                del self._by_key[job.key]

    def _run(self) -> None:
        while (given := self._queue.get()[-1]) is not None and not self._is_closing:
            job, function, arguments = given
            with self._lock:
                if job.state != "waiting":
                    continue  # it was asked for while it waited to be done ahead, and is done; or it was dropped
                job.state, job.begun, job.said = "running", time.monotonic(), "Started"
            try:
                job.result = self._do(job, function, arguments)
                job.state = "done"
            except _SetAsideError:
                with self._lock:
                    job.state, job.begun, job.said, job.done, job.total = "waiting", None, "Waiting", 0, 0
                    if job.is_ahead:
                        self._queue.put((*job.turn, given))
                    else:  # somebody asked for it since
                        self._put(job, function, arguments)
                continue
            except Error as error:
                job.error, job.is_mistake = str(error), isinstance(error, UsageError)
                job.state = "failed"
            except Exception as error:  # the thread must live, whatever a connection raises
                job.error = f"the task was lost: {error}"
                job.state = "failed"
                self._stop()
            job.over.set()

    def _do(self, job: Job, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        connection = self._open()
        connection.send((function, arguments, job.is_ahead))
        give_up = time.monotonic() + self.limit_s
        is_stopped = False
        while True:
            try:
                if job.is_ahead and not is_stopped and self._is_wanted():
                    connection.send(None)
                    is_stopped = True
                if not connection.poll(_POLL_S):
                    if self._is_closing or time.monotonic() > give_up:
                        self._stop()
                        raise WorkerError(f"it took more than {self.limit_s:.0f} seconds and was ended")
                    continue
                kind, value = connection.recv()
            except (EOFError, OSError) as error:
                self._stop()
                raise WorkerError("the process that did it was ended from outside; ask for it again") from error
            if kind == "said":
                job.said, job.done, job.total = value, 0, 0
            elif kind == "at":
                job.said, job.done, job.total = value
            elif kind == "stopped":
                raise _SetAsideError
            elif kind == "done":
                return value
            else:
                raise (UsageError if kind == "mistake" else WorkerError)(value)

    def _is_wanted(self) -> bool:
        """Return whether somebody waits for a task that has not begun."""
        with self._lock:
            return any(j.state == "waiting" and not j.is_ahead for j in self._jobs.values())

    def _open(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self._stop()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), name="wirecheck-compare", daemon=True)
        self._process.start()
        theirs.close()
        self._connection = ours
        return ours

    def _stop(self) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is not None and process.is_alive():
            process.kill()
            process.join(timeout=10)
        if connection is not None:
            connection.close()


def _serve(connection: Connection) -> None:
    """Do the tasks that come, until the other side is gone; runs in the process."""
    # Ctrl-C goes to the whole group; it is the other process that decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            given = connection.recv()
        except (EOFError, OSError):
            return
        if given is None:
            continue  # the task that was to be set aside is done already
        function, arguments, ahead = given
        if ahead:
            with ThreadPoolExecutor(1, initializer=_lower_priority) as pool:
                answer = pool.submit(_do_task, connection, function, arguments, can_stop=True).result()
        else:
            answer = _do_task(connection, function, arguments)
        with contextlib.suppress(OSError):
            connection.send(answer)


def _do_task(
    connection: Connection, function: Callable[..., Any], arguments: tuple[Any, ...], *, can_stop: bool = False
) -> tuple[str, Any]:
    """Return what comes of a task; how far it is, is told meanwhile. One that `can_stop` ends where that is asked."""
    said = ""
    told = 0.0

    def say(text: str) -> None:
        nonlocal said
        said = text
        connection.send(("said", text))

    def hear(advance: Advance) -> None:
        nonlocal told
        if can_stop and connection.poll():
            raise _Stop
        now = time.monotonic()
        if advance.total and now >= told + _TELL_S:
            told = now
            connection.send(("at", (f"{said}: {advance.what}" if said else advance.what, advance.done, advance.total)))

    try:
        with listening(hear):
            return "done", function(*arguments, say)
    except _Stop:
        connection.recv()
        return "stopped", None
    except Error as error:
        return "mistake" if isinstance(error, UsageError) else "failed", str(error)
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"


def _lower_priority() -> None:
    """Let this thread, and those that it starts, give way to all others; elsewhere the priority is of a process."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.nice(_NICE)
