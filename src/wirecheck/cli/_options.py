"""What all commands share: options of output, what becomes of them, and exit statuses.

One contract: `--json`, `--jsonl`, `--csv` (and `--markdown` of a report) take a file or none; without one, and with
`-`, they go to standard output in place of the list. What is named as a file is written beside the list; `--quiet`
leaves the list out. `docs/using.md` tells users of it, `tests/unit/cli/test_commands.py` holds every command to it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from wirecheck.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

NOTHING = 1
"""Exit status: nothing was found, no input could be read, or something does not hold."""
MISTAKE = 2
"""Exit status: a mistake in the call, or something that cannot be opened or written."""
UNREAD = 3
"""Exit status: done, but one of the inputs could not be read."""

_HELP = {
    "json": "Give the list as JSON",
    "jsonl": "Give one JSON object a line",
    "csv": "Give the list as CSV",
    "graphml": "Give documents and pairs as GraphML",
    "gexf": "Give documents and pairs as GEXF",
    "markdown": "Give the report as Markdown",
}
_ENDINGS = {
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "csv": (".csv",),
    "graphml": (".graphml", ".xml"),
    "gexf": (".gexf", ".xml"),
    "markdown": (".md", ".markdown", ".txt"),
}
_LIST = ("json", "jsonl", "csv")


class OutputCommand(click.Command):
    """A command whose options of output may stand without a file, wherever they stand.

    `stories --jsonl ARCHIVE` lacks an archive if ARCHIVE is the file: then it is not. And where a word behind such an
    option is a file or folder of another kind, it was meant as an input, and nothing is written over it.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            rest = super().parse_args(ctx, list(args))
        except click.MissingParameter as error:
            again = self._give_back(given)
            if not isinstance(error.param, click.Argument) or again == given:
                raise
            ctx.params.clear()
            return super().parse_args(ctx, again)
        for place, form in self._list_bare(given):
            _refuse_input(given[place], given[place + 1], _ENDINGS.get(form, ()))
        return rest

    def _list_bare(self, args: Sequence[str]) -> list[tuple[int, str]]:
        """Return where options that may stand alone are followed by a word that is taken as their file."""
        last = args.index("--") if "--" in args else len(args)
        names = {o: str(p.name) for p in self.params if getattr(p, "_flag_needs_value", False) for o in p.opts}
        return [
            (place, names[word])
            for place, word in enumerate(args[: last - 1])
            if word in names and (args[place + 1] == "-" or not args[place + 1].startswith("-"))
        ]

    def _give_back(self, args: Sequence[str]) -> list[str]:
        bare = {place for place, _ in self._list_bare(args) if args[place + 1] != "-"}
        return [f"{word}=-" if place in bare else word for place, word in enumerate(args)]


def _refuse_input(option: str, word: str, endings: tuple[str, ...]) -> None:
    path = Path(word)
    try:
        meant = path.is_dir() or (path.is_file() and path.suffix.lower() not in endings)
    except (OSError, ValueError):
        return
    if meant:
        raise UsageError(
            f"{word} is there and is not written over: put {option} at the end, or write {option}={word} to mean it"
        )


class Word(click.Choice[str]):
    """One of some words; for a misspelt one the error names the near one."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        from wirecheck.naming import suggest

        return f"{super().get_invalid_choice_message(value, ctx).rstrip('.')}{suggest(str(value), self.choices)}"


@dataclass(frozen=True, slots=True)
class Output:
    """Where a list goes: a file or "-" for each form that was asked for."""

    targets: Mapping[str, str | None]
    quiet: bool = False

    @property
    def shows_list(self) -> bool:
        """Whether the list is printed for people: unless quiet, or standard output is taken by another form."""
        return not self.quiet and "-" not in self.targets.values()

    def write(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
        """Write rows to each target of JSON, JSON Lines and CSV; raises `UsageError` where one cannot be written."""
        self.write_each(lambda form: _render_rows(form, rows, columns), _LIST)

    def write_one(self, value: Mapping[str, Any]) -> None:
        """Write one object: an object in JSON, a line, or a row of CSV."""
        self.write_each(lambda form: _render_one(form, value), _LIST)

    def write_each(self, render: Callable[[str], str], forms: Sequence[str]) -> None:
        """Write what `render` gives for each of the forms that was asked for."""
        from wirecheck.cli._output import write_text

        for form, target in self.targets.items():
            if form in forms and target is not None:
                write_text(target, render(form))


def _render_rows(form: Any, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    from wirecheck.report.tables import render_rows

    return render_rows(form, rows, columns)


def _render_one(form: str, value: Mapping[str, Any]) -> str:
    if form != "json":
        return _render_rows(form, [value], ())
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def output_options(*forms: str) -> Callable[[Command], Command]:
    """Give a command the options of a list's output, as one parameter `output`; all three forms unless some are named.

    The command is declared with `cls=OutputCommand`.
    """
    names = forms or _LIST

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def call(**given: Any) -> Any:
            targets = {form: given.pop(form) for form in names}
            output = Output(targets, given.pop("quiet"))
            if list(targets.values()).count("-") > 1:
                said = " and ".join(f"--{form}" for form, target in targets.items() if target == "-")
                raise UsageError(f"only one of {said} can go to standard output: name a file for the other")
            return command(**given, output=output)

        for option in (quiet_option, *(form_option(form) for form in reversed(names))):
            call = option(call)
        return call  # type: ignore[return-value]

    return decorate


def form_option(form: str, said: str | None = None) -> Callable[[Command], Command]:
    """Return the option of one form: a file, or standard output without one and with "-"."""
    return click.option(
        f"--{form}",
        metavar="[FILE]",
        is_flag=False,
        flag_value="-",
        help=f"{said or _HELP[form]}: in FILE, or on standard output.",
    )


def report_options(command: Command) -> Command:
    """Give a command the options of a report's output: `html`, `json`, `markdown` and `quiet`, see `write_report`."""
    for option in (
        quiet_option,
        form_option("markdown"),
        form_option("json", "Give the report as JSON (wirecheck-report/1)"),
        click.option("--html", metavar="FILE", help="Write the page: one self-contained HTML file."),
    ):
        command = option(command)
    return command


quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print no list or report, only what is asked for.")
