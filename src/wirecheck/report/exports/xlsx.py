"""XLSX: points, their words and the documents, a sheet each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import clean_xml, date_report, load, name_program, pin_zip
from wirecheck.report.table import DOCUMENTS, POINTS, WORDS, Value, list_documents, list_points, list_words

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds; longer words end there, and `end` of the row tells where they do in the document."""
_WIDTHS = {"reason": 60, "quote": 80, "title": 40, "story_title": 40, "value": 30, "names": 40, "address": 40}
_WIDTH = 14


def render(selection: Selection) -> bytes:
    """Return a workbook whose cells are text or whole numbers, never formulas."""
    openpyxl = load("openpyxl", "writing XLSX")
    book = openpyxl.Workbook(write_only=True)
    made = date_report(selection.report)
    book.properties.creator = name_program(selection.report)
    book.properties.created = book.properties.modified = made
    _write_sheet(book, "Points", POINTS, list_points(selection.report, selection.points))
    _write_sheet(book, "Words", WORDS, list_words(selection.report, selection.points))
    _write_sheet(book, "Documents", DOCUMENTS, list_documents(selection.documents))
    packed = io.BytesIO()
    # `Workbook.save` would write the time of the clock.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        load("openpyxl.writer.excel", "writing XLSX").ExcelWriter(book, archive).write_data()
    return pin_zip(packed.getvalue())


def _write_sheet(book: Any, title: str, columns: Mapping[str, type], rows: Iterable[tuple[Value, ...]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    letter = load("openpyxl.utils", "writing XLSX").get_column_letter
    for number, name in enumerate(columns, start=1):
        sheet.column_dimensions[letter(number)].width = _WIDTHS.get(name, _WIDTH)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_make_cell(sheet, value) for value in row])


def _make_cell(sheet: Any, value: Value) -> Any:
    """Return a cell; one of text is said to be text, also when someone edits it, so that none becomes a formula."""
    if not isinstance(value, str):
        return value
    cell = load("openpyxl.cell", "writing XLSX").WriteOnlyCell(sheet, "")
    cell._value = clean_xml(value)[:MOST_CHARACTERS]
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


EXPORT = Export("xlsx", 1, "xlsx", "points, their words and the documents, a sheet each", render)
