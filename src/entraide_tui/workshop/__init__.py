"""The live session, pure: what can happen (events), what it leads to (state), time, turns.

Nothing here reads a clock, a file or a key: moments come in as arguments, in seconds of the session's own
time, which starts at 0 when the session is opened and never goes back.
"""
