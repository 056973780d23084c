"""The command line: one module per command; the work is a library call."""

from __future__ import annotations

import errno
import importlib
import os
import sys

import click

from wirecheck import __version__
from wirecheck.cli._plain import say
from wirecheck.errors import Error

COMMANDS = {
    "add": "Read documents into an archive.",
    "check": "Check the files, hashes and spans of an archive.",
    "check-draft": "Check the quotations, figures, names and claims of a draft against its sources.",
    "claim": "Hold one sentence against documents: who states it, who contradicts it.",
    "compare": "Compare reports of one or more events and print what is really there.",
    "decide": "Keep a person's ruling on stories, origins and findings of an archive.",
    "decisions": "List the rulings kept in an archive.",
    "demo": "Compare the built-in sample coverage and write its page.",
    "export": "Write all documents of an archive in one file.",
    "export-report": "Write a report for Word, a spreadsheet or another program.",
    "info": "Print what an archive holds.",
    "mcp": "Serve Wirecheck to an agent (Model Context Protocol).",
    "plugins": "List readers, annotators, checks, sections and exports.",
    "reuse": "List who shares passages with whom in an archive.",
    "sample": "Write the built-in sample coverage as files, to try commands on.",
    "schema": "Print the JSON Schema of the report, or of another format.",
    "search": "Find documents of an archive by their words.",
    "serve": "Read, compare and decide in the browser, over an archive.",
    "stories": "List the stories of an archive.",
    "story": "Compare one story of an archive.",
    "trace": "Follow a quotation or passage through an archive.",
    "verify": "Re-check every span, hash and quotation of a report.",
    "watch": "Read feeds, pages and folders again and again, and tell what changed.",
    "why": "Print what decided one item of a report.",
}
GROUPS = {
    "Compare reports": ("compare", "demo", "why", "verify", "check-draft", "claim", "export-report"),
    "Keep an archive": ("add", "watch", "info", "check", "export"),
    "Look into an archive": ("stories", "story", "search", "trace", "reuse"),
    "Rule on what was found": ("decide", "decisions"),
    "Serve": ("serve", "mcp"),
    "About Wirecheck": ("sample", "plugins", "schema"),
}
"""What `wirecheck --help` shows together; each command stands in one of them, in this order."""


class _Commands(click.Group):
    """A group that imports a command's module when it is asked for, so that `--help` stays fast."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"wirecheck.cli.{name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from wirecheck.naming import suggest

            raise click.UsageError(f"no command {args[0]}{suggest(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, COMMANDS))
        for title, names in GROUPS.items():
            rows = [(f"{name:{width}}", COMMANDS[name]) for name in names if name in COMMANDS]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wirecheck")
def commands() -> None:
    """Read several reports of one event; see what they agree on, where they conflict, and who has it from whom.

    `wirecheck COMMAND --help` tells what a command does. Begin with `wirecheck demo`.
    """


def main() -> None:
    """Run the command line; a mistake of the caller or a broken installation is one line of error and exit status 2.

    What is printed is UTF-8, whatever the locale says: a quotation with question marks in it is another one.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        try:
            status = commands(prog_name="wirecheck", standalone_mode=False)
        finally:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message(), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:  # shown by us, for it repeats what was typed
        if isinstance(error, click.UsageError) and error.ctx is not None:
            say(error.ctx.get_usage(), err=True)
        say(f"wirecheck: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        say("wirecheck: stopped", err=True)
        sys.exit(130)
    except Error as error:
        say(f"wirecheck: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        _drop_output()
        if error.errno == errno.EPIPE:
            sys.exit(141)  # who reads has enough; a shell says so of programs that SIGPIPE ends
        place = f"{error.filename}: " if error.filename else "the output cannot be written: "
        say(f"wirecheck: {place}{error.strerror or error}", err=True)
        sys.exit(2)
    except ImportError as error:
        again = "pip install --force-reinstall . in the folder of Wirecheck"
        say(f"wirecheck: a package that is needed cannot be imported: {error}; {again}", err=True)
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)


def _open_closed_streams() -> None:
    """Give a process that was started with a closed stream one that holds nothing and takes everything."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process


def _drop_output() -> None:
    """Let what is still to be written to standard output go nowhere, so that the interpreter does not try again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, AttributeError):
        sys.stdout = None
