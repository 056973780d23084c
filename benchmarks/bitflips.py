"""Flip bits of an archive: `python -m benchmarks.bitflips [--flips 300] [--documents N] [--seed S]`.

Each time one bit of `archive.sqlite` is flipped anywhere, in a copy. Then `wirecheck check` must list a fault or say
why it cannot open the archive, or everything that the archive gives (its export, the bytes as received, decisions,
problems and stories) must be what it was. Where it opens, `check --save` must save documents that are what they were,
and no other. A flip that no one tells, a traceback, and a saved document that was changed are failures: exit status 1.
"""

from __future__ import annotations

import argparse
import io
import pathlib
import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter

from benchmarks.crash import write_articles
from wirecheck.archive import Archive, Filter, open_archive
from wirecheck.errors import Error
from wirecheck.store.database import FILE


def read_all(archive: Archive) -> list[object]:
    """Return everything that an archive gives."""
    written = io.StringIO()
    archive.export_jsonl(written)
    received = [d.received for d in archive.store.iter_documents(received=True)]
    stories = archive.stories(Filter(min_documents=1))
    return [written.getvalue(), received, archive.decisions(), archive.problems(), stories]


def make_archive(folder: pathlib.Path, documents: int) -> None:
    """Make an archive of fictional articles with a decision and a problem."""
    articles = folder.parent / "articles.jsonl"
    write_articles(articles, documents)
    with articles.open("a", encoding="utf-8") as file:
        file.write('{"no": "text"}\n')
    with open_archive(folder, create=True) as archive:
        archive.add([articles])
        ids = [s.id for s in archive.store.list_stored()][:2]
        archive.decide("same-story", ids, who="Jo Lund", note="One ship.")


def try_flip(whole: pathlib.Path, folder: pathlib.Path, bit: int, expected: list[object]) -> str:
    """Return what came of one flip, in words; what begins with "FAILED" must not be."""
    damaged, saved = folder / "damaged", folder / "saved"
    for path in (damaged, saved):
        shutil.rmtree(path, ignore_errors=True)
    damaged.mkdir()
    data = bytearray((whole / FILE).read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    (damaged / FILE).write_bytes(data)
    texts: set[object] = set(expected[1]) if isinstance(expected[1], list) else set()
    try:
        with open_archive(damaged) as archive:
            faults = archive.check()
            try:
                archive.save(saved)
            except Error:
                return "found; nothing could be saved" if faults else "FAILED: all is well, but nothing could be saved"
            if not faults and read_all(archive) != expected:
                return "FAILED: all is well, but it gives something else"
        with open_archive(saved) as archive:
            kept = [d.received for d in archive.store.iter_documents(received=True)]
    except Error:
        return "cannot be opened, and says why"
    except Exception:
        traceback.print_exc()
        return "FAILED: a traceback"
    if not set(kept) <= texts or len(set(kept)) < len(kept):
        return "FAILED: a document was saved that was changed"
    lost = len(texts) - len(kept)
    if not faults:
        return "all is well, and it gives the same" if not lost else "FAILED: all is well, but a document was not saved"
    return f"found; {min(lost, 3)}{' or more' if lost > 2 else ''} documents lost, the rest saved"


def main() -> None:
    """Flip the bits from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=14)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_archive(folder / "whole", options.documents)
        with open_archive(folder / "whole") as archive:
            expected = read_all(archive)
        size = (folder / "whole" / FILE).stat().st_size
        for _ in range(options.flips):
            bit = chance.randrange(8 * size)
            outcome = try_flip(folder / "whole", folder, bit, expected)
            outcomes[outcome] += 1
            if outcome.startswith("FAILED"):
                print(f"byte {bit // 8}, bit {bit % 8}: {outcome}", flush=True)
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:4}  {outcome}")
    sys.exit(1 if any(outcome.startswith("FAILED") for outcome in outcomes) else 0)


if __name__ == "__main__":
    main()
