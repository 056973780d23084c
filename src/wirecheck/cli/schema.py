"""`wirecheck schema`: the JSON Schema of what commands write."""

from __future__ import annotations

import json

import click

FORMATS = ("wirecheck-report/1", "wirecheck-draft/1")


@click.command("schema")
@click.argument("format", required=False, default=FORMATS[0], metavar="[FORMAT]")
def command(format: str) -> None:
    """Print the JSON Schema of FORMAT: wirecheck-report/1, also printed without it, or wirecheck-draft/1."""
    from wirecheck.errors import UsageError

    if format not in FORMATS:
        raise UsageError(f"no format {format}; there are {', '.join(FORMATS)}")
    if format == "wirecheck-draft/1":
        from wirecheck.drafts.format import json_schema as build_schema
    else:
        from wirecheck.report.schema import json_schema as build_schema
    click.echo(json.dumps(build_schema(), indent=2, ensure_ascii=False))
