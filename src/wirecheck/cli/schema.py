"""`wirecheck schema`: the JSON Schemas of what is written."""

from __future__ import annotations

import importlib
import json

import click

FORMATS = {
    "report": ("wirecheck.report.schema", "json_schema"),
    "claim": ("wirecheck.report.claim", "claim_schema"),
}
"""Each format with the function that returns its schema."""


@click.command("schema")
@click.argument("name", metavar="[FORMAT]", type=click.Choice(sorted(FORMATS)), default="report")
def command(name: str) -> None:
    """Print the JSON Schema of FORMAT: report (wirecheck-report/1) unless you say claim (wirecheck-claim/1)."""
    module, function = FORMATS[name]
    schema = getattr(importlib.import_module(module), function)()
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))
