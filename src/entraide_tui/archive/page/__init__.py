"""The one page: what it holds, what it carries besides, whether it fits on one sheet."""
