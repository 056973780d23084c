"""The worker of the app: one process that compares, one task after the other, so that pages stay quick meanwhile.

A task is a function of a module, with its arguments and a `say` that tells how far it is. A process that dies, or that
takes longer than it may, fails its task alone: the next one gets a new process.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import queue
import secrets
import signal
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from wirecheck.errors import Error, UsageError, WorkerError

State = Literal["waiting", "running", "done", "failed"]
Say = Callable[[str], None]
# A story of a hundred documents takes some minutes on a slow machine.
LIMIT_S = 1800.0
MOST_WAITING = 64
# Tasks that are remembered with their results: reports of a megabyte or two.
MOST_KEPT = 48
_POLL_S = 0.25


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
    turn: tuple[bool, int] = (False, 0)
    """Its place in the queue."""
    begun: float | None = None
    over: threading.Event = field(default_factory=threading.Event)


_Task = tuple[Job, Callable[..., Any], tuple[Any, ...]]


class Worker:
    """A queue of tasks and the process that does them; close it."""

    def __init__(self, *, limit_s: float = LIMIT_S) -> None:
        self.limit_s = limit_s
        self._queue: queue.PriorityQueue[tuple[bool, int, _Task | None]] = queue.PriorityQueue()
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
        self, function: Callable[..., Any], *arguments: Any, title: str, key: Hashable = None, ahead: bool = False
    ) -> Job:
        """Return the job of a task; one that was asked for under the same key and did not fail is returned again.

        What is done `ahead` waits until there is nothing else to do, or until it is asked for without. Raises
        `UsageError` where too many are waiting.
        """
        with self._lock:
            known = self._jobs.get(self._by_key.get(key, "")) if key is not None else None
            if known is not None and known.state != "failed":
                self._jobs.move_to_end(known.id)
                if known.is_ahead and not ahead:
                    known.is_ahead = False
                    if known.state == "waiting":
                        self._put(known, function, arguments)
                return known
            if sum(j.state == "waiting" and j.is_ahead == ahead for j in self._jobs.values()) >= MOST_WAITING:
                raise UsageError(f"{MOST_WAITING} tasks are waiting; let some of them end first")
            job = Job(secrets.token_urlsafe(9), title, key, is_ahead=ahead)
            self._jobs[job.id] = job
            if key is not None:
                self._by_key[key] = job.id
            self._drop_old()
            self._put(job, function, arguments)
        return job

    def _put(self, job: Job, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        job.turn = job.is_ahead, next(self._count)
        self._queue.put((*job.turn, (job, function, arguments)))

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
        self._queue.put((False, -1, None))
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
            if job.state != "waiting":
                continue  # it was asked for while it waited to be done ahead, and is done
            try:
                job.state, job.begun, job.said = "running", time.monotonic(), "Started"
                job.result = self._do(job, function, arguments)
                job.state = "done"
            except Error as error:
                job.error, job.is_mistake = str(error), isinstance(error, UsageError)
                job.state = "failed"
            except Exception as error:  # the thread must live, whatever a connection raises
                job.error = f"the task was lost: {error}"
                job.state = "failed"
                self._stop()
            finally:
                job.over.set()

    def _do(self, job: Job, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        connection = self._open()
        connection.send((function, arguments))
        give_up = time.monotonic() + self.limit_s
        while True:
            try:
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
                job.said = value
            elif kind == "done":
                return value
            else:
                raise (UsageError if kind == "mistake" else WorkerError)(value)

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
            function, arguments = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer = "done", function(*arguments, lambda text: connection.send(("said", text)))
        except Error as error:
            answer = "mistake" if isinstance(error, UsageError) else "failed", str(error)
        except Exception as error:
            answer = "failed", f"{type(error).__name__}: {error}"
        with contextlib.suppress(OSError):
            connection.send(answer)
