"""`wirecheck why`: what decided one item of a report."""

from __future__ import annotations

from json import dumps as dump_json
from typing import Any

import click

from wirecheck.cli._options import OutputCommand, form_option
from wirecheck.cli._output import write_text
from wirecheck.cli._plain import say
from wirecheck.cli._reports import read_report_file
from wirecheck.cli._utterances import find_utterance, list_groups, tell_utterance

JUDGED = "agreement"
"""Name of what finds points by judgements alone; all others are checks of values."""
NEAR = 5
"""Ids that an error names."""


@click.command("why", cls=OutputCommand)
@click.argument("report", metavar="REPORT")
@click.argument("item", metavar="ITEM")
@form_option("json", "Give the item and what decided it as JSON")
def command(report: str, item: str, json: str | None) -> None:
    """Print what decided ITEM (such as s1-p3): the clauses, the evidence as a sum, and what would have changed it.

    Of a quotation (such as s1-u1): its forms, who has each, which words differ, and why they are one utterance. REPORT
    is a report in JSON; `compare` and `story` write one.
    """
    value = _read_file(report)
    utterance = find_utterance(value, item)
    if utterance is not None:
        groups = list_groups(value, utterance)
        if json is not None:
            write_text(json, dump_json({"utterance": utterance, "groups": groups}, ensure_ascii=False, indent=2) + "\n")
        if json != "-":
            for line in tell_utterance(value, utterance, _name_documents(value)):
                say(line)
        return
    points = {p["id"]: p for p in value["points"]}
    if item not in points:
        item = _find_item(value, item, report)
    if json is not None:
        judgements = [j for j in value["judgements"] if j["point"] == item]
        write_text(
            json, dump_json({"point": points[item], "judgements": judgements}, ensure_ascii=False, indent=2) + "\n"
        )
    if json != "-":
        for line in tell_point(value, points[item]):
            say(line)


def tell_point(report: Any, point: Any) -> list[str]:
    """Return the lines that tell why a point has its verdict."""
    from wirecheck.cli._plain import plain
    from wirecheck.report.why import NOTE, show_share

    names = _name_documents(report)
    lines = [f"{point['id']}  {point['verdict']}  {plain(point['reason'])}"]
    own = [j for j in report["judgements"] if j["point"] == point["id"]]
    if own and point["check"] != JUDGED:
        lines += ["", f"The check `{point['check']}` decided it; the sums say whether the words speak of one fact."]
    for number, entry in enumerate(own, start=1):
        lines += ["", *_tell_judgement(entry, names, f"{number} of {len(own)}: " if len(own) > 1 else "")]
    if point["nearest"]:
        lines += ["", "What comes nearest in the documents that are silent:"]
        for near in point["nearest"]:
            shown = f"{names[near['document']]} “{plain(near['span']['text'])}”"
            lines.append(f"  {show_share(near['probability']):>9}  {shown}")
    if not own:
        check = "nothing of another document comes near" if point["verdict"] == "single" else _tell_check(point)
        lines += ["", check]
    elif any(j["features"] for j in own):
        lines += ["", NOTE]
    return lines


def _tell_check(point: Any) -> str:
    return f"the check `{point['check']}` found it from the words above alone; no sentences were held together for it"


def _tell_judgement(entry: Any, names: dict[str, str], lead: str) -> list[str]:
    from wirecheck.cli._plain import plain
    from wirecheck.report.load import load_judgement
    from wirecheck.report.why import list_changes, list_terms, tell_relation, tell_values

    judgement = load_judgement(entry)
    lines = [f"{lead}{tell_relation(judgement)}"]
    for side in (entry["left"], entry["right"]):
        words = " … ".join(plain(s["text"]) for s in side["spans"])
        lines.append(f"  {names[side['document']]}: “{words}”")
    terms = list_terms(judgement.features)
    for number, term in enumerate(terms, start=1):
        if number == len(terms):
            lines.append(f"  {'─' * 7}")
        lines.append(f"  {term.weight:>7}  {plain(term.text)}")
    lines += [f"  {plain(told)}" for told in tell_values(judgement)]
    changes = list(list_changes(judgement.features))
    if changes:
        lines.append("  what would have changed it:")
        lines += [f"    {plain(change)}" for change in changes]
    return lines


def _name_documents(report: Any) -> dict[str, str]:
    from wirecheck.cli._plain import plain

    shown = {d["id"]: plain(d["publisher"] or d["name"]) for d in report["documents"]}
    many = list(shown.values())
    return {d["id"]: s if many.count(s := shown[d["id"]]) == 1 else plain(d["name"]) for d in report["documents"]}


def _read_file(path: str) -> Any:
    from wirecheck.errors import UsageError
    from wirecheck.report.format import FORMAT
    from wirecheck.report.shape import find_misfits

    value = read_report_file(path)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise UsageError(f"{path}: {FORMAT} was expected; `wirecheck compare PATH... --json FILE` writes it")
    misfits = find_misfits(value)
    if misfits:
        raise UsageError(f"{path} is not a whole report: {misfits[0]}; `wirecheck verify` lists all that is wrong")
    return value


def _find_item(report: Any, item: str, path: str) -> str:
    """Return the id of the point that alone begins so; raises `UsageError` that names near ones where none does."""
    import difflib

    from wirecheck.errors import UsageError
    from wirecheck.naming import find_id

    for key, told in (("stories", "a story"), ("actors", "an actor")):
        if any(entry["id"] == item for entry in report[key]):
            first = _first_point(report)
            raise UsageError(f"{item} is {told}; why tells of points, such as {first}, and of quotations (s1-u1)")
    points = [p["id"] for p in report["points"]]
    quoted = list(dict.fromkeys(g["utterance"] for g in report["quote_groups"]))
    known = points + quoted
    if not known:
        raise UsageError(f"no point or quotation {item} in {path}: it has none")
    if any(i.startswith(item) for i in points):
        return find_id(item, {p["id"]: p["reason"] for p in report["points"]}, kind="point", hint="")
    near = difflib.get_close_matches(item, known, n=NEAR, cutoff=0.6) or points[:NEAR] or quoted[:NEAR]
    more = " and others" if len(known) > NEAR else ""
    raise UsageError(f"no point or quotation {item} in {path}; it has {', '.join(near)}{more}")


def _first_point(report: Any) -> str:
    return str(report["points"][0]["id"]) if report["points"] else "s1-p1"
