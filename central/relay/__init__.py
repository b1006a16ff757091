"""A township hub: takes sealed records from terminals nearby.

Forwards them when its own line is up, brings answers back.

It can read nothing and forge nothing. `keeping` answers questions about a folder, `door` is what terminals ask,
`joining` makes the hub known to the platform, `forwarding` carries both ways.
"""
