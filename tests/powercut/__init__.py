"""Power cuts: what a program did to its disk is recorded, and every disk a cut could have left is opened again."""
