"""The key sealed by this machine's TPM: `DATA/key.tpm` opens in the chip that sealed it and nowhere else."""

import secrets
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kiosk.failure import Failure, KioskError
from local_db.files import create_durably, told, write_durably
from local_db.standing import Standing
from local_db.tpm.chip import ENDORSEMENT, OWNER, Chip
from local_db.tpm.line import TpmLine

FILE_NAME: Final = "key.tpm"
DEVICE: Final = Path("/dev/tpmrm0")
_KEY_BYTES: Final = 32
_OTHERS: Final = 0o077


@dataclass(frozen=True, slots=True)
class _Sealed:
    """What the file holds: where the TPM is, by which names it is known again, and the two parts of the sealed key."""

    tpm: str
    owner: str
    endorsement: str
    public: str
    private: str


class TpmKey:
    """A key that the TPM gives back to this machine alone: green.

    `device` is where to seal; without one, where it was sealed before, or `DEVICE`. To open, the file says where. No
    register (PCR) is bound to it: an update of firmware or system would lock the terminal's own people out.
    """

    name = "tpm"
    standing = Standing.GREEN
    file = FILE_NAME

    def __init__(
        self, data: Path, device: Path | None = None, patience: float = 10.0, *, name: str = FILE_NAME
    ) -> None:
        self._path = data / name
        self._device = device
        self._patience = patience

    def key(self) -> bytes:
        """The key, out of the chip.

        Raises:
            KioskError: `KEY_ABSENT`, `KEY_EXPOSED`, `STORE_UNREADABLE`; `TPM_ABSENT`, `TPM_BUSY`, `TPM_OTHER`,
                `TPM_CLEARED`, `TPM_REFUSED`.
        """
        sealed = self._read()
        with _readable(), TpmLine(Path(sealed.tpm), self._patience) as line:
            key = _unseal(Chip(line), sealed)
        if len(key) != _KEY_BYTES:
            raise KioskError(Failure.KEY_ABSENT, role="key", reason="shape")
        return key

    def create(self) -> bytes:
        """A fresh key where there is none; the one that is there otherwise.

        Raises:
            KioskError: as `key`.
        """
        if not self._path.exists():
            file = self.sealed(secrets.token_bytes(_KEY_BYTES))
            with told("key"), suppress(FileExistsError):
                create_durably(self._path, file)
        return self.key()

    def keep(self, key: bytes) -> None:
        """Seal this key in place of the one that is there, and make sure that it comes back.

        Raises:
            KioskError: as `key`; what was there before is then as it was, unless the new one was just written.
        """
        file = self.sealed(key)
        with told("key"):
            write_durably(self._path, file)
        if self.key() != key:
            raise KioskError(Failure.TPM_REFUSED, role="tpm", reason="other_bytes")

    def sealed(self, key: bytes) -> bytes:
        """That key sealed by the TPM, as this provider's file holds it.

        Raises:
            KioskError: a `TPM_…` failure.
        """
        device = self._device or (Path(self._read().tpm) if self._path.exists() else DEVICE)
        with _readable(), TpmLine(device, self._patience) as line:
            chip = Chip(line)
            with chip.storage(ENDORSEMENT) as endorsement:
                known = endorsement.name
            with chip.storage(OWNER) as owner:
                public, private = chip.seal(owner, key)
                parts = (str(device), owner.name.hex(), known.hex(), public.hex(), private.hex())
        return msgspec.json.encode(_Sealed(*parts)) + b"\n"

    def _read(self) -> _Sealed:
        try:
            mode, text = stat.S_IMODE(self._path.stat().st_mode), self._path.read_bytes()
        except FileNotFoundError as error:
            raise KioskError(Failure.KEY_ABSENT, role="key") from error
        except OSError as error:
            raise KioskError(Failure.STORE_UNREADABLE, role="key") from error
        if mode & _OTHERS:
            raise KioskError(Failure.KEY_EXPOSED, role="key", mode=f"{mode:04o}")
        try:
            return msgspec.json.decode(text, type=_Sealed)
        except msgspec.DecodeError as error:
            raise KioskError(Failure.KEY_ABSENT, role="key", reason="shape") from error


@contextmanager
def _readable() -> Iterator[None]:
    """An answer that is cut, or holds no point of the curve, is no answer of this chip."""
    try:
        yield
    except (ValueError, IndexError, struct.error) as error:
        raise KioskError(Failure.TPM_REFUSED, role="tpm", reason="answer") from error


def _unseal(chip: Chip, sealed: _Sealed) -> bytes:
    """The key; who the chip is comes first, so that no other one is given a session to talk in."""
    with chip.storage(OWNER) as owner:
        if owner.name.hex() == sealed.owner:
            return chip.unseal(owner, bytes.fromhex(sealed.public), bytes.fromhex(sealed.private))
    # Clearing a TPM gives its owner hierarchy another seed and leaves the one of its maker.
    with chip.storage(ENDORSEMENT) as endorsement:
        same = endorsement.name.hex() == sealed.endorsement
    raise KioskError(Failure.TPM_CLEARED if same else Failure.TPM_OTHER, role="tpm")
