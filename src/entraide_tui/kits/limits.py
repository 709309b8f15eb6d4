"""What a kit may hold at most, and what its ids look like."""

from __future__ import annotations

import re

LARGEST = 128 * 1024
"""The largest kit file that is read, in bytes."""
FORMAT = 1
LONGEST_TEXT = 2_000
LONGEST_ID = 80
MOST_STEPS = 60
MOST_MINUTES = 24 * 60
MOST_PARTS = 10_000
"""Keys and items in a file, ten times those of a long kit; reporting faults in more would take seconds."""
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
