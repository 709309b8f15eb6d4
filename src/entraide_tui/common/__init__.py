"""Shared by all other folders: text, files, locks, clocks, translation, settings, and a group's workspace."""
