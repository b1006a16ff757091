"""Using the terminal without touching the screen: which key means what, and where the frame goes next."""
