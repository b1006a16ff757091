"""The verbs of a visit: `desk.Desk` lists them, one module beside it per group says what each does.

Start at `desk.py`; a visit's memory is `session.Session`, what a desk works with is `equipment.Equipment`.
"""
