"""Looks for what a person left behind, wherever the terminal can write: files, shared memory, the opened database."""
