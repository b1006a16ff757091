"""Whole visits, as people live them."""
