"""Open sessions on this machine: their journal, their recovery, and how they become records."""
