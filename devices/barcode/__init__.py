"""Readers of bar codes and QR codes: guns on a serial port, and a simulated one."""
