"""The screens of a rehearsal with a made-up group."""
