"""Kinds of mentions by name, where one document tells what another leaves open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from wirecheck.annotators._name_forms import gazetteer
from wirecheck.resolve.draft_actors import Named
from wirecheck.resolve.names import read_person_name
from wirecheck.text.gazetteer import fold_name, listed

# Mentions that documents leave open for each that one document takes for a person.
_MOST_OPEN = 3


def settle_kinds(named: Sequence[Named]) -> list[Named]:
    """Return the mentions; a lone name taken for an organization, or for a place that no list has, is a person where
    its own document introduces one of that surname ("Okafor's tweet" after "Marta Okafor").
    """
    surnames = {
        (one.mention.span.document, read_person_name(one.name).last)
        for one in named
        if one.mention.kind == "person" and read_person_name(one.name).first
    }
    return _with_one_kind(
        [
            replace(one, mention=replace(one.mention, kind="person"))
            if (
                one.mention.kind in ("organization", "other")
                or (one.mention.kind == "place" and one.name not in gazetteer())
            )
            and " " not in one.name
            and (one.mention.span.document, read_person_name(one.name).last) in surnames
            else one
            for one in named
        ],
        {surname for _, surname in surnames},
    )


def _with_one_kind(named: Sequence[Named], surnames: set[str]) -> list[Named]:
    """Return the mentions, those of one name with one kind: a person that one document leaves open another tells.

    A lone name that some document takes for a person, and none introduces as one, is the organization whose longer
    name begins with it ("Marlow" beside "Marlow Energy").
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in named:
        counts[fold_name(one.name)][one.mention.kind] += 1
    firms = {
        fold_name(one.name).split()[0]
        for one in named
        if one.mention.kind == "organization"
        and " " in one.name
        and one.name.split()[-1].casefold() in listed("company_endings")
    }
    settled = []
    for one in named:
        folded = fold_name(one.name)
        kinds = counts[folded]
        kind = one.mention.kind
        if kind in ("person", "other") and folded in firms and folded not in surnames:
            kind = "organization"
        elif {kind, *kinds} == {"person", "other"} and folded not in surnames:
            kind = "person" if _MOST_OPEN * kinds["person"] >= kinds["other"] else "other"
        settled.append(one if kind == one.mention.kind else replace(one, mention=replace(one.mention, kind=kind)))
    return settled
