"""Printed handouts of a kit: a wall poster, role cards, blank cards, the facilitator's step-by-step sheet."""

from entraide_tui.exports.handouts.making import FORMATS, PAPERS, WHAT, Handout, data_of, make, name_of

__all__ = ["FORMATS", "PAPERS", "WHAT", "Handout", "data_of", "make", "name_of"]
