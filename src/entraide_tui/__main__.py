"""`python -m entraide_tui`."""

from entraide_tui.cli import run

if __name__ == "__main__":
    run()
