"""The screen, touched: real desk, real store, shipped simulators, no display."""
