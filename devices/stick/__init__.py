"""Files from a resident's USB stick: listed, and the chosen ones opened in the sandbox."""
