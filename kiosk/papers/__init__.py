"""The terminal's own papers: `content` says what stands on them, the rest draws it with reportlab.

Drawing is loaded on use and runs in a process of its own (`press`); the platform's legal papers share the typography.
"""
