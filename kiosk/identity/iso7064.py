"""ISO 7064 check characters: MOD 11-2 (identity numbers) and MOD 37,36 (e-licences, submission numbers).

Both catch every single wrong character; MOD 11-2 also every transposition of neighbours.
"""

_DIGITS = "0123456789"
_RESIDUES = "0123456789X"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mod_11_2(body: str) -> str:
    """The check character (`0`–`9` or `X`) of a string of ASCII digits.

    Raises:
        ValueError: another character occurs.
    """
    remainder = 0
    for character in body:
        remainder = (remainder + _DIGITS.index(character)) * 2 % 11
    return _RESIDUES[(1 - remainder) % 11]


def mod_37_36(body: str) -> str:
    """The check character of a string of digits and upper-case letters (hybrid system, check in the same alphabet).

    Raises:
        ValueError: another character occurs.
    """
    remainder = 36
    for character in body:
        remainder = (remainder + _ALPHABET.index(character)) % 36 or 36
        remainder = remainder * 2 % 37
    return _ALPHABET[(37 - remainder) % 36]
