"""A code reader to be had without one, played from the outside."""
