"""Furniture: what is marked, and what is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from wirecheck.text.furniture import _PATTERNS, _list_lines, _may_match, find_furniture, looks_like_title

ROOT = Path(__file__).parents[2] / "cases" / "text"
LINES = tomllib.loads((ROOT / "furniture.toml").read_text("utf-8"))["case"]
TITLES = tomllib.loads((ROOT / "titles.toml").read_text("utf-8"))["case"]
BODY = "The ferry sank on Monday, and twelve people died, the coast guard said."


def marked(text: str, **options: Any) -> list[str]:
    return [text[start:end] for start, end, _ in find_furniture(text, **options).pieces]


@pytest.mark.parametrize("case", LINES, ids=lambda c: c["line"][:40])
def test_a_line_is_known_by_its_form(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))
    lines = [BODY, BODY, case["line"], BODY, BODY, BODY, BODY]
    text = "\n\n".join(lines)
    start = text.index(case["line"], 2 * len(BODY)) if case["line"] not in BODY else 0
    kinds = [kind for a, b, kind in find_furniture(text).pieces if a <= start < b]

    assert kinds == ([case["kind"]] if case["kind"] else [])


@pytest.mark.parametrize("case", TITLES, ids=lambda c: c["line"][:40])
def test_a_headline_is_told_from_a_sentence(case: dict[str, Any]) -> None:
    assert looks_like_title(case["line"]) is case["title"]


def test_section_labels_before_the_title_are_marked() -> None:
    text = f"POLITICS\nFerry sinks off Port Elra\n{BODY}\n"
    found = find_furniture(text)

    assert found.title is not None
    assert text[slice(*found.title)] == "Ferry sinks off Port Elra"
    assert marked(text) == ["POLITICS"]


def test_a_headline_that_stands_twice_is_the_title_and_what_precedes_it_a_label() -> None:
    text = f"Coast and Sea Desk\n\nFerry sinks off Port Elra\n\nFerry sinks off Port Elra\n\n{BODY}\n"
    found = find_furniture(text)

    assert found.title == (text.index("Ferry"), text.index("Ferry") + 25)
    assert marked(text) == ["Coast and Sea Desk", "Ferry sinks off Port Elra"]


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    assert find_furniture(f"{BODY}\n{BODY}\n").title is None


def test_a_title_that_is_the_first_sentence_is_left_to_the_article() -> None:
    assert find_furniture(f"{BODY}\n{BODY}\n", title=BODY).title is None
    assert find_furniture(f"He was wrong.\n{BODY}\n", title="He was wrong.").title == (0, 13)


def test_questions_under_their_heading_are_marked() -> None:
    text = f"{BODY}\nquestions\nWho sank the ferry?\nWhen will it sail?\nactions\n"

    assert marked(text) == ["questions", "Who sank the ferry?", "When will it sail?", "actions"]


def test_a_question_of_the_article_is_left() -> None:
    assert marked(f"{BODY}\nWho sank the ferry?\n{BODY}\n") == []


def test_headlines_under_a_heading_of_links_are_marked_until_a_sentence_comes() -> None:
    text = f"{BODY}\nRelated:\nFerry owner quits after inquiry\nHarbour to close for a month\n{BODY}\n"

    assert marked(text) == ["Related:", "Ferry owner quits after inquiry", "Harbour to close for a month"]


def test_headlines_behind_a_name_are_marked_inside_the_line() -> None:
    text = "President Roe Ann Mary RoeFerry inquiry opens Harbour vote delayed MORE on Monday left."

    assert marked(text) == [" Ann Mary RoeFerry inquiry opens Harbour vote delayed MORE"]


def test_headlines_in_capitals_between_paragraphs_are_links() -> None:
    line = "HARBOUR MASTER QUITS AFTER FERRY INQUIRY"

    assert marked(f"{BODY}\n{BODY}\n{line}\n{BODY}\n") == [line]


def test_a_short_subhead_in_capitals_is_left() -> None:
    assert marked(f"{BODY}\n{BODY}\nNO WARNING\n{BODY}\n") == []


def test_a_byline_is_marked_and_an_agency_byline_is_left_as_a_credit() -> None:
    title = "Ferry sinks off Port Elra"

    assert marked(f"{title}\nBy Ida Moor\n{BODY}\n") == ["By Ida Moor"]
    assert marked(f"{title}\nBy The Associated Press\n{BODY}\n") == []


def test_a_line_with_the_publishers_name_is_a_label() -> None:
    assert marked(f"{BODY}\nElra Post\n{BODY}\n", publisher="Elra Post") == ["Elra Post"]


def test_dates_of_publication_are_read_from_stamps() -> None:
    text = f"Ferry sinks off Port Elra\nPublished: 3 March 2025 11:25\nUpdated: 4 March 2025\n{BODY}\n"
    found = find_furniture(text)

    assert (found.published, found.modified) == ("2025-03-03", "2025-03-04")


def test_a_date_glued_to_its_place_is_read() -> None:
    assert find_furniture(f"Ferry sinks twice\nPort Elra, MarrowMon Mar 3 2025\n{BODY}\n").published == "2025-03-03"


@given(st.text(max_size=200))
def test_pieces_are_sorted_apart_and_off_the_title(text: str) -> None:
    found = find_furniture(text)

    assert all(a < b for a, b, _ in found.pieces)
    assert all(left.end <= right.start for left, right in zip(found.pieces, found.pieces[1:], strict=False))
    assert found.title is None or all(b <= found.title[0] or found.title[1] <= a for a, b, _ in found.pieces)


@pytest.mark.parametrize("number", range(len(_PATTERNS)))
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_line_that_a_pattern_matches_is_never_passed_over(number: int, data: st.DataObject) -> None:
    _, pattern = _PATTERNS[number]
    found = data.draw(st.from_regex(pattern, fullmatch=True))
    lines = list(_list_lines(found))
    assume(len(lines) == 1 and pattern.fullmatch(lines[0].words) and lines[0].first)

    assert _may_match(lines[0])
