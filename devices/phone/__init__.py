"""Files from a resident's phone, over the local network, sealed with a key that only the code on the screen carries."""
