"""Shipped simulators of printers, each in a process of its own (`devices.simulators`)."""
