"""One module for each format in which a record leaves."""
