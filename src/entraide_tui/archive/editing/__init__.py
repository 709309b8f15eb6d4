"""Changes to written records: in place, with the former version kept and the differences shown."""
