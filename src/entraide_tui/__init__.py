"""entraide-tui: lead a mutual-aid workshop, live, from a terminal."""

# A literal, since importlib.metadata would cost more than all the rest of `--version`.
__version__ = "0.1.0"
