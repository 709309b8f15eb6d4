"""Texts and pictures that screens show, drawn from the state."""
