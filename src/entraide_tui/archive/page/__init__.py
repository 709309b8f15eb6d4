"""The page of a record: its content, its options, whether it fits on one sheet."""
