"""Scanners: flatbeds, feeders, cameras. Every page passes `devices.scanner.inspect` in the driver's process."""
