"""The few commands of a TPM 2 that keeping one key takes, spoken to the chip itself (docs/decisions, "A TPM by hand").

Numbers and structures: TCG Trusted Platform Module Library, family 2.0, revision 1.59, parts 1 to 3.
"""
