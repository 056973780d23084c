"""The engine of a cluster: Dask distributed, its workers on this machine or on many.

Nothing has to be shared between the machines: what a task reads travels inside the task, through the scheduler, which
keeps it until the result has arrived. So a task whose worker has ended is run again by another one, and nothing is
lost. The results come back to the calling process, the only one that writes.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import pickle
import sys
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.engine.environment import describe_environment, list_differences
from wirecheck.engine.joins import HELD, Pairs, join_pairs
from wirecheck.errors import ClusterError, MissingExtraError, UsageError, WorkerError
from wirecheck.graph import find_components

Item = TypeVar("Item")
Result = TypeVar("Result")
# Items under way for each thread of the workers, and bytes of items under way in all: enough that none waits for the
# caller, few enough that the memory of caller and scheduler stays flat.
_AHEAD = 3
_AHEAD_BYTES = 256_000_000
# Seconds that a scheduler has to answer; that workers have to come, or to come back; between two looks at them.
_ANSWER_S = 10.0
_WORKERS_S = 60.0
_LOOK_S = 2.0


class ClusterEngine:
    """Workers of a cluster for `map` and for large `pairs`; `components` is done here."""

    def __init__(self, cluster: str, *, processes: int = 1, held: int = HELD, workers_s: float = _WORKERS_S) -> None:
        """Connect to the scheduler at an address, or in the JSON file that it wrote; `local` starts one when needed.

        `processes` counts the workers of a local cluster. Raises `MissingExtraError` without Dask, `ClusterError` when
        no scheduler answers, no worker comes, or a worker would not give the same bytes.
        """
        if processes < 1:
            raise UsageError(f"processes: a number from 1 on was expected; found {processes}")
        missing = [name for name in ("distributed", "cryptography") if find_spec(name) is None]
        if missing:
            raise MissingExtraError(
                f"a cluster needs a package that is not installed ({missing[0]}): "
                "pip install '.[cluster]' in the folder of Wirecheck"
            )
        self.processes = processes
        self._held = held
        self._workers_s = workers_s
        self._opened = contextlib.ExitStack()
        self._client: Any = None
        self._address = "local" if cluster == "local" else _read_address(cluster)
        if self._address != "local":
            self._connect()

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield `function(item)` for each item, in the order of the items.

        A task whose worker has ended is run again elsewhere. Raises `WorkerError` when the same task has ended several
        workers, when no worker is left, or when the scheduler is gone.
        """
        import cloudpickle

        client = self._connect()
        called = cloudpickle.dumps(function)
        threads, looked = self._count_threads(), time.monotonic()
        waiting: deque[tuple[Any, int]] = deque()
        held = 0
        try:
            for item in items:
                payload = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
                key = f"wirecheck-{uuid.uuid4().hex}"
                waiting.append(
                    (client.submit(_work, describe_environment(), called, payload, key=key, pure=False), len(payload))
                )
                held += len(payload)
                if time.monotonic() - looked > _LOOK_S:
                    threads, looked = self._count_threads(), time.monotonic()
                while len(waiting) >= threads * _AHEAD or (held > _AHEAD_BYTES and waiting):
                    future, size = waiting.popleft()
                    held -= size
                    yield self._take(future)
            while waiting:
                yield self._take(waiting.popleft()[0])
        finally:
            for future, _ in waiting:
                future.release()

    def pairs(self, postings: Iterable[tuple[int, NDArray[np.uint64]]], *, most: int, least: int = 1) -> Pairs:
        """Return the pairs of owners that share `least` keys or more; see `Engine.pairs`."""
        return join_pairs(postings, most=most, least=least, held=self._held, run=self.map)

    def components(self, count: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
        """Return the connected parts of the nodes 0 to `count` - 1; see `Engine.components`."""
        return find_components(count, edges)

    def close(self) -> None:
        """Leave the cluster; one that was started here ends."""
        self._client = None
        self._opened.close()

    def __enter__(self) -> ClusterEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _connect(self) -> Any:
        """Return the client of the cluster, connected and with a worker at least."""
        if self._client is not None:
            return self._client
        distributed = _import_distributed()
        import dask

        opened = self._opened
        # A large document is a large task, and meant to be.
        opened.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}))
        try:
            if self._address == "local":
                client = opened.enter_context(distributed.Client(self._start(), set_as_default=False))
            else:
                try:
                    # What is no address leaves a client behind that is neither open nor closed.
                    distributed.comm.get_address_host_port(self._address, strict=True)
                    client = distributed.Client(self._address, set_as_default=False, timeout=_ANSWER_S)
                except (OSError, ValueError) as error:
                    raise ClusterError(
                        f"no scheduler answers at {self._address} (waited up to {_ANSWER_S:.0f} s): `local`, the "
                        "address of a running scheduler such as tcp://host:8786, or the JSON file that it wrote was "
                        "expected"
                    ) from error
                opened.enter_context(client)
            self._client = client
            self._look_at_workers()
        except BaseException:
            self.close()
            raise
        return client

    def _start(self) -> Any:
        """Return a cluster of this machine, which only processes of this call can talk to."""
        import dask

        folder = self._opened.enter_context(tempfile.TemporaryDirectory(prefix="wirecheck-workers-"))
        # Each server of Dask has an HTTP server beside it: those of a local cluster serve no page.
        nothing: dict[str, list[str]] = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
        with dask.config.set(nothing):
            cluster = _import_distributed().LocalCluster(
                n_workers=self.processes,
                threads_per_worker=1,
                host="127.0.0.1",
                protocol="tls://",
                # Whoever can talk to a worker can run code in it: a certificate of this call keeps others out.
                security=True,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                local_directory=folder,
                silence_logs=logging.CRITICAL,
            )
        return self._opened.enter_context(cluster)

    def _count_threads(self) -> int:
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def _look_at_workers(self) -> None:
        """Wait for a worker; raise `ClusterError` when none comes, or one would not give the same bytes."""
        client = self._client
        try:
            client.wait_for_workers(1, timeout=self._workers_s)
        except TimeoutError as error:
            raise ClusterError(
                f"the scheduler at {self._address} has no worker after {self._workers_s:.0f} s: "
                f"dask worker {self._address}"
            ) from error
        here = describe_environment()
        found = client.run(describe_environment, on_error="return")
        try:
            found["the scheduler"] = client.run_on_scheduler(describe_environment)
        except Exception as error:
            found["the scheduler"] = error
        for place, there in sorted(found.items()):
            if isinstance(there, Exception):
                raise ClusterError(f"{place} cannot run Wirecheck {here[1][1]}: {there}") from there
            _check_environment(here, there, place)

    def _take(self, future: Any) -> Any:
        """Return the result of a task."""
        from concurrent.futures import CancelledError

        from distributed.scheduler import KilledWorker

        try:
            self._wait(future)
            return pickle.loads(future.result())
        except KilledWorker as error:
            raise WorkerError(
                f"a part of the work ended {error.allowed_failures + 1} workers, one after the other: has each enough "
                "memory? What is stored stays: start again"
            ) from error
        except CancelledError as error:
            raise WorkerError(f"the scheduler at {self._address} is gone; what is stored stays: start again") from error

    def _wait(self, future: Any) -> None:
        """Return when a task is done; raise `WorkerError` when there has been no worker for too long."""
        from distributed import wait

        lonely_since: float | None = None
        while not future.done():
            try:
                with self._client.as_current():
                    wait([future], timeout=_LOOK_S)
            except TimeoutError:
                now = time.monotonic()
                lonely_since = None if self._client.nthreads() else lonely_since or now
                if lonely_since is not None and now - lonely_since > self._workers_s:
                    raise WorkerError(
                        f"no worker has been left at {self._address} for {self._workers_s:.0f} s; what is stored "
                        "stays: start again"
                    ) from None


def _work(expected: tuple[tuple[str, str], ...], function: bytes, payload: bytes) -> bytes:
    """Return the pickled result of a pickled function for a pickled item; runs in a worker.

    Workers that come later than the caller are looked at here.
    """
    there = describe_environment()
    if there != expected:
        _check_environment(expected, there, "a worker")
    return pickle.dumps(pickle.loads(function)(pickle.loads(payload)), pickle.HIGHEST_PROTOCOL)


def _check_environment(here: tuple[tuple[str, str], ...], there: tuple[tuple[str, str], ...], place: str) -> None:
    differences = list_differences(here, there)
    if differences:
        listed = ", ".join(f"{name} {other} where this process has {own}" for name, own, other in differences)
        raise ClusterError(f"{place} would not give the same bytes: it has {listed}; install the same on every machine")


def _import_distributed() -> Any:
    """Return the package `distributed`, which logs nothing that the calling program does not ask for."""
    import dask

    if "distributed" not in sys.modules and dask.config.get("distributed.logging", None) is None:
        # By default its first import writes the logs of all its parts to standard error. A context that sets this would
        # take all other settings of `distributed` away at its end.
        dask.config.set({"distributed.logging": {"version": 1, "incremental": True}})
        importlib.import_module("distributed")
        del dask.config.config["distributed"]["logging"]
        for name in ("distributed", "tornado"):
            logging.getLogger(name).addHandler(logging.NullHandler())
    return importlib.import_module("distributed")


def _read_address(cluster: str) -> str:
    """Return the address that a scheduler has, or wrote to a JSON file."""
    if not cluster.endswith(".json"):
        return cluster
    try:
        return str(json.loads(Path(cluster).read_text("utf-8"))["address"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClusterError(f"the JSON file of a running scheduler was expected at {cluster}; {error}") from error
