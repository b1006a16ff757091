"""Cameras played from outside: processes of their own on loopback."""
