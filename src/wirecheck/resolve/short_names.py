"""Whom a surname or a first name alone may mean, of the persons that a story introduces by full name."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.language.reading import Reading
from wirecheck.resolve.draft_actors import Draft, Named
from wirecheck.resolve.names import read_person_name, surnames_fit
from wirecheck.text.gazetteer import first_names


def find_last(name: str) -> str:
    return read_person_name(name).last


def list_candidates(one: Named, whole: Sequence[Draft]) -> list[Draft]:
    """Return the persons that a name alone may be of: of that surname, else of one like it, else of a first name."""
    base, suffix = find_last(one.name), read_person_name(one.name).suffix
    if suffix:
        whole = [d for d in whole if any(read_person_name(n).suffix == suffix for n in d.names)]
    found = [
        d for d in whole if any(surnames_fit(find_last(n), base) or base in read_person_name(n).middle for n in d.names)
    ]
    exact = [d for d in found if any(find_last(n) == base for n in d.names)]
    found = exact or found
    if not found and not one.before:
        found = [d for d in whole if any(read_person_name(n).first == base for n in d.names)]
        found = found or [d for d in whole if _short_first(base, d)]
    return found


def _short_first(base: str, draft: Draft) -> bool:
    return any(base in first_names().short.get(read_person_name(n).first, ()) for n in draft.names)


def find_most_present(one: Named, found: Sequence[Draft], reading: Reading) -> Draft | None:
    """Return who of several with one surname a document means by it, if one leads.

    A paper introduces its main person first and calls only that one by surname; where another one of the name
    stands nearer and is not outweighed, the question stays open. Headlines introduce nobody.
    """
    document, at = one.mention.span.document, one.mention.span.start
    title = reading.document.title_span
    body = title.end if title is not None else 0
    places = [[m.span.start for m in d.mentions if m.span.document == document and m.span.start < at] for d in found]
    inside = [[p for p in own if p >= body] or own[:0] for own in places]
    known = [i for i, own in enumerate(inside) if own]
    if not known:
        return None
    lead = min(known, key=lambda i: min(inside[i]))
    nearest = max(known, key=lambda i: max(inside[i]))
    rest = max((len(inside[i]) for i in known if i != lead), default=0)
    if nearest == lead or len(inside[lead]) >= 2 * rest:
        return found[lead]
    paragraph = reading.paragraph_at
    if paragraph(max(inside[nearest])) != paragraph(at) and len(inside[lead]) >= rest:
        return found[lead]
    return None
