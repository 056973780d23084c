# ruff: noqa: E501, SIM905 - patterns are easier to check on few lines
"""Notes of correction: what a paper withdraws and puts right is told of its article and not by it."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_PIECE = r"(?:article|story|report|post|piece|page|headline|caption|item|column|newsletter|dispatch|obituary|interview|video|graphic|chart|map)"
_ADVERB = r"(?:incorrectly|inaccurately|wrongly|mistakenly|erroneously)"
_WRONG = rf"(?:{_ADVERB}|incorrect|inaccurate|wrong|mistaken|erroneous)"
_MISSTATED = r"mis(?:stated|spel\w+|identified|named|quoted|dated|translated|attributed|characteri[sz]ed|reported)"
_TOLD = (
    r"(?:said|says|gave|given|gives|stated|states|named|listed|described|identified|referred|attributed|reported|spelled|spelt|quoted|"
    r"put|claimed|indicated|suggested|called|implied|credited|dated|placed|located|wrote|written|used|included|contained|had)"
)
# Whose fault it was, before the rest: "Because of an editing error, ".
_FAULT = r"(?:(?:because of|due to|owing to|through|as a result of) (?:an? )?(?:[\w’'-]+ ){0,3}(?:errors?|mistakes?|information),? |in )"
# What says that it is an earlier state of this article.
_EARLIER = r"(?:earlier|previous|original|initial|prior)"
_VERSION = rf"(?:{_EARLIER} )?(?:version|headline|caption|edition)s? (?:of|on|to|for|in) (?:this|the|our) {_PIECE}\b"
_OF_AN_EARLIER = rf"(?:photo |picture )?(?:headline|caption|summary|map|chart|graphic|table|picture|photo(?:graph)?)s? (?:of|on|to|for|in|with) (?:an?|the) {_EARLIER} version of (?:this|the|our) {_PIECE}\b"
# The same where the article is not named: what was wrong must be said.
_BARE = rf"{_EARLIER} (?:version|headline|caption|edition)s?,? (?:we )?(?:had )?(?:{_MISSTATED}|{_ADVERB} {_TOLD}|{_TOLD}\b[^.!?\n]{{0,60}}?\b{_WRONG})\b"
_NOTE = rf"{_FAULT}?(?:an?|the|our|some) (?:{_VERSION}|{_OF_AN_EARLIER}|{_BARE})"
_STATE = r"(?:was|were|is|are|has been|have been|had to be|being)(?: since| now| later)?"
_MENDED = rf"(?:this (?:story|version|dispatch|item|copy|post) (?:corrects|fixes)\b|this (?:[\w.,’'-]+ ){{0,4}}?{_PIECE} (?:was|has been|has since been|had to be) (?:corrected|amended|(?:updated|changed|edited) (?:to|with|after|and)\b[^.\n]{{0,40}}?\b(?:correct\w*|clarif\w+|remove|reflect))\b)"
_WE = rf"(?:we (?:had )?{_ADVERB} {_TOLD}\b|we(?: have|['’]ve)?(?: since)? corrected\b[^.\n]{{0,80}}\b{_PIECE}\b)"
_REGRET = r"we (?:regret|apologi[sz]e for) (?:the|this|any|our|that) (?:errors?|mistakes?|confusion)\b"
# Words that head news as well as corrections: what is put right must follow, and nobody else may have said so.
_HEADED = r"(?:updated?|note|author['’]?s['’]? note|editor['’]?s['’]? note)\b(?:[^:—–\n]|(?<=\d):(?=\d)){0,40}[:—–]\s"
_SAYS = r"(?:said|says|told|according to|ruled|announced)"
_RIGHTED = (
    rf"(?=(?:(?!\b{_SAYS}\b)[^\n]){{0,200}}?(?:\b{_STATE} (?:corrected|in error)\b|\b(?:an?|the|our) {_EARLIER} [^.\n]{{2,60}}? {_STATE} {_WRONG}\b))"
    rf"|(?=[^\n]{{0,40}}?\b(?:{_NOTE}|{_MENDED}|{_WE}))|(?=we(?: have|['’]ve)?(?: since)? corrected\b)|(?=correct(?:s|ed|ing|ions?)\b)"
)

# The end of a sentence, not of a title or an initial before a name.
_ABBREVIATED = (
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\b\w)"
)
_WITHIN = rf"(?:[^.!?\n]|[.!?](?![)\]”\"’']{{0,2}}(?:\s|$))|(?!{_ABBREVIATED})\.)"
# What goes on with a note behind its first sentence: it says what is right, or speaks of the text again.
_GOES_ON = rf"(?:(?:it|he|she|they|that|this|these|the (?:correct|right|actual|proper))\b|{_WITHIN}{{0,300}}?(?:, not\b|\b(?:rather than|instead|should have|{_EARLIER}|previously|originally|{_WRONG}|correct\w*|regret|apologi\w+|errors?|mistakes?)\b))"
_FULL_STOP = rf"(?:{_ABBREVIATED}\.|[!?])"
_END = rf"{_WITHIN}{{0,600}}(?:{_FULL_STOP}[)\]”\"’']{{0,2}}\s+(?={_GOES_ON}){_WITHIN}{{1,600}})*(?:{_FULL_STOP}[)\]”\"’']{{0,2}}\s*)?"

LINES: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"\W{0,3}(?:corrections?|clarifications?|errat(?:um|a)|retraction|editor['’]?s['’]? note|corrected|amended)\b(?:[^:—–\n]|(?<=\d):(?=\d)){0,60}[:—–]\s.{3,700}",
        _I,
    ),
    re.compile(
        r"\W{0,3}\(?(?:corrects|clarifies|amends|refiles|removes|adds|fixes)\b.{3,400}\)\W{0,3}|\W{0,3}\(?corrects\b"
        + _END,
        _I,
    ),
    re.compile(rf"\W{{0,3}}{_HEADED}(?:{_RIGHTED}){_END}", _I),
    re.compile(
        r"\W{0,3}(?:corrections?|clarifications?) (?:appended|added|below|at (?:the )?(?:end|bottom|foot))\b.{0,80}", _I
    ),
    re.compile(rf"\W{{0,3}}{_NOTE}{_END}", _I),
    re.compile(rf"\W{{0,3}}{_MENDED}{_END}", _I),
    re.compile(rf"\W{{0,3}}{_FAULT}?{_WE}{_END}", _I),
    re.compile(rf"[^“”\"\n]{{3,500}}\b{_REGRET}[^“”\"\n]{{0,80}}", _I),
)
"""Each matches the whole line that is a note."""
HEADS = tuple(
    "correction corrections clarification clarifications editor editors corrected amended corrects clarifies amends refiles removes adds "
    "fixes an a because this update updated note author erratum errata retraction".split()
)
"""Words with which such a line begins, where none of `TAILS` stands in it."""
TAILS = (
    "caption",
    "version",
    "headline",
    "edition",
    "regret",
    "corrected",
    "apolog",
    "incorrect",
    "inaccurate",
    "wrong",
    "mistaken",
    "erroneous",
)

_BEGIN = r"(?:(?<=[.!?] )|(?<=[.!?][”\"’)] )|(?<=\n)|\A)"
_STOP = rf"(?:{_FULL_STOP}(?=[)\]]?(?:\s+[A-Z“\"]|\s*$))[)\]]?|$)"
_SAID_BEFORE = r"(?:said|put|given|suggested|indicated|stated|spoken of|claimed|quoted)"
_SAID = r"(?:said|put|gave|suggested|stated|spoke of|claimed)"
_TO_NOW = r"\b[^.!?;\n]{2,200}?(?=[.!?;\n]|, (?:but|though|while|before|which)\b|$)"
INSIDE: tuple[re.Pattern[str], ...] = (
    re.compile(_BEGIN + r"(?:corrections?|clarifications?): [^\n]{3,400}", _I),
    re.compile(r"[(\[](?:corrects|clarifies|amends|fixes|corrected|correction:) [^()\[\]\n]{3,300}[)\]]", _I),
    re.compile(rf"{_BEGIN}[(\[]?{_HEADED}(?:{_RIGHTED}).{{3,300}}?{_STOP}", _I | re.MULTILINE),
    re.compile(rf"{_BEGIN}[(\[]?{_NOTE}.{{3,300}}?{_STOP}", _I | re.MULTILINE),
    re.compile(rf"{_BEGIN}[(\[]?{_MENDED}.{{0,300}}?{_STOP}", _I | re.MULTILINE),
    re.compile(
        rf"(?:{_BEGIN}|(?<=; )|(?<=, )|(?<=, but )|(?<=, and ))(?:earlier|previous|initial|first|early) reports? (?:in \w+ media )?had (?:{_ADVERB} )?{_SAID_BEFORE}{_TO_NOW}",
        _I,
    ),
    re.compile(
        rf"(?:{_BEGIN}|(?<=; ))(?:earlier reports? (?:in \w+ media )?(?:{_ADVERB} )?|(?:previous|initial|first|early) reports? (?:in \w+ media )?{_ADVERB} ){_SAID}{_TO_NOW}",
        _I,
    ),
)
"""What a paper withdraws inside a paragraph: a note from its head to the end of the paragraph or of its sentence, and what
earlier reports had said, up to what is said now."""
SIGNS = ("orrect", "larifi", "mend", "fixes", " version", " headline", " caption", " edition", " report")
"""One of these stands in a line that has any of `INSIDE`."""
