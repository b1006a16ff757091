"""The courier at the terminal: what waits goes onto a stick, and what a stick brings back is proven and taken."""
