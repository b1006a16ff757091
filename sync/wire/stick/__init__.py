"""The memory stick: the same records as on the line, in files. `docs/sync-protocol.md` §12 describes it.

`messages` are what the index files say, `medium` reads and writes the files, `labels` says which sticks are ours.
"""
