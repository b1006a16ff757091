"""Demo cards of people who do not exist; see `devices.idcard.cards`."""
