"""Settings: one frozen dataclass per area; each option said once: type, default, unit, meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What a caller of `wirecheck.compare` may choose."""

    one_story: bool = False
    """Treat all documents as one story instead of grouping them."""
    largest_file_bytes: int = 64 * 1024 * 1024
    """A larger file is reported as a problem and not read."""

    def as_mapping(self) -> Mapping[str, object]:
        """Return the options by name, as the report records them."""
        return asdict(self)
