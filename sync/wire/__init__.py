"""The wire: the one room shared with `central/`.

`messages` are the messages, `coding` turns them into bytes, `frames` carries blobs, `records` signs and seals what the
platform states, `requests` signs what the terminal asks. `docs/sync-protocol.md` says the same for whoever writes
another platform.
"""
