"""`wirecheck schema`: the JSON Schema of the report."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of wirecheck-report/1."""
    from wirecheck.report.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
