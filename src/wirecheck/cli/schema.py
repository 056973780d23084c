"""`wirecheck schema`: the JSON Schema of what commands write."""

from __future__ import annotations

import json as json_module

import click

from wirecheck.cli._options import OutputCommand, form_option

FORMATS = ("wirecheck-report/1", "wirecheck-draft/1")


@click.command("schema", cls=OutputCommand)
@click.argument("format", required=False, default=FORMATS[0], metavar="[FORMAT]")
@form_option("json", "Give the schema, which is JSON,")
def command(format: str, json: str | None) -> None:
    """Print the JSON Schema of FORMAT: wirecheck-report/1, also printed without it, or wirecheck-draft/1."""
    from wirecheck.cli._output import write_text
    from wirecheck.errors import UsageError

    if format not in FORMATS:
        raise UsageError(f"no format {format}; there are {', '.join(FORMATS)}")
    if format == "wirecheck-draft/1":
        from wirecheck.drafts.format import json_schema as build_schema
    else:
        from wirecheck.report.schema import json_schema as build_schema
    write_text(json or "-", json_module.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n")
