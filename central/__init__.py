"""Reference central platform: intake, review, changes feed, enrolment; embedded for the demo and the tests.

May import `kiosk` and `sync.wire`; shares nothing else with the terminal.
"""
