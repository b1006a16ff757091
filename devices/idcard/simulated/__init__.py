"""Simulators that play a card reader from the outside, on a line of their own."""
