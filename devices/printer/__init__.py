"""Printers. What they print is drawn elsewhere: a driver gets a whole PDF."""
