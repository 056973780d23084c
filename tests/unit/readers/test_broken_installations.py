"""What a reader says where its library is installed and cannot be imported: once, and what to install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wirecheck.errors import MissingExtraError
from wirecheck.readers import read_bytes

PAGE = b"<!doctype html><html><body><article><p>The ferry sank off Port Elra on Monday.</p></article></body></html>"
FEED = b"<rss version='2.0'><channel><title>Herald</title></channel></rss>"


@pytest.mark.parametrize(("name", "data", "package"), [("a.html", PAGE, "trafilatura"), ("a.rss", FEED, "feedparser")])
def test_a_library_that_every_installation_has_is_one_error_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(
        MissingExtraError, match=rf"needs {package}, .*: pip install --force-reinstall \. in the folder of Wirecheck$"
    ):
        read_bytes(name, data)


@pytest.mark.parametrize(
    ("name", "data", "package", "extra"),
    [("a.warc", b"WARC/1.0\r\n", "fastwarc", "archive"), ("a.parquet", b"PAR1", "pyarrow", "parquet")],
)
def test_a_broken_library_of_an_extra_is_a_problem_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, data: bytes, package: str, extra: str
) -> None:
    pytest.importorskip(package)
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text("raise ImportError('libfoo.so: no such file')", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, package)
    documents, (problem,) = read_bytes(name, data)

    assert documents == ()
    assert f"needs {package}, which cannot be imported (libfoo.so: no such file)" in problem.message
    assert problem.message.endswith(f"pip install --force-reinstall '.[{extra}]' in the folder of Wirecheck")


@pytest.mark.parametrize("processes", ["1", "2"])
def test_adding_pages_ends_with_one_line(tmp_path: Path, processes: str) -> None:
    broken = tmp_path / "broken"
    (broken / "lxml_html_clean").mkdir(parents=True)
    (broken / "lxml_html_clean" / "__init__.py").write_text("raise ImportError('no such thing')", "utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.html").write_bytes(PAGE)
    command = ["add", str(tmp_path / "archive"), str(pages), "--processes", processes]
    source = str(Path(__file__).parents[3] / "src")
    run = subprocess.run(
        [sys.executable, "-m", "wirecheck", *command],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{broken}:{source}"},
    )

    assert run.returncode == 2
    (line,) = run.stderr.splitlines()
    assert line.startswith("wirecheck: reading web pages needs trafilatura, which cannot be imported (")
