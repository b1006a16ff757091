"""The tests mirror the packages; `journeys/` walks whole visits, `faults/` breaks things on purpose."""
