"""Find and replace names in what is shared, and erase a person on request."""
