"""How often a property is tried: on a few examples in each run, on fifty times as many in a campaign."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

HUNDRED = 100
"""As hypothesis counts by itself: the profile says how many of these are tried."""
MANY = 50

settings.register_profile("normal", max_examples=HUNDRED, deadline=None)
settings.register_profile("campaign", max_examples=MANY * HUNDRED, deadline=None)


def begin(*, campaign: bool) -> None:
    """Before a test that says how often is read."""
    settings.load_profile("campaign" if campaign else "normal")


def examples(number: int, *, any_size: bool = False) -> settings:
    """That many examples in a run of all tests. `any_size`: they may be large, and slow to invent."""
    most = number * settings().max_examples // HUNDRED
    if any_size:
        return settings(max_examples=most, deadline=None, suppress_health_check=list(HealthCheck))
    return settings(max_examples=most, deadline=None)
