"""Issues of recurring pieces: what a publisher prints again on another day in one frame, which is no story.

Told by the frame and not by names of columns: the same publisher, the same title but for its date, and much standing
wording; or the same column in the title, and a text of the same wording with other values in it; or the very same title
over other names. Under other titles the text must be the same frame almost throughout. Follow-ups repeat
their background with the values that it had; versions repeat nearly all.
"""

from __future__ import annotations

import numpy as np

from wirecheck.reuse.fingerprint import Fingerprint
from wirecheck.reuse.frames import KEPT_RUNS, Frame

# Share of the runs of both texts that must stand in both, where the titles differ by their dates, and where they do
# not. The drawn issues have .30 to .88, days of a trial .10.
_STANDING = 0.25
_STANDING_UNDATED = 0.3
# Share of the runs in both that must have other values. The drawn issues have .22 and more, a toll that rises .08.
_CHANGED = 0.15
# The same two shares where the titles are others: "Shares close higher", "Shares close lower".
_FRAMED = 0.4
_REFILLED = 0.3
# Share of the runs that are the same with their values, below which a text of another day under the very same title
# tells other things where no name stands in both: "Five things to know".
_RETOLD = 0.25
# Share of the runs that are the same with their values from which on one text is a version of the other.
_VERSION = 0.8


def are_issues(left: Fingerprint, right: Fingerprint) -> bool:
    """Return whether two documents are issues of one recurring piece; the order of the two changes nothing."""
    ours, theirs = left.frame, right.frame
    if not ours.column or not theirs.column or (ours.place and ours.place == theirs.place):
        return False
    alike, same = measure_frames(ours, theirs)
    if same >= _VERSION:
        return False
    other_days = None not in (left.day, right.day) and left.day != right.day
    if ours.column != theirs.column:
        return other_days and alike >= _FRAMED and alike - same >= _REFILLED * alike
    if (
        ours.title == theirs.title
        and other_days
        and same < _RETOLD
        and not len(np.intersect1d(left.names, right.names))
    ):
        return True
    if ours.title == theirs.title and ours.dated and theirs.dated and ours.values != theirs.values:
        return alike >= _STANDING
    if left.day is not None and left.day == right.day:
        return False
    return alike >= _STANDING_UNDATED and alike - same >= _CHANGED * alike


def measure_frames(left: Frame, right: Frame) -> tuple[float, float]:
    """Return the share of the runs of two texts that both have, and of those that both have with the same values."""
    kept = np.union1d(left.runs, right.runs)[:KEPT_RUNS]
    if not len(kept):
        return 0.0, 0.0
    both, ours, theirs = np.intersect1d(left.runs, right.runs, assume_unique=True, return_indices=True)
    among = both <= kept[-1]
    same = among & (left.spelled[ours] == right.spelled[theirs])
    return float(among.sum()) / len(kept), float(same.sum()) / len(kept)
