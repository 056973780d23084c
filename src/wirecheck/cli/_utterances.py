"""What `why` tells of an utterance: its forms and who has each, what happened to it, and why it is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wirecheck.cli._plain import plain
from wirecheck.text.words import join_names

FEWEST_IN_A_ROW = 3
"""Words in a row that two forms share, from which on they are shown: two may be any two."""


def find_utterance(report: Any, item: str) -> str | None:
    """Return the id of the utterance that is meant by its own id, a group of its quotations or one of these."""
    for group in report["quote_groups"]:
        if item in (group["utterance"], group["id"]) or item.removeprefix("q-") in group["quotations"]:
            return str(group["utterance"])
    return None


def list_groups(report: Any, utterance: str) -> list[Any]:
    """Return the groups of quotations that are one utterance, in the order of the report."""
    return [g for g in report["quote_groups"] if g["utterance"] == utterance]


def tell_utterance(report: Any, utterance: str, names: Mapping[str, str]) -> list[str]:
    """Return the lines that tell an utterance: what happened to it, its forms, the words that differ, why it is one."""
    groups = list_groups(report, utterance)
    ids = {q for g in groups for q in g["quotations"]}
    quotations = [q for q in report["quotations"] if q["id"] in ids]
    lines = [f"{utterance}  {groups[0]['relation']}  {plain(groups[0]['reason'])}"]
    lines += [f"{' ' * len(utterance)}  {g['relation']}  {plain(g['reason'])}" for g in groups[1:]]
    lines += ["", _tell_speaker(quotations)]
    forms = _list_forms(quotations, names)
    for number, (words, having) in enumerate(forms, start=1):
        lead = f"Form {number}, " if len(forms) > 1 else ""
        lines.append(f"  {lead}{join_names(having)}: {' … '.join(f'“{plain(w)}”' for w in words)}")
    differences = [d for g in groups for d in g["differences"]]
    if differences:
        lines += ["", "Words that differ, as the words of one form / of another:"]
        lines += [f"  {line}" for line in dict.fromkeys(_tell_difference(d, names) for d in differences)]
    lines += ["", *_tell_why_one(groups, [words for words, _ in forms])]
    return lines


def _tell_speaker(quotations: Sequence[Any]) -> str:
    said = list(dict.fromkeys(plain(q["speaker_name"]) for q in quotations if q["speaker_name"]))
    if said:
        return f"Said by {' or '.join(said)}:"
    open_names = list(dict.fromkeys(plain(c) for q in quotations for c in q["candidates"]))
    return f"Who said it is open: {' or '.join(open_names)}." if open_names else "Who said it is not stated:"


def _list_forms(quotations: Iterable[Any], names: Mapping[str, str]) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the words of each form, as they stand, with the names of the documents that have it."""
    forms: dict[tuple[str, ...], list[str]] = {}
    for quotation in quotations:
        words = tuple(span["text"] for span in quotation["contents"])
        name = names[quotation["document"]]
        name += " (reported, not quoted directly)" if quotation["kind"] == "indirect" else ""
        having = forms.setdefault(words, [])
        if name not in having:
            having.append(name)
    return list(forms.items())


def _tell_difference(difference: Any, names: Mapping[str, str]) -> str:
    left, right = (
        f"{names[span['document']]} “{plain(span['text'])}”" if span is not None else "nothing"
        for span in (difference["left"], difference["right"])
    )
    return f"{difference['kind']:<10} {left} / {right}"


def _tell_why_one(groups: Sequence[Any], forms: Sequence[tuple[str, ...]]) -> list[str]:
    """Return why the forms are held to be one utterance, in words that they share."""
    if groups[0]["relation"] == "single":
        return ["No other document was found to quote it or to tell it in its own words."]
    if len(forms) == 1:
        return ["It is one utterance because all have the same words."]
    lines: list[str] = []
    for at, form in enumerate(forms):
        found = ((_find_run(form, other), -number) for number, other in enumerate(forms) if number != at)
        (count, words), number = max(found, key=lambda f: (f[0][0], f[1]))
        pair = sorted((at + 1, 1 - number))
        lines.append(
            f"  forms {pair[0]} and {pair[1]}: “{plain(words)}”"
            if count >= FEWEST_IN_A_ROW
            else f"  form {at + 1} has no {FEWEST_IN_A_ROW} words in a row of another: it tells it in its own"
        )
    return ["It is one utterance because its forms share words in a row:", *dict.fromkeys(lines)]


def _find_run(form: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, str]:
    """Return how long the longest run of words is that two forms share, capitals and marks aside, and the run."""
    from difflib import SequenceMatcher

    from wirecheck.text.alignment import list_words

    best = 0, ""
    for left in form:
        ours = list_words(left)
        for right in other:
            theirs = [w.key for w in list_words(right)]
            match = SequenceMatcher(None, [w.key for w in ours], theirs, autojunk=False).find_longest_match()
            if match.size > best[0]:
                best = match.size, left[ours[match.a].start : ours[match.a + match.size - 1].end]
    return best
