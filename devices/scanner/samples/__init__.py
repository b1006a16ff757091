"""Sample pages of people who do not exist; see `devices.scanner.pages` and LICENCE.txt beside them."""
