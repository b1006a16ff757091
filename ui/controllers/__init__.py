"""What the screen reads: thin objects with explicit properties, one per concern. They decide nothing.

Each holds what its screens show, asks the desk through the work lane, and tells the visit what happened.
"""
