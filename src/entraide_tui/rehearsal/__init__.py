"""Rehearsals: the simulated group, its scenario, and how its lines get onto the cards. Pure; the screens are in
tui/rehearsal."""
