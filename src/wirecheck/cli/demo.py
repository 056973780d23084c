"""`wirecheck demo`: the main job on the built-in sample coverage."""

from __future__ import annotations

from pathlib import Path

import click

from wirecheck.cli._plain import say
from wirecheck.cli._showing import showing_options


@click.command("demo")
@click.option(
    "--html", metavar="FILE", default="wirecheck-demo.html", show_default=True, help="Where to write the page."
)
@click.option("--json", metavar="FILE", help="Also write the report as JSON; - is standard output.")
@click.option("--markdown", metavar="FILE", help="Also write the report as Markdown; - is standard output.")
@click.option("--quiet", "-q", is_flag=True, help="Print no terminal report.")
@showing_options
def command(html: str, json: str | None, markdown: str | None, quiet: bool) -> None:
    """Compare the built-in sample coverage (a fictional event) and write its page."""
    from wirecheck.cli._output import write_report
    from wirecheck.library import compare
    from wirecheck.sample import sample_folder
    from wirecheck.settings import Settings

    with sample_folder() as folder:
        report = compare([folder], settings=Settings(one_story=True))
    write_report(report, html=html, json=json, markdown=markdown, quiet=quiet)
    if html != "-":
        say(f"The page: {Path(html).resolve()}", err=True)
