"""Taking events in: each one alone, exactly once, and nothing that does not fit.

`reading` takes a manifest apart, `fitness` and `forms` say whether an event fits, `taking` writes it down, `answers`
says what became of it.
"""
