"""What hostile inputs cost: each kind is doubled, and the run fails where the time grows by more than a factor of 2.5.

`python -m benchmarks.costs` prints a table of seconds of processor for three sizes; `--only NAME` runs one kind.
"""

from __future__ import annotations

import argparse
import gzip
import io
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
    "words of a PDF": (5_000, lambda n: read_bytes("a.pdf", _make_pdf(b"BT /F 9 Tf " + _DRAWN * n + b"ET"))),
    "pages of a PDF": (10_000, lambda n: read_bytes("a.pdf", _make_pdf(b"BT /F 9 Tf (The quay) Tj ET", n))),
    "one value of Parquet": (100, lambda n: read_bytes("a.parquet", _repeat_value(n))),
}
_DRAWN = b"(The quay) Tj 0 -9 Td "
_RECORD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 \r\n\r\n"


def _make_pdf(drawn: bytes, page_count: int = 1) -> bytes:
    """Return a PDF of which all pages show the same."""
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    font = b"<< /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << /Font %s >> >>" % font
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(page_count))
    pages = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (page_count, kids)
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate([b"<< /Type /Catalog /Pages 2 0 R >>", pages, stream, *[page] * page_count], start=1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    begins = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(places)
    out += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, begins)
    return bytes(out)


def _repeat_value(count: int) -> bytes:
    import pyarrow
    import pyarrow.parquet

    held = io.BytesIO()
    values = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * count), pyarrow.array(["The quay. " * 20_000]))
    pyarrow.parquet.write_table(pyarrow.table({"text": values}), held)
    return held.getvalue()


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
