"""A4 printers behind a queue of cupsd, for what speaks no IPP itself or is shared by that way already."""
