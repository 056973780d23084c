"""`wirecheck schema`: the JSON Schema of the report."""

from __future__ import annotations

import json as json_module

import click

from wirecheck.cli._options import OutputCommand, form_option


@click.command("schema", cls=OutputCommand)
@form_option("json", "Give the schema, which is JSON,")
def command(json: str | None) -> None:
    """Print the JSON Schema of wirecheck-report/1."""
    from wirecheck.cli._output import write_text
    from wirecheck.report.schema import json_schema

    write_text(json or "-", json_module.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
