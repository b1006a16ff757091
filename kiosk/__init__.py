"""The inside of Jinban: nouns, rules, steps and verbs of one visit.

No Qt, no SQL, no HTTP, no device lives here; what the inside needs from the world is listed in `kiosk.ports`.
May import: the standard library and pure libraries. `kiosk.cli` alone is the composition root and imports everything.
"""

from kiosk.lean import without

with without("rich"):
    # It draws tracebacks for developers, comes in with the platform's library and would cost the screen 10 MB.
    import structlog as structlog
