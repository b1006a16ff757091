"""Identity card readers. `record` knows the four layouts of the chip's text block, whatever reader brought it."""
