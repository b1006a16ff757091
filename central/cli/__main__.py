"""`python -m central.cli`."""

from central.cli import main

main(prog_name="central")
