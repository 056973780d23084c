"""The table of commands: a call of each that finds something, and what it does where there is nothing or a mistake.

A command that is not here fails `tests/unit/cli/test_commands.py`. Calls are made in a folder with two documents
(`herald.txt` with `herald.toml`, `post.txt`), `draft.txt`, a folder `news` with one, `archive` that holds the two,
`report.json` over them, an archive `empty`
without documents, and `scan.jpg`, which no reader reads.
"""

from __future__ import annotations

from dataclasses import dataclass

LIST = ("json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Row:
    """A command: its arguments in a call that ends with 0, its outputs, and calls that end with 1, 2 and 3."""

    call: str
    outputs: tuple[str, ...] = ()
    """Options that take a file or none: `--json [FILE]`."""
    files: tuple[str, ...] = ()
    """Options that need a file: `--html FILE`."""
    nothing: str | None = None
    """Ends with 1: nothing was found or read, or something does not hold."""
    mistake: str | None = None
    """Ends with 2."""
    unread: str | None = None
    """Ends with 3."""
    repeats: bool = True
    """Whether the same call gives the same again."""


TABLE = {
    "add": Row(
        "more herald.txt --processes 1",
        LIST,
        nothing="other scan.jpg --processes 1",
        mistake="more nowhere.txt",
        unread="more post.txt scan.jpg --processes 1",
        repeats=False,
    ),
    "check-draft": Row(
        "draft.txt herald.txt",
        ("json",),
        ("html", "docx"),
        nothing="post.txt herald.txt",
        mistake="nowhere.txt herald.txt",
        unread="draft.txt herald.txt scan.jpg",
    ),
    "claim": Row(
        "'Tamsin Orrell kept the northern channel closed' herald.txt post.txt",
        ("json",),
        nothing="'Tamsin Orrell kept the northern channel closed' scan.jpg",
        mistake="'of the' herald.txt",
        unread="'Tamsin Orrell kept the northern channel closed' herald.txt scan.jpg",
    ),
    "check": Row("archive", LIST, mistake="nowhere"),
    "compare": Row(
        "herald.txt post.txt",
        ("json", "markdown"),
        ("html",),
        nothing="scan.jpg",
        mistake="nowhere.txt",
        unread="herald.txt scan.jpg",
    ),
    "decide": Row(
        "archive same-origin {first} {second} --who Editor",
        LIST,
        mistake="archive same-orgin {first} {second} --who Editor",
        repeats=False,
    ),
    "decisions": Row("archive", LIST, nothing="empty", mistake="nowhere"),
    "demo": Row("--quiet", ("json", "markdown"), ("html",), mistake="--html nowhere/page.html"),
    "export": Row("archive --jsonl", ("jsonl",), ("parquet",), nothing="empty --jsonl", mistake="archive"),
    "export-report": Row("report.json --to csv --output points.csv", mistake="forged.json --to csv"),
    "info": Row("archive", LIST, mistake="nowhere"),
    "mcp": Row("--help", mistake="nowhere"),
    "plugins": Row("", LIST, mistake="surplus"),
    "reuse": Row("archive", (*LIST, "graphml", "gexf"), nothing="empty", mistake="archive --document zz"),
    "sample": Row("coverage", mistake="herald.txt"),
    "schema": Row("", ("json",), mistake="surplus"),
    "search": Row("archive harbour", LIST, nothing="archive xylophone", mistake="archive ''"),
    "serve": Row("--help", mistake="herald.txt"),
    "stories": Row("archive", LIST, nothing="archive --publisher Heral", mistake="archive --sort newst"),
    "story": Row("archive {first}", ("json", "markdown"), ("html",), mistake="archive zz"),
    "trace": Row(
        "archive 'the northern channel stays closed'", LIST, nothing="archive xylophone", mistake="archive 'of the'"
    ),
    "verify": Row("report.json", LIST, nothing="forged.json", mistake="herald.txt"),
    "watch": Row("watched news --once", files=("jsonl", "atom"), mistake="watched nowhere --once", repeats=False),
    "why": Row("report.json s1-p1", ("json",), mistake="report.json s9-p9"),
}
