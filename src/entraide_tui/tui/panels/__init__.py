"""What screens ask beside their content."""
