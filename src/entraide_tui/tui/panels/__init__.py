"""The questions that screens ask in the side panel."""
