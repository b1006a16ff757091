"""Whole chains in trouble: processes killed at random, long runs, many terminals."""
