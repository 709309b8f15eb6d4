"""The rehearsal on the screen."""
