"""A whole workspace looked at: what is doubtful, and what can be mended without losing a word."""
