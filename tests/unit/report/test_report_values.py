"""A report in a session of Python: it prints short, shows itself in a notebook, and gives its points as a table."""

from __future__ import annotations

import sys
from html.parser import HTMLParser

import pandas
import polars
import pytest

from tests.builders import make_hostile_report, make_report
from wirecheck.errors import MissingExtraError, UsageError
from wirecheck.model import Report
from wirecheck.report.table import POINTS, WORDS

EMPTY = Report(documents=(), stories=())


class Elements(HTMLParser):
    """The elements and attributes that a browser finds."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_report_prints_as_a_line_of_what_was_read_and_one_for_each_story() -> None:
    assert str(make_report()).splitlines() == [
        "4 documents, 3 publishers, 1 story, 2 problems",
        "s1  Ferry runs aground off Sorrel Point; 14 hurt: 2 conflicts, 1 compatible difference, 1 quotation altered, "
        "13 agreements, 1 point that one document alone has",
    ]


def test_a_report_is_one_short_line_in_a_list_or_an_error() -> None:
    shown = repr(make_report())

    assert shown.startswith("<Report: 4 documents")
    assert "\n" not in shown
    assert len(shown) < 300


def test_a_report_of_nothing_says_so() -> None:
    assert str(EMPTY) == "No document was read."


@pytest.mark.parametrize("report", [make_report(), make_hostile_report(), EMPTY], ids=["report", "hostile", "empty"])
def test_a_notebook_gets_escaped_words_without_script_style_or_request(report: Report) -> None:
    page = Elements(report._repr_html_())

    assert not page.names & {"script", "style", "img", "svg", "iframe", "link", "object"}
    assert not {a for a in page.attributes if a.startswith("on")} | page.attributes & {"src", "href", "style"}
    assert page.text.strip()


def test_points_have_the_ids_of_the_report_and_its_order() -> None:
    points = make_report().points()

    assert [p.id for p in points] == [f"s1-p{n}" for n in range(1, 19)]
    assert points[0].verdict == "conflict"
    assert points[0].story.id == "s1"


def test_points_are_kept_by_verdict_kind_and_document() -> None:
    report = make_report()

    assert [p.id for p in report.points(verdict="conflict", document="Tidewater Post")] == ["s1-p1", "s1-p2"]
    assert [p.id for p in report.points(verdict=["single", "undecided"])] == ["s1-p17", "s1-p18"]
    assert [p.id for p in report.points(kind="order", document=["post", "wire"])] == ["s1-p2"]
    assert report.points(verdict="single", document="Coastline Wire") == ()


def test_a_misspelt_verdict_is_an_error_that_names_the_right_one() -> None:
    with pytest.raises(UsageError, match="no verdict 'conflikt'; there is conflict"):
        make_report().points(verdict="conflikt")


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("report", [make_report(), make_hostile_report(), EMPTY], ids=["report", "hostile", "empty"])
def test_tables_have_the_same_columns_and_types_whatever_is_in_them(report: Report, words: bool) -> None:
    columns = WORDS if words else POINTS
    frame, table = report.to_pandas(words=words), report.to_polars(words=words)

    assert list(frame.columns) == table.columns == list(columns)
    assert [str(t) for t in frame.dtypes] == ["Int64" if kind is int else "string" for kind in columns.values()]
    assert table.dtypes == [polars.Int64 if kind is int else polars.String for kind in columns.values()]
    assert len(frame) == len(table)
    assert frame.astype(object).where(frame.notna(), None).values.tolist() == [list(row) for row in table.rows()]


def test_a_conflict_is_a_row_for_each_side() -> None:
    frame = make_report().to_pandas()
    conflict = frame[frame["point"] == "s1-p1"]

    assert isinstance(frame, pandas.DataFrame)
    assert conflict[["side", "value", "documents", "names", "silent"]].values.tolist() == [
        [1, "14 people", 1, "The Harbour Herald", 1],
        [2, "17 people", 2, "Tidewater Post; Coastline Wire", 1],
    ]


def test_every_quotation_of_the_words_is_exact() -> None:
    report = make_report()
    texts = {d.id: d.text for d in report.documents}
    rows = report.to_polars(words=True).to_dicts()

    assert len(rows) > 30
    assert all(texts[r["document"]][r["start"] : r["end"]] == r["quote"] for r in rows)


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_table_without_its_package_is_an_error_with_the_line_that_installs_it(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(MissingExtraError, match=f"pip install {package}"):
        getattr(make_report(), f"to_{package}")()
