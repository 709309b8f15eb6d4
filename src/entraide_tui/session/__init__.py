"""The open workshop on this machine: its journal, its recovery, and how it becomes a record."""
