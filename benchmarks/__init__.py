"""Figures printed side by side with peers, in one run. `python -m benchmarks.<name>`; nothing here is a timed test."""
