"""Hold the reader of pages against trafilatura: `python -m benchmarks.pages [--data FOLDER]`.

On the pages of the trafilatura evaluation set that are at hand: passages that are wanted and stand in the text,
passages that are not wanted and do not, and titles, authors and dates that are those of the page. Exit status 1 when
fewer wanted passages are kept than trafilatura keeps by itself.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

from wirecheck.readers import read_bytes

_FIELDS = ("title", "author", "date")


def squeeze(text: str) -> str:
    """Return a text in which neither spaces nor the styles of marks make a difference."""
    plain = text.translate(str.maketrans("“”„‘’‚‐‑–—", "\"\"\"'''----"))
    return re.sub(r"\s+", "", plain).casefold()


def read_ours(location: str, data: bytes) -> tuple[str, Mapping[str, str | None]]:
    """Return the text of a page without furniture, and what is said of it."""
    documents, _ = read_bytes(location, data)
    if not documents:
        return "", {}
    (document,) = documents
    parts, at = [], 0
    for span in document.furniture:
        parts.append(document.text[at : span.start])
        at = span.end
    said = {"title": document.title, "author": document.author, "date": (document.published or "")[:10]}
    return "".join([*parts, document.text[at:]]), said


def read_theirs(location: str, data: bytes) -> tuple[str, Mapping[str, str | None]]:
    """Return what trafilatura gives of a page by itself."""
    import trafilatura

    found = trafilatura.bare_extraction(data, url=location, with_metadata=True, include_comments=False)
    given = found.as_dict() if found is not None else {}
    return given.get("text") or "", {field: given.get(field) for field in _FIELDS}


def count(entry: Mapping[str, Any], text: str, said: Mapping[str, str | None]) -> Counter[str]:
    """Return what of one page is as it should be, and of how much."""
    found: Counter[str] = Counter()
    squeezed = squeeze(text)
    for passage in entry.get("with", []):
        found["wanted"] += squeeze(passage) in squeezed
        found["of wanted"] += 1
    for passage in entry.get("without", []):
        found["left out"] += squeeze(passage) not in squeezed
        found["of left out"] += 1
    for field in _FIELDS:
        if entry.get(field):
            found[field] += squeeze(str(entry[field])) == squeeze(said.get(field) or "")
            found[f"of {field}"] += 1
    return found


def main() -> None:
    """Print both counts side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    folder = parser.parse_args().data / "html"
    totals: dict[str, Counter[str]] = {"ours": Counter(), "theirs": Counter()}
    for entry in json.loads((folder / "truth.json").read_text("utf-8")):
        data = (folder / "pages" / entry["file"]).read_bytes()
        for name, read in (("ours", read_ours), ("theirs", read_theirs)):
            location = entry.get("url") or f"{entry['file']}" if name == "theirs" else entry["file"]
            totals[name] += count(entry, *read(location, data))
    print(f"{'':12}{'wirecheck':>10}{'trafilatura':>13}{'of':>6}")
    for what in ("wanted", "left out", *_FIELDS):
        print(f"{what:12}{totals['ours'][what]:10}{totals['theirs'][what]:13}{totals['ours'][f'of {what}']:6}")
    sys.exit(totals["ours"]["wanted"] < totals["theirs"]["wanted"])


if __name__ == "__main__":
    main()
