"""Sharing without giving people away, and erasing a person: names found, replaced, and looked for once more."""
