"""Grouping the documents of an archive: the one place that knows how stories are found at scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wirecheck.archive.steps import FINGERPRINT, VERSION, read_fingerprint
from wirecheck.reuse import Fingerprint
from wirecheck.store import Store, Stored
from wirecheck.stories.grouping import find_centre, iter_groups

# Documents of stories whose fingerprints are read at a time.
_READ = 1000


def group_archive(store: Store, newest: Sequence[Stored]) -> Iterator[list[dict[str, Any]]]:
    """Yield the stories, some at a time: each as its documents (ids, sorted) and its title.

    Fingerprints alone are read, and never all of them held. The order in which documents were added changes nothing.
    """
    wanted = {s.seq: s for s in newest}
    seqs: list[int] = []

    def list_prints() -> Iterator[Fingerprint]:
        for seq, payload in store.iter_payloads(FINGERPRINT, VERSION):
            if seq in wanted:
                seqs.append(seq)
                yield read_fingerprint(payload)

    for groups in iter_groups(list_prints(), lambda places: _read_prints(store, [seqs[i] for i in places])):
        stories = [sorted((seqs[i] for i in group), key=lambda seq: wanted[seq].id) for group in groups]
        for some in _take_together(stories):
            several = [seq for story in some if len(story) > 2 for seq in story]
            prints = dict(zip(several, _read_prints(store, several), strict=True))
            found = []
            for story in some:
                centre = wanted[story[find_centre([prints[seq] for seq in story]) if len(story) > 2 else 0]]
                found.append({"documents": [wanted[seq].id for seq in story], "title": centre.title or centre.name})
            yield found


def _read_prints(store: Store, seqs: Sequence[int]) -> list[Fingerprint]:
    payloads = store.read_payloads(FINGERPRINT, VERSION, seqs)
    return [read_fingerprint(payloads[seq]) for seq in seqs]


def _take_together(stories: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Yield stories in parts of some `_READ` documents."""
    part: list[list[int]] = []
    size = 0
    for story in stories:
        part.append(story)
        size += len(story)
        if size >= _READ:
            yield part
            part, size = [], 0
    yield part
