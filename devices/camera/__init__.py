"""Document cameras: a driver brings pictures, `use` shows them, finds the sheet and takes it once it lies still."""
