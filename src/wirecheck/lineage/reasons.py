"""The sentence that says why documents are of one origin, or where the only one has a point from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wirecheck.language.dossier import Dossier
from wirecheck.lineage.sourcing import Source
from wirecheck.model import OriginGroup, Span
from wirecheck.text.words import join_names

# Clauses of a reason, and names in a list of documents.
_MOST_SAID = 2
_MOST_NAMES = 5
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Link:
    """Why two documents share an origin: words that follow the names of both, or of `left` with `{}` for `right`."""

    left: str
    right: str
    words: str
    evidence: tuple[Span, ...]
    mutual: bool


def describe_group(
    dossier: Dossier,
    members: tuple[str, ...],
    links: Sequence[Link],
    sources: dict[str, list[Source]],
    own: dict[str, Source | None],
    touched: dict[str, list[Span]],
) -> OriginGroup:
    """Return a group with one sentence that says why its documents are one origin."""
    said: list[str] = []
    evidence: list[Span] = []
    by_words: dict[tuple[bool, str], set[str]] = {}
    for link in links:
        if link.left in members:
            evidence.extend(link.evidence)
            words = link.words if link.mutual else link.words.format(dossier.shown(link.right))
            by_words.setdefault((link.mutual, words), set()).update(
                (link.left, link.right) if link.mutual else (link.left,)
            )
    told: list[set[str]] = []
    for (mutual, words), documents in sorted(by_words.items(), key=lambda x: -len(x[1])):
        if any(documents <= d for d in told) or len(said) == _MOST_SAID:
            continue  # one reason for the same documents is enough
        told.append(documents)
        shown = [dossier.shown(m) for m in members if m in documents]
        together = "" if not words.startswith("have") else "both " if len(shown) == 2 else "all "
        said.append(f"{_join(shown)} {together}{words if mutual or len(shown) == 1 else _plural(words)}")
    said += _list_families(dossier, members)
    if len(members) == 1:
        document = members[0]
        name = dossier.shown(document)
        source = own[document]
        if source is not None:
            said.append(f"{name} has it from its own reporting: {source.label}")
            evidence.append(source.span)
        elif sources[document]:
            said.append(f"{name} has it from {sources[document][0].label}")
            evidence.append(sources[document][0].span)
        else:
            said.append(f"{name} does not say where it has this from")
            evidence.extend(touched[document])
    return OriginGroup(members, ", and ".join(said) + ".", tuple(sorted(set(evidence))))


def _list_families(dossier: Dossier, members: Sequence[str]) -> list[str]:
    """Return what is known of several publishers of one owner; it tells what made them one origin, and makes none."""
    found: dict[str, list[str]] = {}
    for member in members:
        if member in dossier.owners:
            found.setdefault(dossier.owners[member], []).append(member)
    said = []
    for owner, documents in sorted(found.items()):
        names = list(dict.fromkeys(dossier.shown(d) for d in documents))
        if len(names) > 1:
            together = "both" if len(names) == 2 else "all"
            whole = len(documents) == len(members)
            said.append(
                f"{together} are published by {owner}"
                if whole
                else f"{_join(names)} are {together} published by {owner}"
            )
    return said


def _plural(words: str) -> str:
    """Return what several documents do for what one does."""
    verb, _, rest = words.partition(" ")
    several = {"credits": "credit", "carries": "carry", "is": "are"}
    return f"{several[verb]} {rest}"


def _join(names: Sequence[str]) -> str:
    """Return names as a list in words, a long one cut."""
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[: _MOST_NAMES - 1])} and {len(names) - _MOST_NAMES + 1} others"
    return join_names(names)


def quote_words(dossier: Dossier, span: Span) -> str:
    words = " ".join(dossier.words(span).split())
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
