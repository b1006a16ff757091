"""`python -m central.cli`."""

from central.cli import main

main()
