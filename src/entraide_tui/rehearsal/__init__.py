"""Rehearsals: scenarios, the simulated group, and its lines on the cards. Pure; tui/rehearsal has the screens."""
