"""The check of a workspace: finds what is broken or doubtful, and repairs what it can without losing a word."""
