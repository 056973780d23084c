"""Wirecheck reads several reports of one event and shows what is really there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wirecheck.library import check_claim as check_claim
    from wirecheck.library import check_draft as check_draft
    from wirecheck.library import compare as compare
    from wirecheck.model import ClaimReport as ClaimReport
    from wirecheck.model import Document as Document
    from wirecheck.model import DraftReport as DraftReport
    from wirecheck.model import Report as Report
    from wirecheck.settings import Settings as Settings

__version__ = "0.1.0"
__all__ = [
    "ClaimReport",
    "Document",
    "DraftReport",
    "Report",
    "Settings",
    "__version__",
    "check_claim",
    "check_draft",
    "compare",
]

_HOMES = {
    "check_claim": "wirecheck.library",
    "check_draft": "wirecheck.library",
    "compare": "wirecheck.library",
    "ClaimReport": "wirecheck.model",
    "Document": "wirecheck.model",
    "DraftReport": "wirecheck.model",
    "Report": "wirecheck.model",
    "Settings": "wirecheck.settings",
}


def __getattr__(name: str) -> Any:
    """Import the public names on first use, so that `import wirecheck` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
