"""Changing a record that is written: in place, with what it was kept, and what changed told."""
