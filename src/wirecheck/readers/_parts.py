"""What readers of files with records share: reading in one go what can be cut."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO

from wirecheck.model import Document, Problem
from wirecheck.readers import Part, Read
from wirecheck.settings import Settings


def read_all(
    cut: Callable[[str, IO[bytes], Settings], Iterator[Part]],
    read_part: Callable[[str, str, int, bytes, Settings], Read],
    location: str,
    name: str,
    data: bytes,
) -> Read:
    """Return the documents of a file held in memory; no more of them than fit into the largest file."""
    settings = Settings()
    documents: list[Document] = []
    problems: list[Problem] = []
    size = 0
    for part in cut(location, io.BytesIO(data), settings):
        problems.extend(part.problems)
        if part.data is None:
            continue
        more, faults = read_part(location, name, part.number, part.data, settings)
        size += sum(len(d.received) for d in more)
        if size > settings.largest_file_bytes:
            reason = f"at most {settings.largest_file_bytes} bytes of records were expected; what follows was not read"
            problems.append(Problem(location, reason))
            break
        documents.extend(more)
        problems.extend(faults)
    return tuple(documents), tuple(problems)
