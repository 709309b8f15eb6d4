"""How quick and how light the program is: each figure a ratio against something run beside it, on the same machine.

uv run python -m benchmarks                   all figures, 9 rounds
uv run python -m benchmarks --only keys --runs 3
"""
