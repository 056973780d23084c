"""A cluster that cannot be used is one error that says what to do; a local one is closed to others and ends with us."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import wirecheck
from tests.clusters import skip_without_dask, start_scheduler, start_worker
from wirecheck.engine import open_engine
from wirecheck.engine.environment import describe_environment, list_differences
from wirecheck.errors import ClusterError, MissingExtraError, WorkerError

NOBODY = "tcp://127.0.0.1:1"


@pytest.fixture(autouse=True)
def _needs_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_without_dask()
    from wirecheck.engine import cluster

    monkeypatch.setattr(cluster, "_ANSWER_S", 2.0)


def wait_a_little(number: int) -> int:
    time.sleep(0.1)
    return number


def run_wirecheck(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "wirecheck", *arguments], capture_output=True, text=True)


def test_a_missing_package_is_an_error_with_the_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from wirecheck.engine import cluster

    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[cluster\]'"):
        open_engine(cluster="local")


@pytest.mark.parametrize("address", [NOBODY, "nonsense", "what://127.0.0.1:8786"])
def test_an_address_that_does_not_answer_is_an_error(address: str) -> None:
    with pytest.raises(ClusterError, match=f"no scheduler answers at {address}"):
        open_engine(cluster=address)


def test_a_file_that_no_scheduler_wrote_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "scheduler.json").write_text("{}")
    for name in ("scheduler.json", "none.json"):
        with pytest.raises(ClusterError, match="JSON file of a running scheduler was expected"):
            open_engine(cluster=str(tmp_path / name))


@pytest.mark.parametrize("address", [NOBODY, "nonsense"])
def test_the_command_says_it_in_one_line_and_makes_no_archive(tmp_path: Path, address: str) -> None:
    (tmp_path / "a.txt").write_text("The mayor said the bridge was closed on Monday.")
    run = run_wirecheck("add", str(tmp_path / "archive"), str(tmp_path / "a.txt"), "--cluster", address)

    assert run.returncode == 2
    assert run.stderr.startswith(f"wirecheck: no scheduler answers at {address}")
    assert run.stderr.count("\n") == 1
    assert not (tmp_path / "archive").exists()


def test_processes_beside_an_address_are_a_mistake(tmp_path: Path) -> None:
    run = run_wirecheck("stories", str(tmp_path), "--cluster", NOBODY, "--processes", "2")

    assert run.returncode == 2
    assert "--processes counts workers of this machine" in run.stderr


def test_a_local_cluster_adds_without_a_sound_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said the bridge was closed on Monday.")
    arguments = ("--cluster", "local", "--processes", "1", "--quiet")
    run = run_wirecheck("add", str(tmp_path / "archive"), str(tmp_path / "a.txt"), *arguments)

    assert run.returncode == 0
    assert run.stdout == ""
    assert run.stderr.startswith("1 new, 0 known")
    assert run.stderr.count("\n") == 1


def test_a_scheduler_without_workers_is_an_error_after_a_while(tmp_path: Path) -> None:
    from wirecheck.engine.cluster import ClusterEngine

    with (
        start_scheduler(tmp_path) as (_, file),
        pytest.raises(ClusterError, match=r"has no worker after 1 s: dask worker"),
    ):
        ClusterEngine(str(file), workers_s=1.0)


def test_a_worker_with_another_wirecheck_is_an_error_that_names_both(tmp_path: Path) -> None:
    other = tmp_path / "other" / "wirecheck"
    shutil.copytree(Path(wirecheck.__file__).parent, other, ignore=shutil.ignore_patterns("*.onnx", "__pycache__"))
    init = other / "__init__.py"
    init.write_text(init.read_text("utf-8").replace(wirecheck.__version__, "0.0.7"), "utf-8")
    environment = {"PYTHONPATH": str(other.parent)}
    with (
        start_scheduler(tmp_path) as (_, file),
        start_worker(file, "--no-nanny", environment=environment),
        pytest.raises(ClusterError, match=r"it has wirecheck 0\.0\.7 .* where this process has") as caught,
    ):
        open_engine(cluster=str(file))

    assert wirecheck.__version__ in str(caught.value)


def test_a_worker_without_wirecheck_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "other" / "wirecheck").mkdir(parents=True)
    (tmp_path / "other" / "wirecheck" / "__init__.py").write_text("")
    environment = {"PYTHONPATH": str(tmp_path / "other")}
    with (
        start_scheduler(tmp_path) as (_, file),
        start_worker(file, "--no-nanny", environment=environment),
        pytest.raises(ClusterError, match="cannot run Wirecheck"),
    ):
        open_engine(cluster=str(file))


def test_differences_name_what_either_side_lacks() -> None:
    here = (("Python", "3.11"), ("numpy", "2.0"), ("lxml", "6.0"))

    assert list_differences(here, here) == ()
    assert list_differences(here, (("Python", "3.12"), ("numpy", "2.0"))) == (
        ("Python", "3.11", "3.12"),
        ("lxml", "6.0", "none"),
    )
    assert [name for name, _ in describe_environment()][:2] == ["Python", "wirecheck"]


@pytest.mark.parametrize("gone", ["workers", "scheduler"])
def test_a_cluster_that_goes_away_is_an_error_and_not_a_wait_for_ever(tmp_path: Path, gone: str) -> None:
    from wirecheck.engine.cluster import ClusterEngine

    with start_scheduler(tmp_path) as (scheduler, file), start_worker(file, "--no-nanny") as worker:
        engine = ClusterEngine(str(file), workers_s=3.0)
        results = engine.map(wait_a_little, range(1000))
        next(results)
        (worker if gone == "workers" else scheduler).kill()
        expected = "no worker has been left" if gone == "workers" else "the scheduler at .* is gone"
        with pytest.raises(WorkerError, match=expected):
            list(results)
        engine.close()


def test_a_worker_that_comes_later_takes_part(tmp_path: Path) -> None:
    with start_scheduler(tmp_path) as (_, file), start_worker(file, "--no-nanny") as first:
        engine = open_engine(cluster=str(file))
        results = engine.map(wait_a_little, range(40))
        next(results)
        with start_worker(file, "--no-nanny"):
            first.kill()
            rest = list(results)
            engine.close()

    assert rest == list(range(1, 40))


def test_a_local_cluster_listens_on_loopback_serves_no_page_and_lets_nobody_in() -> None:
    import http.client

    import psutil
    from distributed import Client

    from wirecheck.engine.cluster import ClusterEngine

    with ClusterEngine("local", processes=1) as engine:
        assert list(engine.map(wait_a_little, [1])) == [1]
        own = psutil.Process()
        processes = [own, *own.children(recursive=True)]
        found = {c.laddr for p in processes for c in p.net_connections("inet") if c.status == psutil.CONN_LISTEN}
        address = engine._client.scheduler.address
        plain = address.replace("tls://", "tcp://")
        with pytest.raises(OSError, match=r"Timed out|reset|closed"):
            Client(plain, timeout=1, set_as_default=False)
        statuses = []
        for host, port in found:
            connection = http.client.HTTPConnection(host, port, timeout=5)
            try:
                connection.request("GET", "/info/main/workers.html")
                statuses.append(connection.getresponse().status)
            except (OSError, http.client.HTTPException):
                statuses.append(None)

    assert address.startswith("tls://127.0.0.1:")
    assert {host for host, _ in found} == {"127.0.0.1"}
    assert set(statuses) <= {404, None}


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_workers_of_a_local_cluster_end_when_the_process_is_killed(tmp_path: Path) -> None:
    import psutil

    script = tmp_path / "script.py"
    script.write_text(
        "import os, sys, time\n"
        "from wirecheck.engine.cluster import ClusterEngine\n"
        "if __name__ == '__main__':\n"
        "    engine = ClusterEngine('local', processes=2)\n"
        "    print(*set(engine.map(abs, range(3))), flush=True)\n"
        "    time.sleep(600)\n"
    )
    run = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.readline()
    workers = psutil.Process(run.pid).children(recursive=True)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    run.stdout.close()

    assert len(workers) >= 2
    assert psutil.wait_procs(workers, timeout=30)[1] == []
