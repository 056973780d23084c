"""`wirecheck schema`: the JSON Schema of what commands write."""

from __future__ import annotations

import importlib
import json as json_module

import click

from wirecheck.cli._options import OutputCommand, form_option

FORMATS = {
    "wirecheck-report/1": ("wirecheck.report.schema", "json_schema"),
    "wirecheck-draft/1": ("wirecheck.drafts.format", "json_schema"),
    "wirecheck-claim/1": ("wirecheck.report.claim", "claim_schema"),
}
"""Each format with the function that returns its schema."""


@click.command("schema", cls=OutputCommand)
@click.argument("format", required=False, default="wirecheck-report/1", metavar="[FORMAT]")
@form_option("json", "Give the schema, which is JSON,")
def command(format: str, json: str | None) -> None:
    """Print the JSON Schema of FORMAT: wirecheck-report/1, also printed without it, or that of a draft or a claim."""
    from wirecheck.cli._output import write_text
    from wirecheck.errors import UsageError

    if format not in FORMATS:
        raise UsageError(f"no format {format}; there are {', '.join(FORMATS)}")
    module, function = FORMATS[format]
    schema = getattr(importlib.import_module(module), function)()
    write_text(json or "-", json_module.dumps(schema, indent=2, ensure_ascii=False) + "\n")
