"""What a user gets: light imports, a command that starts, no test package at run time, data files in the package."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "onnxruntime", "tokenizers", "trafilatura", "lxml", "rich", "jinja2", "nupunkt", "py3langid")
EXTRAS = (
    "cloudpickle",
    "cryptography",
    "dask",
    "distributed",
    "docx",
    "fastwarc",
    "feedparser",
    "httpx2",
    "httpcore2",
    "mcp",
    "openpyxl",
    "pandas",
    "polars",
    "protego",
    "pyarrow",
)


def modules_after(statement: str) -> set[str]:
    code = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in json.loads(run.stdout.splitlines()[-1])}


def test_importing_wirecheck_imports_nothing_heavy() -> None:
    loaded = modules_after("import wirecheck")

    assert not loaded & set(HEAVY)


def test_the_help_of_the_command_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['wirecheck', '--help']\n"
        "from wirecheck.cli import main\n"
        "try: main()\nexcept SystemExit: pass"
    )

    assert not modules_after(code) & set(HEAVY)


def test_a_comparison_loads_no_test_or_training_package() -> None:
    code = (
        "import wirecheck, hashlib\n"
        "from wirecheck.model import Document, digest_document\n"
        "text = 'The mayor said the bridge was closed on Monday.'\n"
        "d = Document(digest_document('a', text), 'a', 'a', text, hashlib.sha256(text.encode()).hexdigest())\n"
        "wirecheck.compare([d])"
    )

    assert not modules_after(code) & {"torch", "onnx", "pytest", "hypothesis", "playwright", "transformers", "mypy"}


def test_reading_plain_files_loads_no_package_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said the bridge was closed on Monday.", "utf-8")
    code = (
        "from wirecheck.readers import read_paths\nfrom wirecheck.settings import Settings\n"
        f"read_paths([{str(tmp_path)!r}], settings=Settings())"
    )

    assert not modules_after(code) & set(EXTRAS)


def test_the_module_form_and_the_command_show_one_version() -> None:
    import wirecheck

    run = subprocess.run([sys.executable, "-m", "wirecheck", "--version"], capture_output=True, text=True, check=True)

    assert wirecheck.__version__ in run.stdout


def test_the_package_and_the_project_file_have_one_version() -> None:
    import wirecheck

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == wirecheck.__version__


def test_every_package_folder_is_a_package() -> None:
    folders = {p.parent for p in (ROOT / "src" / "wirecheck").rglob("*.py")}

    assert all((folder / "__init__.py").exists() for folder in folders)
