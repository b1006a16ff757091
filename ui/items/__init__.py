"""Painted things QML cannot draw by itself: icons in any colour, and pictures that belong to one visit."""
