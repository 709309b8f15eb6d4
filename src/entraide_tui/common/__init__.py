"""What all the rest stands on: text, files, locks, clocks, words, and where a group's files are."""
