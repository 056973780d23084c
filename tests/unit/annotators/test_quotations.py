"""Quotations: drawn cases of what is said, by what cue and by whom, and what is in marks and said by nobody."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecheck.annotators import annotate
from wirecheck.annotators.quotations import find_quotations
from wirecheck.language.reading import Reading, read_document
from wirecheck.model import Annotations, Document, Quotation, Span, digest_document
from wirecheck.resolve import resolve_actors, resolve_speakers

ROOT = Path(__file__).parents[2] / "cases" / "quotations"
DRAWN = re.compile(r"⟦(source|cue|content)(\d*)\|(.*?)⟧", re.DOTALL)


def load(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((ROOT / f"{name}.toml").read_text("utf-8"))["case"]
    return cases


def read(text: str, title: str | None = None) -> Reading:
    digest = digest_document("case", text)
    span = Span(digest, 0, len(title)) if title is not None else None
    return read_document(Document(digest, "case", "case", text, "0", title=title, title_span=span))


def quotations(reading: Reading) -> list[Quotation]:
    found = find_quotations(reading, Annotations(reading.document.id))
    return sorted(found, key=lambda q: (q.whole.start, q.whole.end))


def undraw(drawn: str) -> tuple[str, dict[str, dict[str, list[str]]]]:
    """Return the plain text and, for each number, the words of each role in order."""
    wanted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for role, number, words in DRAWN.findall(drawn):
        wanted[number][role].append(words)
    return DRAWN.sub(r"\3", drawn), wanted


def show(reading: Reading, quotation: Quotation) -> dict[str, list[str]]:
    spans = {"content": quotation.contents, "cue": (quotation.cue,), "source": (quotation.source,)}
    return {role: [reading.document.words(s) for s in found if s is not None] for role, found in spans.items()}


def accept_limit(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))


@pytest.mark.parametrize("case", load("direct") + load("mixed"), ids=lambda c: c["name"])
def test_words_in_marks_have_their_cue_and_their_source(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    accept_limit(case, request)
    text, wanted = undraw(case["text"])
    reading = read(text)
    found = [show(reading, q) for q in quotations(reading) if q.kind != "indirect"]

    assert [f["content"] for f in found] == [w["content"] for _, w in sorted(wanted.items())]
    for got, want in zip(found, [w for _, w in sorted(wanted.items())], strict=True):
        if want["cue"]:
            assert got["cue"] == want["cue"]
        if want["source"]:
            assert got["source"] == want["source"]


@pytest.mark.parametrize("case", load("negative"), ids=lambda c: c["name"])
def test_words_in_marks_that_nobody_says_are_no_quotation(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    accept_limit(case, request)
    reading = read(case["text"])

    assert [show(reading, q)["content"] for q in quotations(reading) if q.kind != "indirect"] == []


@pytest.mark.parametrize("case", load("indirect"), ids=lambda c: c["name"])
def test_a_clause_without_marks_is_attributed(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    accept_limit(case, request)
    text, wanted = undraw(case["text"])
    reading = read(text)
    found = [show(reading, q) for q in quotations(reading)]

    assert found == [dict(w) for _, w in sorted(wanted.items())]


def test_what_goes_on_behind_a_tag_is_of_who_spoke_in_it() -> None:
    reading = read("The main challenge was the speed of the virus, Jan Oort said, adding that few had paid.")
    found = {show(reading, q)["cue"][0]: show(reading, q)["source"] for q in quotations(reading)}

    assert found == {"said": ["Jan Oort"], "adding": ["Jan Oort"]}


@pytest.mark.parametrize("case", load("speakers") + load("kinds"), ids=lambda c: c["name"])
def test_the_speaker_is_who_says_it(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    accept_limit(case, request)
    reading = read(case["text"], case.get("title"))
    annotations = (annotate(reading),)
    actors = resolve_actors((reading,), annotations)
    found = resolve_speakers((reading,), annotations, actors)[0].quotations

    assert [q.speaker_name or "" for q in found if q.kind != "indirect"] == case["speakers"]


def test_a_question_whose_asker_is_not_named_is_not_of_him_who_answers() -> None:
    reading = read("Asked if the bridge was safe, Roe shook her head.")
    found = [show(reading, q) for q in quotations(reading)]

    assert found == [{"content": ["if the bridge was safe"], "cue": ["Asked"], "source": []}]


def test_links_inside_a_sentence_do_not_part_a_name_from_its_verb() -> None:
    text = "Sen. Jane Farrow Jane Ann FarrowMayor calls for calm MORE (R-Ostwick) said the bill is “probably dead.”"
    links = text.index("Jane Ann"), text.index(" (R-")
    value = Document(digest_document("case", text), "case", "case", text, "0")
    reading = read_document(replace(value, furniture=(value.span(*links),)))
    found = [show(reading, q)["source"] for q in quotations(reading)]

    assert found == [["Sen. Jane Farrow"], ["Sen. Jane Farrow"]]


MARKS = "“”‘’\"'„«»—, .:said she he Roe the mayor told\n that"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(alphabet=MARKS, max_size=160), st.text(max_size=80)))
def test_contents_lie_inside_marks_of_any_text_and_nothing_is_raised(text: str) -> None:
    reading = read(text)

    for quotation in quotations(reading):
        for content in quotation.contents:
            assert content.start < content.end
            assert reading.document.words(content).strip()
            if quotation.kind != "indirect":
                assert not text[content.start - 1].isalnum()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["“We go,” she said.", "Roe said it was “late”.", "The boat sank.", "“No.”"]), max_size=6)
)
def test_ids_are_unique_and_contents_of_one_kind_never_overlap(sentences: list[str]) -> None:
    found = quotations(read(" ".join(sentences)))
    marked = sorted((c.start, c.end) for q in found if q.kind != "indirect" for c in q.contents)

    assert len({q.id for q in found}) == len(found)
    assert all(left[1] <= right[0] for left, right in pairwise(marked))
