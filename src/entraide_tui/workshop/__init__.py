"""The live session, pure: its events, the state that they lead to, time, turns.

Nothing here reads a clock, a file or a key: moments are arguments, in seconds of session time, which starts at 0 when
the session is opened and never goes back.
"""
