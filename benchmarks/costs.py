"""What hostile inputs cost: each kind is doubled, and the run fails where the time grows by more than a factor of 2.5.

`python -m benchmarks.costs` prints a table of seconds of processor for three sizes; `--only NAME` runs one kind.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable

from wirecheck.readers import read_bytes
from wirecheck.text.sentences import sentence_ranges

MOST_GROWTH = 2.5
# Below this a measure is noise of the machine.
FEWEST_SECONDS = 0.2

KINDS: dict[str, tuple[int, Callable[[int], object]]] = {
    "comments before the root": (200, lambda n: read_bytes("a.xml", b"<!--a-->" * n + b"<html>")),
    "dots": (12_000, lambda n: read_bytes("a.txt", b"a " + b"." * n + b" b")),
    "paragraphs of HTML": (12_000, lambda n: read_bytes("a.html", b"<html><body>" + b"<p>a b" * n)),
    "attributes of HTML": (
        10_000,
        lambda n: read_bytes("a.html", b"<html><p " + b"".join(b"a%d=1 " % i for i in range(n))),
    ),
    "members of gzip": (20_000, lambda n: read_bytes("a.txt.gz", gzip.compress(b"a ", mtime=0) * n)),
    "magic words of WARC": (8_000, lambda n: read_bytes("a.warc", b"\nWARC/1.0\r\n" * n)),
    "small records of WARC": (2_000, lambda n: read_bytes("a.warc.gz", gzip.compress(_RECORD, mtime=0) * n)),
    "nested tags of a feed": (20_000, lambda n: read_bytes("a.rss", b"<rss><channel><item><description>" + b"<a>" * n)),
    "line breaks": (1_000_000, lambda n: read_bytes("a.txt", b"a b" + b"\n" * n + b"c")),
    "hyphens in a word": (2_000, lambda n: read_bytes("a.txt", b"a b " + b"c-" * n + b"d")),
    "hyphens in a sentence": (2_000, lambda n: sentence_ranges("a b " + "c-" * n + "d.")),
    "wrapped lines": (20_000, lambda n: read_bytes("a.txt", b"the ferry sank on\nmonday off port\n" * n)),
    "entities": (40_000, lambda n: read_bytes("a.jsonl", json.dumps({"text": "&amp;lt;" * n + "a"}).encode())),
    "emphasis": (40_000, lambda n: read_bytes("a.jsonl", json.dumps({"text": "a **b *c _d " * n}).encode())),
    "quoted replies": (20_000, lambda n: read_bytes("a.eml", b"From: a@b.c\nSubject: d\n\ne\n" + b"On > wrote\n" * n)),
}
_RECORD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 \r\n\r\n"


def measure(make: Callable[[int], object], size: int) -> float:
    """Return seconds of processor for one run, the better of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        make(size)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="NAME")
    only = parser.parse_args().only
    read_bytes("a.html", b"<html><body><p>warm up</p></body></html>")
    too_steep = []
    for name, (size, make) in KINDS.items():
        if only not in (None, name):
            continue
        times = [measure(make, size * factor) for factor in (1, 2, 4)]
        growth = times[2] / max(times[1], FEWEST_SECONDS)
        print(f"{name:28} {size:>9,} {'  '.join(f'{t:7.2f}' for t in times)}  x{growth:.1f}", flush=True)
        if growth > MOST_GROWTH:
            too_steep.append(name)
    if too_steep:
        sys.exit(f"grow by more than {MOST_GROWTH}: {', '.join(too_steep)}")


if __name__ == "__main__":
    main()
