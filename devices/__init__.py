"""Card readers, scanners and printers: one folder per kind, one file per driver, a shipped simulator beside each.

May import `kiosk`; sees neither the line nor the database. Every driver runs in a child process of `devices.host`.
"""
