"""Kits, the scripts of workshops: model, loader, catalogue, search, comparison, editing."""
