"""The keyboard: what the letters become, how fast, and that touching its keys writes into a field."""
