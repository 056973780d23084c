"""What all tests share: laws are held against drawn values without a clock; a loaded machine disproves none."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("wirecheck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wirecheck")
