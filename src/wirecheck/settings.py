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
    """A larger file, or a larger record of a file that is read record by record, is reported and not read."""
    allow_fetch: bool = False
    """Read inputs that begin with http:// or https:// from the web; without it nothing is ever fetched."""
    follow_feeds: bool = False
    """Read the items of a feed that have no text of their own from their addresses; needs `allow_fetch`."""
    fetch_timeout_s: float = 30.0
    """Seconds that one address may take in all, its robots.txt and redirects included."""
    fetch_redirects: int = 5
    """Redirects that are followed before an address is given up."""
    fetch_networks: tuple[str, ...] = ()
    """Networks such as 10.1.0.0/16 that may be fetched from although they are not public."""
    publishers: str | None = None
    """A TOML file that says who publishes what, beside the reviewed list; see docs/independence.md."""

    def as_mapping(self) -> Mapping[str, object]:
        """Return the options by name, as the report records them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
