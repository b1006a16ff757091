"""Scanners played from the outside: programs of their own that answer on loopback as the hardware would."""
