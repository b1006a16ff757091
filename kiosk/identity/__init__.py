"""Who and what a number names: checks of numbers and codes, masking, assurance, synthetic people.

No file, no clock, no device: callers bring the day they trust.
"""
