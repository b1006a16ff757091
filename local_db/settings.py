"""Small facts of this data directory, by name."""

from dataclasses import replace
from datetime import date
from typing import Final

import msgspec

from kiosk import journal
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import StopCause, TerminalIdentity
from local_db.connection import Connection
from local_db.journal import Journal

PROVIDER_SECRET: Final = "provider.secret"  # noqa: S105 -- its name
"""What tags and draft keys are made with, where the key it was derived from was renewed."""

RESCUE_KEY: Final = "platform.rescue_key"
"""The public key that the rescue copy is sealed to."""

_IDENTITY: Final = "terminal.identity"
_DEVICE_KEY: Final = "terminal.device_key"
_TERMINAL_KEY: Final = "terminal.terminal_key"
_STOPPED: Final = "terminal.stopped"


class Settings:
    """See `kiosk.ports.Settings`."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._db = connection
        self._journal = journal

    def enrol(self, identity: TerminalIdentity, device_key: bytes, terminal_key: bytes) -> None:
        """Make this data directory the terminal it was enrolled as: identity and both private keys, all or none.

        A new epoch ends whatever had stopped the terminal in the one before.
        """
        with self._db.write_tx():
            again = self.get(_IDENTITY) is not None
            self.put(_IDENTITY, msgspec.json.encode(identity))
            self.put(_DEVICE_KEY, device_key)
            self.put(_TERMINAL_KEY, terminal_key)
            self._db.run("DELETE FROM settings WHERE name = ?", (_STOPPED,))
            self._journal.append("terminal.enrolled", identity.terminal, "technician", {"epoch": identity.epoch})
            if again:
                self._journal.begin_epoch()

    def stop(self, why: StopCause) -> None:
        """Take nothing new from here on, until there is another epoch; what waits is sent all the same.

        The first reason stays.
        """
        with self._db.write_tx():
            if self.stopped() is None:
                self.put(_STOPPED, why.encode())
                self._journal.append("terminal.stopped", why, "terminal")

    def stopped(self) -> StopCause | None:
        """Why this terminal takes nothing new; None while it does."""
        found = self.get(_STOPPED)
        return None if found is None else StopCause(found.decode())

    def demand_running(self) -> None:
        """Called before a number is given.

        Raises:
            KioskError: `TERMINAL_STOPPED` with the reason.
        """
        if (why := self.stopped()) is not None:
            raise KioskError(Failure.TERMINAL_STOPPED, reason=why)

    def relocate(self, platform_url: str) -> None:
        """The same platform answers at another address from now on."""
        with self._db.write_tx():
            moved = replace(self.identity(), platform_url=platform_url)
            self.put(_IDENTITY, msgspec.json.encode(moved))
            self._journal.append("terminal.relocated", moved.terminal, "technician")

    def seal_to(self, platform_key: bytes) -> None:
        """Forms and pages are sealed to this key of the same platform from now on."""
        with self._db.write_tx():
            moved = replace(self.identity(), platform_key=platform_key)
            self.put(_IDENTITY, msgspec.json.encode(moved))
            self._journal.append("platform.rekeyed", moved.terminal, "platform", {"key": platform_key.hex()[:16]})

    def identity(self) -> TerminalIdentity:
        """Who this terminal is.

        Raises:
            KioskError: `NOT_PROVISIONED` before `enrol`.
        """
        data = self._demand(_IDENTITY)
        try:
            return msgspec.json.decode(data, type=TerminalIdentity)
        except msgspec.DecodeError as error:
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="identity") from error

    def seal(self, head: journal.Head, day: date) -> dict[str, str] | None:
        """The signature that closes a day of the journal; None before `enrol`."""
        key = self.get(_DEVICE_KEY)
        return None if key is None else journal.seal_details(head, day, key, self.identity().statement)

    def root(self) -> bytes | None:
        """The platform's root key; None before `enrol`."""
        return None if self.get(_IDENTITY) is None else self.identity().root_key

    def device_key(self) -> bytes:
        """The private key this terminal signs with (Ed25519, raw).

        Raises:
            KioskError: `NOT_PROVISIONED` before `enrol`.
        """
        return self._demand(_DEVICE_KEY)

    def terminal_key(self) -> bytes:
        """The private key decisions are sealed to (X25519, raw).

        Raises:
            KioskError: `NOT_PROVISIONED` before `enrol`.
        """
        return self._demand(_TERMINAL_KEY)

    def get(self, name: str) -> bytes | None:
        """The value under a name."""
        row = self._db.row("SELECT value FROM settings WHERE name = ?", (name,))
        return row[0] if row else None

    def put(self, name: str, value: bytes) -> None:
        """Set the value under a name."""
        with self._db.write_tx():
            self._db.upsert("settings", "name", {"name": name, "value": value})

    def _demand(self, name: str) -> bytes:
        value = self.get(name)
        if value is None:
            raise KioskError(Failure.NOT_PROVISIONED)
        return value
