"""What stands on a screen, measured from its items and its pixels."""
