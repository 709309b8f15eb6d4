"""What a workshop is made of: the kit model, finding kits, checking them."""
