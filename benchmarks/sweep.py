# ruff: noqa: E501 - inputs are easier to read on one line
"""Files of many kinds through the readers: what came of them, and whether anything failed, hung or was lost in silence.

`python -m benchmarks.sweep` makes 1,000 files (the kinds of the drawn cases and mutations of them, from `--seed`), adds the pages
and archives of `../shared/data` where they are at hand and the files of `--add FOLDER`, and prints one line a kind: files, documents, files
that gave a problem and no document, tracebacks, files that gave neither ("silent"), the slowest in seconds.

`python -m benchmarks.sweep --fuzz N --seed S` reads N mutated inputs with every reader and prints what failed, the slowest and the
memory; pieces with other seeds add up to as many as one likes.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import resource
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wirecheck.readers import list_readers, read_bytes

SHARED = Path(__file__).parents[2] / "shared" / "data"
WORDS = (
    "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said. “We ran for our lives,” said Ida Moor, "
    "who had been on the upper deck with her two sons when it began to turn. The mayor of Oswin said that 1.5 million euros were lost."
)
SLOWEST_S = 10.0
MOST_BYTES = 1 << 30


def make_seeds() -> dict[str, bytes]:
    """Return one well-formed input of each kind, by file name."""
    page = f"<html><head><title>Ferry sinks</title></head><body><article><h1>Ferry sinks</h1><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n{page}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    record = head.encode() + http + b"\r\n\r\n"
    feed = f"<rss><channel><title>Herald</title><item><title>Ferry</title><description>&lt;p&gt;{WORDS}&lt;/p&gt;</description></item></channel></rss>"
    office, held = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{office}"><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:body></w:document>',
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("archive/a.warc", record)
    mail = f"From: a@herald.example\nSubject: Ferry\nDate: Thu, 4 Mar 2021 10:00:00 +0100\n\n{WORDS}\n\nOn Wed the desk wrote:\n> What?\n"
    export = "".join(
        f"\n{n} of 2 DOCUMENTS\n\nHerald\n\nMarch {n}, 2021\n\nFerry {n}\n\nBYLINE: Ann Lowe\n\nLENGTH: 9 words\n\n{WORDS}\n"
        for n in (1, 2)
    )
    return {
        "a.txt": WORDS.encode(),
        "mojibake.txt": WORDS.encode().decode("cp1252", "replace").encode(),
        "utf16.txt": WORDS.encode("utf-16"),
        "export.txt": export.encode(),
        "a.md": f"# Ferry\n\n> {WORDS}\n\n[a](https://b.example/c)".encode(),
        "a.html": page.encode(),
        "a.jsonl": json.dumps(
            {"text": f"<p>{WORDS}</p>", "published": "9999-12-31", "authors": [{"name": "Ann"}]}
        ).encode(),
        "a.json": json.dumps([{"maintext": WORDS, "title": "Ferry"}] * 2).encode(),
        "a.rss": feed.encode(),
        "a.warc": record * 2,
        "a.warc.gz": gzip.compress(record, mtime=0) * 2,
        "a.wacz": packed.getvalue(),
        "a.docx": held.getvalue(),
        "a.eml": mail.encode(),
        "a.mbox": f"From a@b Thu Mar  4 10:00:00 2021\n{mail}\n".encode() * 2,
        "a.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
        "a.parquet": _make_parquet(),
    }


def _make_parquet() -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return b"PAR1"
    held = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": [WORDS, WORDS], "title": ["Ferry", None]}), held)
    return held.getvalue()


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return an input with some bytes cut, doubled, replaced or put in from elsewhere."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(out) + 1)
        size = rng.choice((1, 2, 8, 64, 512))
        kind = rng.randrange(6)
        if kind == 0:
            del out[at : at + size]
        elif kind == 1:
            out[at:at] = out[at : at + size] * rng.choice((1, 2, 50))
        elif kind == 2:
            out[at : at + size] = rng.randbytes(min(size, max(1, len(out) - at)))
        elif kind == 3:
            out[at:at] = rng.choice(_PIECES)
        elif kind == 4:
            out = out[:at]
        else:
            other = rng.randrange(len(out) + 1)
            out[at:at] = out[other : other + size]
    return bytes(out[:200_000])


_PIECES = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe2\x80",
        b"\x1f\x8b\x08",
        b"%PDF-",
        b"PK\x03\x04",
        b"\nWARC/1.0\r\n",
        b"<![CDATA[",
    ),
    *(
        b"<!--",
        b"]]>",
        b"&#8220;",
        b"&amp;lt;p&amp;gt;",
        "â€œ".encode(),
        "\u202e\u200b\u00ad".encode(),
        b"\\u201c\\n",
        b"{",
        b"]",
        b'"',
    ),
    *(
        b"<table><tr><td>",
        b"<p>" * 60,
        b"-" * 80,
        b"\n" * 40,
        b"1 of 9 DOCUMENTS\n",
        b"From a@b Thu Mar  4 10:00:00 2021\n",
        b"> " * 30,
    ),
    *(zlib.compress(b"a" * 200_000), gzip.compress(b"<p>" * 100_000, mtime=0), b"Transfer-Encoding: chunked\r\n"),
)


def list_files(count: int, seed: int, more: list[Path]) -> Iterator[tuple[str, str, bytes]]:
    """Yield kind, name and bytes of each file of a sweep."""
    rng = random.Random(seed)
    seeds = make_seeds()
    names = sorted(seeds)
    for number in range(count):
        name = names[number % len(names)]
        yield name, f"{number}-{name}", seeds[name] if number < len(names) else mutate(seeds[name], rng)
    for folder in (SHARED / "html" / "pages", SHARED / "warc", *more):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else ():
            yield folder.name, path.name, path.read_bytes()


def sweep(count: int, seed: int, more: list[Path]) -> bool:
    """Read every file, print a line a kind, and return whether nothing failed, hung or was lost in silence."""
    counts: dict[str, Counter[str]] = {}
    slowest: dict[str, float] = {}
    for kind, name, data in list_files(count, seed, more):
        found = counts.setdefault(kind, Counter())
        found["files"] += 1
        start = time.monotonic()
        try:
            documents, problems = read_bytes(name, data)
        except Exception:
            found["tracebacks"] += 1
            print(f"{name}: {traceback.format_exc(limit=-3)}", file=sys.stderr)
            continue
        finally:
            slowest[kind] = max(slowest.get(kind, 0.0), time.monotonic() - start)
        found["documents"] += len(documents)
        found["told"] += not documents and bool(problems)
        found["silent"] += not documents and not problems and bool(data.strip())
    columns = ("files", "documents", "told", "tracebacks", "silent")
    print(f"{'kind':14}" + "".join(f"{c:>12}" for c in columns) + "   slowest s")
    for kind, found in counts.items():
        print(f"{kind:14}" + "".join(f"{found[c]:12,}" for c in columns) + f"{slowest[kind]:12.2f}")
    total = sum(counts.values(), Counter())
    print(f"{'all':14}" + "".join(f"{total[c]:12,}" for c in columns) + f"{max(slowest.values()):12.2f}")
    return not total["tracebacks"] and not total["silent"] and max(slowest.values()) < SLOWEST_S


def fuzz(count: int, seed: int) -> bool:
    """Read mutated inputs with every reader, and return whether none failed, hung or took too much memory."""
    rng = random.Random(seed)
    seeds = sorted(make_seeds().items())
    readers = list_readers()
    failed, slowest, done = 0, 0.0, 0
    began = time.monotonic()
    while done < count:
        name, data = seeds[rng.randrange(len(seeds))]
        data = mutate(data, rng)
        for reader in (readers[rng.randrange(len(readers))], None):
            start = time.process_time()  # a machine that does other work hangs nothing
            try:
                if reader is None:
                    read_bytes(name, data)
                else:
                    reader.read(name, "a", data)
            except Exception:
                failed += 1
                print(f"{name} {data[:80]!r}: {traceback.format_exc(limit=-3)}", file=sys.stderr)
            slowest = max(slowest, time.process_time() - start)
            done += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    taken = time.monotonic() - began
    print(
        f"seed {seed}: {done:,} inputs in {taken:.0f} s, {failed} failed, slowest {slowest:.2f} s of processor, {peak / 1e6:.0f} MB"
    )
    return not failed and slowest < SLOWEST_S and peak < MOST_BYTES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--fuzz", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--add", type=Path, action="append", default=[], metavar="FOLDER")
    given = parser.parse_args()
    held = fuzz(given.fuzz, given.seed) if given.fuzz else sweep(given.files, given.seed, given.add)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
