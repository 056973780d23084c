"""Who says a quotation: whether two quotations have one speaker."""

from __future__ import annotations

from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation


def same_speaker(dossier: Dossier, left: Quotation, right: Quotation) -> bool | None:
    """Return whether two quotations have one speaker, or None when that is open.

    A person and an organization are left open: a spokesman's words may elsewhere be those of the house.
    """
    if left.speaker is not None and left.speaker == right.speaker:
        return True
    names = [(q.speaker_name or "").casefold() for q in (left, right)]
    if all(names) and names[0] == names[1]:
        return True
    if left.speaker is None or right.speaker is None:
        return None
    kinds = [actor.kind if (actor := dossier.actor(q.speaker)) is not None else "other" for q in (left, right)]
    return False if kinds[0] == "person" and kinds[1] == "person" else None
