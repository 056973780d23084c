"""Texts of a language whose grammar is not known: what holds without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from wirecheck.language.reading import Reading
from wirecheck.model import Document, Quantity, Quotation, quotation_id
from wirecheck.model.annotation import Annotations
from wirecheck.text.number_tokens import is_counted_with

KNOWN = frozenset(("en",))
"""Languages whose grammar the annotators know. A text whose language cannot be told is taken for one of them."""
# Marks of speech by their shape, with the spaces that French sets inside them; where the shape tells no direction, by
# what stands around them.
_MARKED = re.compile(
    r"«\s?([^«»\n]+?)\s?»|»(?=\S)([^«»\n]+)(?<=\S)«|„([^„“”\n]+)[“”]|“([^“”\n]+)”|「([^「」\n]+)」|『([^『』\n]+)』|(?<!\w)\"([^\"\n]+)\"(?!\w)"
)
_DIGITS = re.compile(r"\d(?:[\d.,'’٫٬ ]*\d)?")
# How words begin that make a number a thousand or a million times as much, in languages of Europe and Asia.
_SCALE = re.compile(
    r"\s?(?:mi[lo]|mrd|mld|md[sr]?\b|bil|bn\b|mn\b|tri[lj]|tsd|tausend|tus[ei]n|duizend|tys|ty[sš]|tis|bin\b|ribu|juta|nghìn|ngàn|triệu"
    r"|тыс|тис|хил|млн|млрд|миллион|мільйон|χιλ|εκατ|δισ|[十百千万萬億亿兆]|[천만억조]|ألف|آلاف|الف|مليون|ملايين|مليار|ميليون|هزار|ہزار|لاکھ|کروڑ|ارب\b"
    r"|میلیون|میلیارد|אלף|אלפים|מיליון|מיליארד|हज़ार|हजार|लाख|करोड़|करोड|अरब|হাজার|লাখ|লক্ষ|কোটি|ஆயிரம்|லட்சம்|கோடி|พัน|หมื่น|แสน|ล้าน)",
    re.I,
)
# Fewer words in marks are a title or a term; a script without spaces has some two characters a word.
_FEWEST_WORDS = 3
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def has_grammar(document: Document) -> bool:
    """Return whether the annotators know the grammar of a document's language."""
    return document.language is None or document.language in KNOWN


def keep_without_grammar(reading: Reading, annotations: Annotations) -> Annotations:
    """Return what needs no grammar: words in marks without a speaker, dates and numbers in digits, names.

    What is said without marks, who says it, credits, numbers and dates in words, and what a number counts are left out.
    """
    return annotations.having(
        dates=tuple(d for d in annotations.dates if _is_in_digits(reading.document.words(d.span))),
        quantities=tuple(kept for q in annotations.quantities if (kept := _keep_number(reading, q)) is not None),
        quotations=tuple(_find_marked(reading)),
        credits=(),
    )


def _is_in_digits(words: str) -> bool:
    return any(c.isdigit() for c in words) and not any(c.isalpha() and not is_counted_with(c) for c in words)


def _keep_number(reading: Reading, quantity: Quantity) -> Quantity | None:
    """Return a quantity as the number that its digits give, None where words may change it."""
    text, span = reading.document.text, quantity.span
    if not _is_in_digits(text[span.start : span.end]):
        digits = _DIGITS.search(text, span.start, span.end)
        if digits is None or quantity.kind != "count" or any(c.isalpha() for c in text[span.start : digits.start()]):
            return None
        span = reading.span(*digits.span())
    if _SCALE.match(text, span.end):
        return None
    kind = "number" if quantity.kind == "count" else quantity.kind
    return replace(quantity, span=span, counted="", counted_span=None, of=None, kind=kind)


def _find_marked(reading: Reading) -> Iterator[Quotation]:
    for paragraph in reading.paragraphs:
        for match in _MARKED.finditer(reading.document.text, paragraph.start, paragraph.end):
            words = match[match.lastindex or 0]
            start = match.start(match.lastindex or 0) + len(words) - len(words.lstrip())
            count = len(re.findall(r"\w+", words)) + len(_UNSPACED.findall(words)) // 2
            if count >= _FEWEST_WORDS:
                span = reading.span(start, start + len(words.strip()))
                yield Quotation(quotation_id((span,)), span.document, "direct", (span,))
