"""What is printed of a kit: a poster for the wall, role cards, blank cards, the facilitator's step-by-step sheet."""

from entraide_tui.exports.handouts.making import FORMATS, PAPERS, WHAT, Handout, made, make, name_of

__all__ = ["FORMATS", "PAPERS", "WHAT", "Handout", "made", "make", "name_of"]
