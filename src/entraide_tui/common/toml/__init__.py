"""TOML: read with limits and positions, and edited in place (see `document`)."""

from entraide_tui.common.toml.layout import Place
from entraide_tui.common.toml.positions import Position, line_of, position_of, positions, spell
from entraide_tui.common.toml.reading import parse, read

__all__ = ["Place", "Position", "line_of", "parse", "position_of", "positions", "read", "spell"]
