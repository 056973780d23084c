"""The types of `wirecheck-draft/1`: what `render_json` writes, and what its JSON Schema is generated from."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from wirecheck.model import DraftKind, DraftVerdict
from wirecheck.report.format import DocumentJson, ProblemJson, ProgramJson, SpanJson, WordDifferenceJson

FORMAT: Literal["wirecheck-draft/1"] = "wirecheck-draft/1"


class CheckedJson(TypedDict):
    """The draft as it was read; `sha256` is of the bytes as received. `published` is what its days are counted from."""

    id: str
    name: str
    location: str
    title: str | None
    published: str | None
    sha256: str
    text: str


class BackingJson(TypedDict):
    """Words of a source that an item was held against.

    `left_out` is what the draft cut off within the sentence, `lost` the limiting words of it; of a difference, `left`
    is in the source and `right` in the draft.
    """

    document: str
    span: SpanJson
    left_out: SpanJson | None
    lost: list[SpanJson]
    differences: list[WordDifferenceJson]


class ItemJson(TypedDict):
    """One quotation, figure, date, name with office, or claim of the draft; `look` says that an editor must look."""

    id: str
    kind: DraftKind
    span: SpanJson
    verdict: DraftVerdict
    look: bool
    sources: list[BackingJson]
    reason: str


class DraftJson(TypedDict):
    """A checked draft; `documents` are its sources."""

    format: Literal["wirecheck-draft/1"]
    wirecheck: ProgramJson
    draft: CheckedJson
    documents: list[DocumentJson]
    items: list[ItemJson]
    problems: list[ProblemJson]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `wirecheck-draft/1`."""
    from wirecheck.report import schema

    return schema.json_schema(DraftJson, FORMAT)
