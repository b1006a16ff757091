"""The page pipeline: what lies before a scanner or camera becomes a straight, evenly lit, small page.

Pure functions on numpy arrays (`corners`, `warp`, `skew`, `light`, `scores`, `content`, `encoding`), put together by
`pipeline`. They run in a process of their own (`worker`), which drivers reach through `finishing`, and which also holds
the sandboxed decoder for files from elsewhere (`sandbox`). This package imports nothing heavy by itself.
"""
