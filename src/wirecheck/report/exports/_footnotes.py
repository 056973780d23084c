"""Footnotes of Word: python-docx has none, so their part, its relationship and its styles are made here."""

from __future__ import annotations

from typing import Any

from wirecheck.report.exports._common import clean_xml, is_web, load
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.rows import Context, Words

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Word looks for these two, the line above footnotes and the one where a footnote goes on, under the ids -1 and 0.
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
_STYLES = f"""
<w:styles xmlns:w="{_W}">
<w:style w:type="paragraph" w:customStyle="0" w:styleId="FootnoteText"><w:name w:val="footnote text"/>
<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/>
<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="0" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="0" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/>
<w:rPr><w:color w:val="0B57A4"/><w:u w:val="single"/></w:rPr></w:style>
</w:styles>
"""


def add_text(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """Add text to a paragraph as one line that Word shows and does nothing else with; spaces at its ends stay."""
    lead, tail = " " * (len(text) - len(text.lstrip())), " " * (len(text) - len(text.rstrip()))
    run = paragraph.add_run(clean_xml(f"{lead}{show_on_a_line(text)}{tail}" if text.strip() else ""))
    if bold:
        run.bold = True


class Footnotes:
    """The footnotes of one document, numbered from 1 in the order in which they are added."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._make = load("docx.oxml.parser", "writing DOCX").OxmlElement
        self._name = load("docx.oxml.ns", "writing DOCX").qn
        parse = load("docx.oxml.parser", "writing DOCX").parse_xml
        self._root = parse(f'<w:footnotes xmlns:w="{_W}" xmlns:r="{_R}"/>')
        opc = load("docx.opc.constants", "writing DOCX")
        self._types = opc.RELATIONSHIP_TYPE
        self._part = load("docx.opc.part", "writing DOCX").XmlPart(
            load("docx.opc.packuri", "writing DOCX").PackURI("/word/footnotes.xml"),
            opc.CONTENT_TYPE.WML_FOOTNOTES,
            self._root,
            document.part.package,
        )
        for kind, number in _SEPARATORS:
            self._root.append(self._footnote(number, kind))
        for style in parse(_STYLES):
            document.styles.element.append(style)
        self._count = 0

    def add(self, paragraph: Any, context: Context, group: tuple[Words, ...]) -> None:
        """Add a footnote behind a paragraph: the words that documents have alike, then where each of them has them."""
        self._count += 1
        run = paragraph.add_run()
        self._style(run._r, "FootnoteReference")
        run._r.append(self._element("footnoteReference", id=str(self._count)))
        footnote = self._footnote(self._count)
        line = footnote[0]
        line.append(self._run(self._element("footnoteRef"), style="FootnoteReference"))
        words = " … ".join(f"“{show_on_a_line(context.words(s))}”" for s in group[0].spans)
        self._text(line, f" {words}{f' ({group[0].note})' if group[0].note else ''}")
        for number, one in enumerate(group):
            self._place(line, context, one, " — " if number == 0 else "; ")
        self._root.append(footnote)

    def attach(self) -> None:
        """Make the footnotes a part of the document; call it once, when all are there."""
        self._document.part.relate_to(self._part, self._types.FOOTNOTES)
        settings = self._document.settings.element
        given = self._element("footnotePr")
        given.extend(self._element("footnote", id=str(number)) for _, number in _SEPARATORS)
        # The schema of the settings has an order: footnotePr stands right before compat.
        settings.find(self._name("w:compat")).addprevious(given)

    def _place(self, line: Any, context: Context, words: Words, lead: str) -> None:
        """Add who published it, under which title, when, where, and at which characters."""
        document = context.document(words.document)
        where = ", ".join(f"{s.start}–{s.end}" for s in words.spans)
        self._text(line, f"{lead}{context.shown(document.id)}, ")
        if document.title:
            title = self._run(self._words(document.title))
            title.insert(0, self._make("w:rPr"))
            title[0].append(self._make("w:i"))
            line.append(title)
            self._text(line, ", ")
        if document.published:
            self._text(line, f"{document.published[:10]}, ")
        if is_web(document.url):
            relation = self._part.relate_to(document.url, self._types.HYPERLINK, is_external=True)
            link = self._make("w:hyperlink")
            link.set(self._name("r:id"), relation)
            link.append(self._run(self._words(document.url or ""), style="Hyperlink"))
            line.append(link)
            self._text(line, f", characters {where}")
        else:
            self._text(line, f"characters {where}")

    def _footnote(self, id: int, kind: str | None = None) -> Any:
        footnote = self._element("footnote", **({"type": kind} if kind else {}), id=str(id))
        line = self._make("w:p")
        footnote.append(line)
        if kind is not None:
            line.append(self._run(self._element(kind)))
        else:
            properties = self._make("w:pPr")
            properties.append(self._element("pStyle", val="FootnoteText"))
            line.append(properties)
        return footnote

    def _text(self, line: Any, text: str) -> None:
        line.append(self._run(self._words(text)))

    def _words(self, text: str) -> Any:
        element = self._make("w:t")
        element.text = clean_xml(" ".join(text.split("\n")))
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return element

    def _run(self, content: Any, style: str | None = None) -> Any:
        run = self._make("w:r")
        if style is not None:
            self._style(run, style)
        run.append(content)
        return run

    def _style(self, run: Any, style: str) -> None:
        properties = self._make("w:rPr")
        properties.append(self._element("rStyle", val=style))
        run.append(properties)

    def _element(self, name: str, **attributes: str) -> Any:
        element = self._make(f"w:{name}")
        for key, value in attributes.items():
            element.set(self._name(f"w:{key}"), value)
        return element
