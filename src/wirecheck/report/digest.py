"""The digest of a report: what shows a change by accident or in passing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

KEY = "digest"


def digest_report(report: Mapping[str, Any]) -> str:
    """Return `sha256:` and the hex digest over all of a report but the digest itself.

    What is hashed is its JSON with keys in the order of their code points, without white space, everything outside
    ASCII escaped: how a file is laid out changes nothing, and any value, key or order of a list does. It shows no
    more than that a report fits it: whoever means to deceive makes a digest too, and is found by comparing again.

    >>> digest_report({"b": 1, "a": [True]}) == digest_report({"a": [True], "digest": "…", "b": 1})
    True
    """
    rest = {key: value for key, value in report.items() if key != KEY}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('ascii')).hexdigest()}"
