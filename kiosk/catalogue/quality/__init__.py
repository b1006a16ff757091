"""Quality rules for what an author wrote, in groups; `kiosk.catalogue.check` applies them all.

They are the rules of a real city's checker of service items, and ours: nobody may be asked for what has no basis, no
promise outlasts the law, every reference leads somewhere.
"""
