"""Driver `pcsc`: social-security cards (社会保障卡) in any reader the smart-card service pcscd knows.

It reads the issuer's file EF05 and the holder's file EF06 of the social-security application, and only the elements an
application needs: the card's identification code, its days, the number, the name and the nation. The bank application
on the same chip is never selected, the card's number never read. What lies behind a PIN or a PSAM is left to a vendor's
driver (`CARD_NEEDS_VENDOR`). Without the issuer's PSAM nobody can tell a genuine chip from a copy, so the card that
comes out says what it is: `kiosk.model.people.CardMedium.SOCIAL_SECURITY`.

Options, all of them text and none of them needed:

reader
    A part of the reader's name as pcscd shows it, upper or lower case; for machines with several readers or with a
    second slot that holds a PSAM. All readers are watched when it is left out, and the card that came last is read.
socket
    The path of pcscd's socket when it is not the usual one, as `PCSCLITE_CSOCK_NAME` of pcsc-lite.
apdu_seconds
    How long the card may take for one command, 0.5 to 20; 4 when left out. pcscd itself would wait for ever.
"""
