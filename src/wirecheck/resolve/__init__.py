"""Resolve: mentions to actors, sources to speakers; left open when two candidates remain."""

from wirecheck.resolve.actors import resolve_actors
from wirecheck.resolve.speakers import resolve_speakers

__all__ = ["resolve_actors", "resolve_speakers"]
