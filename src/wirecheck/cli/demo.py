"""`wirecheck demo`: the main job on the built-in sample coverage."""

from __future__ import annotations

import click

from wirecheck.cli._options import OutputCommand, form_option, quiet_option
from wirecheck.cli._showing import showing_options


@click.command("demo", cls=OutputCommand)
@click.option(
    "--html", metavar="FILE", default="wirecheck-demo.html", show_default=True, help="Where to write the page."
)
@form_option("json", "Also give the report as JSON")
@form_option("markdown", "Also give the report as Markdown")
@quiet_option
@showing_options
def command(html: str, json: str | None, markdown: str | None, quiet: bool) -> None:
    """Compare the built-in sample coverage (a fictional event) and write its page."""
    from wirecheck.cli._output import write_report
    from wirecheck.cli._progress import showing_progress
    from wirecheck.library import compare
    from wirecheck.sample import sample_folder
    from wirecheck.settings import Settings

    with showing_progress(), sample_folder() as folder:
        report = compare([folder], settings=Settings(one_story=True))
    write_report(report, html=html, json=json, markdown=markdown, quiet=quiet)
