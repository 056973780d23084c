"""Exports that are lists: documents to be cited, entities of FollowTheMoney, notes; each is what its reader takes."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.builders import make_document, make_hostile_report, make_report
from tests.unit.report.test_exports import REPORTS
from wirecheck.model import Report
from wirecheck.report.exports import export_report
from wirecheck.report.exports._common import link_words
from wirecheck.report.exports.ftm import SCHEMATA

# Documents to be cited

CSL = {
    "id": str,
    "type": str,
    "title": str,
    "container-title": str,
    "author": list,
    "issued": dict,
    "URL": str,
    "language": str,
    "note": str,
}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_item_of_csl_has_known_keys_of_the_right_type(name: str) -> None:
    items = json.loads(export_report(REPORTS[name](), "csl"))

    assert len({i["id"] for i in items}) == len(items) == len(REPORTS[name]().documents)
    for item in items:
        assert all(type(value) is CSL[key] for key, value in item.items())
        assert item["type"] in ("article-newspaper", "document")
        assert all(type(n) is int for n in item.get("issued", {"date-parts": [[1]]})["date-parts"][0])


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Return entries by key as BibTeX reads them: values in braces, which stand in pairs, and months."""
    entries = {}
    for entry in re.split(r"^@misc", text, flags=re.M)[1:]:
        key, _, rest = entry.removeprefix("{").partition(",\n")
        fields = {}
        for line in rest.splitlines():
            if " = " in line:
                name, _, value = line.strip().removesuffix(",").partition(" = ")
                assert value.count("{") == value.count("}")
                fields[name] = value
        assert rest.rstrip().endswith("}")
        assert key not in entries
        entries[key] = fields
    return entries


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_entry_of_bibtex_is_balanced_and_has_a_key_of_its_own(name: str) -> None:
    entries = read_bibtex(export_report(REPORTS[name](), "bibtex").decode())

    assert len(entries) == len(REPORTS[name]().documents)
    assert all(re.fullmatch(r"[a-z0-9\-]+", key) for key in entries)


def test_signs_of_tex_stay_words() -> None:
    title = r"50% of $3_000 & more {\input{x}} #1"
    document = make_document("a", f"{title}\n", title=title, publisher="A & B", published="2031-05-06")
    entries = read_bibtex(export_report(Report(documents=(document,), stories=()), "bibtex").decode())

    assert entries["ab2031"] == {
        "title": r"{{50\% of \$3\_000 \& more \textbraceleft{}\textbackslash{}input\textbraceleft{}x"
        r"\textbraceright{}\textbraceright{} \#1}}",
        "howpublished": r"{A \& B}",
        "year": "{2031}",
        "month": "may",
        "note": f"{{2031-05-06; SHA-256 {document.sha256}}}",
    }


# FollowTheMoney

# The properties of FollowTheMoney 4.11 that the export may use, each with its type there; "entity:" says what of.
FTM = {
    "Article": {
        "title": "string",
        "fileName": "string",
        "author": "string",
        "publisher": "string",
        "sourceUrl": "url",
        "publishedAt": "date",
        "modifiedAt": "date",
        "language": "language",
        "bodyText": "text",
        "processingAgent": "string",
    },
    "Person": {"name": "name", "alias": "name"},
    "Organization": {"name": "name", "alias": "name"},
    "Documentation": {
        "document": "entity:Article",
        "entity": "entity:Person|Organization",
        "role": "string",
        "description": "text",
    },
    "Note": {"name": "name", "entity": "entity:Article", "summary": "text", "description": "text"},
}
FTM_TYPES = {
    "date": r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?",
    "language": "[a-z]{3}",
    "url": r"https?://\S+",
    "name": r".{1,384}",
}
WITHOUT_FTM = (
    "followthemoney is not installed: it needs PyICU, which has no wheels; "
    "install it in an environment of its own and run this test there"
)


def read_entities(report: Report) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export_report(report, "ftm").decode().splitlines()]


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_entity_is_of_the_table(name: str) -> None:
    entities = read_entities(REPORTS[name]())
    schemata = {e["id"]: e["schema"] for e in entities}

    assert {s: set(p) for s, p in FTM.items()} == {s: set(p) for s, p in SCHEMATA.items()}
    assert len(schemata) == len(entities)
    for entity in entities:
        properties = FTM[entity["schema"]]
        for key, values in entity["properties"].items():
            kind, _, wanted = properties[key].partition(":")
            assert values
            assert all(schemata[v] in wanted.split("|") for v in values if kind == "entity")
            assert all(re.fullmatch(FTM_TYPES.get(kind, "(?s).+"), v) for v in values)


def test_articles_persons_links_and_notes_are_there() -> None:
    entities = read_entities(make_report())
    kinds = [e["schema"] for e in entities]

    assert [kinds.count(k) for k in FTM] == [4, 2, 1, 6, 18]


@pytest.mark.skipif(importlib.util.find_spec("followthemoney") is None, reason=WITHOUT_FTM)
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_the_library_of_followthemoney_takes_every_entity_as_it_is(name: str) -> None:
    from followthemoney import model

    for entity in read_entities(REPORTS[name]()):
        schema = model.get(entity["schema"])
        proxy = model.get_proxy(entity, cleaned=False)

        assert schema.validate(entity) is None
        assert {k: sorted(v) for k, v in proxy.to_dict()["properties"].items()} == {
            k: sorted({one.strip() for one in v}) for k, v in entity["properties"].items()
        }
    for schema, properties in FTM.items():
        for key, kind in properties.items():
            assert model.get(schema).get(key).type.name == kind.partition(":")[0]


# Notes


def test_a_note_has_front_matter_ids_and_quotations_with_links() -> None:
    report = make_report()
    text = export_report(report, "notes").decode()
    front = dict(line.split(": ", 1) for line in text.split("---\n")[1].splitlines())
    herald = next(d for d in report.documents if d.name == "herald")
    at = herald.text.index("Divers were to look")

    assert json.loads(front["title"]) == "Ferry runs aground off Sorrel Point; 14 hurt"
    assert front["documents"] == "4"
    assert json.loads(front["publishers"]) == ["Coastline Wire", "The Harbour Herald", "Tidewater Post"]
    assert "say 17. ^s1-p1\n\n> 14 people: “The island ferry" in text.replace("\\", "") or " ^s1-p1\n\n> “" in text
    assert f"> — The Harbour Herald, [characters {at}–{at + 45}](#^d-{herald.id})" in text
    assert f" ^d-{herald.id}\n" in text


def test_a_link_leads_to_the_words_on_the_page() -> None:
    document = replace(make_document("a", "One, two-three. " * 20), url="https://herald.example/a?b=1")

    assert link_words(document, document.span(0, 15)) == "https://herald.example/a?b=1#:~:text=One%2C%20two%2Dthree."
    assert link_words(document, document.span(0, 319)).count(",") == 1  # type: ignore[union-attr]
    assert link_words(replace(document, url="javascript:alert(1)"), document.span(0, 15)) is None


def test_nothing_in_a_note_is_markup_of_an_article() -> None:
    text = export_report(make_hostile_report(), "notes").decode()
    tokens = MarkdownIt("commonmark").parse(text.split("---\n", 2)[2])
    inline = [c for t in tokens for c in t.children or []]
    links = [c.attrs["href"] for c in inline if c.type == "link_open"]

    assert not [
        t.type for t in [*tokens, *inline] if "html" in t.type or t.type in ("image", "code_inline", "strong_open")
    ]
    assert links
    assert all(str(href).startswith("#%5Ed-") for href in links)
    assert not re.search(r"(?<!\\)(%%|==|\$)", text.split("---\n", 2)[2].replace(r"\%\%", ""))
