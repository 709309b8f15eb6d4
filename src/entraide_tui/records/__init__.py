"""The one page and its archive: what a session leaves, its journal while it lasts, its files afterwards."""
