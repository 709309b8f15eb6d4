"""The rehearsal: a made-up group, what it says and when, and how that is written down. Pure; see tui/rehearsal."""
