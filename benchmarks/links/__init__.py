"""Bad links, and who delivers over them: the emulator, the peers and our own terminal as one of them."""
