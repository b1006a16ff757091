"""One encrypted data directory: sqlite-utils over SQLCipher, and sealed files beside it.

May import `kiosk`; sees neither devices nor the line.
"""
