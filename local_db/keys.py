"""Where the key of a data directory comes from: a systemd credential, a TPM, or a file only the service user may read.

Credential and file hold the same text, 64 hexadecimal digits, so that a technician can move a key from one to the other
(`systemd-creds encrypt key …`) and restore it from the rescue copy.
"""

import os
import re
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.failure import Failure, KioskError
from local_db import tpmkey
from local_db.files import create_durably, told
from local_db.standing import Standing
from local_db.tpmkey import TpmKey

__all__ = [
    "CredentialKey",
    "FileKey",
    "KeyProvider",
    "Standing",
    "TpmKey",
    "backup_secret",
    "key_text",
    "provider_for",
    "provider_secret",
]

FILE_NAME: Final = "key"
CREDENTIAL: Final = "jinban-key"
_SHAPE: Final = re.compile(rb"[0-9a-f]{64}\n?")
_SECRET: Final = b"jinban/provider-secret/1"
_BACKUP: Final = b"jinban/backup-secret/1"


class KeyProvider(Protocol):
    """Gives the 32-byte key. `name` and `standing` are for the doctor."""

    @property
    def name(self) -> str:
        """Which kind of provider this is."""

    @property
    def standing(self) -> Standing:
        """Whether whoever takes the disk gets the key too (amber) or not (green)."""

    def key(self) -> bytes:
        """The key.

        Raises:
            KioskError: `KEY_ABSENT` (missing, or reason `shape`), `KEY_EXPOSED`, `STORE_UNREADABLE`; a `TPM_…` failure.
        """

    def create(self) -> bytes:
        """Make a key where there is none, for a new data directory; the one that is there otherwise."""


class FileKey:
    """`DATA/key`, mode 0600. It lies on the same disk as what it opens: amber."""

    name = "file"
    standing = Standing.AMBER
    file = FILE_NAME

    def __init__(self, data: Path, name: str = FILE_NAME) -> None:
        self._path = data / name

    def sealed(self, key: bytes) -> bytes:
        """That key as this provider's file holds it."""
        return key_text(key)

    def key(self) -> bytes:
        """See `KeyProvider.key`; refuses a file that group or others may touch."""
        return _read(self._path, forbidden=0o077)

    def create(self) -> bytes:
        """See `KeyProvider.create`; two processes that create at once end up with the same key."""
        with told("key"), suppress(FileExistsError):
            create_durably(self._path, key_text(secrets.token_bytes(32)))
        return self.key()


class CredentialKey:
    """`$CREDENTIALS_DIRECTORY/jinban-key`, which systemd decrypts for this service alone: green."""

    name = "systemd"
    standing = Standing.GREEN

    def __init__(self, folder: Path) -> None:
        self._path = folder / CREDENTIAL

    def key(self) -> bytes:
        """See `KeyProvider.key`. The group's read bit may be the mask of systemd's access list, so it is let pass."""
        return _read(self._path, forbidden=0o037)

    def create(self) -> bytes:
        """The key that was provisioned; a credential is never made here."""
        return self.key()


def provider_for(data: Path, environ: Mapping[str, str] = os.environ) -> KeyProvider:
    """The provider this directory has: the credential when systemd passed one, the TPM that sealed, else the file."""
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if folder and (Path(folder) / CREDENTIAL).exists():
        return CredentialKey(Path(folder))
    return TpmKey(data) if (data / tpmkey.FILE_NAME).exists() else FileKey(data)


def provider_secret(key: bytes) -> bytes:
    """What owner tags and draft keys derive from: never the database key itself, and lost together with it."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_SECRET).derive(key)


def backup_secret(key: bytes) -> bytes:
    """What opens the backups of this terminal: they open wherever its database key is, and nowhere else."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_BACKUP).derive(key)


def key_text(key: bytes) -> bytes:
    """A key as its file holds it."""
    return key.hex().encode() + b"\n"


def _read(path: Path, forbidden: int) -> bytes:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_bytes()
    except FileNotFoundError as error:
        raise KioskError(Failure.KEY_ABSENT, role="key") from error
    except OSError as error:
        raise KioskError(Failure.STORE_UNREADABLE, role="key") from error
    if mode & forbidden:
        raise KioskError(Failure.KEY_EXPOSED, role="key", mode=f"{mode:04o}")
    if not _SHAPE.fullmatch(text):
        raise KioskError(Failure.KEY_ABSENT, role="key", reason="shape")
    return bytes.fromhex(text.decode())
