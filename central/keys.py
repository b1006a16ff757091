"""The platform's four keys. The terminal needs to trust only the root; the others follow from its signed statement.

In this reference platform they lie together under `DATA/keys`, readable by the service user alone. An authority keeps
the root offline: it is needed at enrolment and when the other keys change, never for a case.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from central.blobs import disk_failure
from kiosk import folders
from kiosk.failure import Failure, KioskError
from kiosk.seal import keys, records, signing, wraps

_NAMES = ("root", "record", "platform", "rescue")
_BYTES = 32
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class PlatformKeys:
    """Private keys, raw 32 bytes each: Ed25519 `root` and `record`, X25519 `platform` and `rescue`.

    `former` are platform keys that are sealed to no more; what was sealed to them still opens.
    """

    root: bytes = field(repr=False)
    record: bytes = field(repr=False)
    platform: bytes = field(repr=False)
    rescue: bytes = field(repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)

    def stated(self, public: bytes) -> "PlatformKeys":
        """The same keys, with the one that the root's statement names as the one to seal to.

        Raises:
            KioskError: `STORE_WRONG_KEY` when it is none of these.
        """
        every = (self.platform, *self.former)
        named = [key for key in every if keys.sealing_public(key) == public]
        if not named:
            raise KioskError(Failure.STORE_WRONG_KEY, role="platform")
        return replace(self, platform=named[0], former=tuple(key for key in every if key != named[0]))

    def open_record(self, sealed: bytes, context: str) -> bytes:
        """What was sealed to the platform, under whichever of its keys.

        Raises:
            KioskError: `BLOB_DAMAGED`.
        """
        return self._under_any(lambda key: records.open_record(sealed, key, context))

    def open_wrap(self, wrap: bytes) -> bytes:
        """The content key of a page that was wrapped for the platform, under whichever of its keys.

        Raises:
            KioskError: `BLOB_DAMAGED`.
        """
        return self._under_any(lambda key: wraps.open_platform_wrap(wrap, key))

    def _under_any(self, opened_with: Callable[[bytes], bytes]) -> bytes:
        try:
            return opened_with(self.platform)
        except KioskError:
            for key in self.former:
                with suppress(KioskError):
                    return opened_with(key)
            raise

    @property
    def root_public(self) -> bytes:
        """What an enrolment code carries the fingerprint of."""
        return signing.public_of(self.root)

    @property
    def record_public(self) -> bytes:
        """What acknowledgements, decisions, papers and catalogues are verified with."""
        return signing.public_of(self.record)

    @property
    def platform_public(self) -> bytes:
        """What forms and page keys are sealed to."""
        return keys.sealing_public(self.platform)

    @property
    def rescue_public(self) -> bytes:
        """What a terminal's database key is sealed to."""
        return keys.sealing_public(self.rescue)


def exist(folder: Path) -> bool:
    """Whether keys were ever made here."""
    return folder.exists()


def create(folder: Path) -> PlatformKeys:
    """Fresh keys, all four or none: written aside, flushed, renamed in one step."""
    made = PlatformKeys(
        signing.new_signing_key(), signing.new_signing_key(), keys.new_sealing_key(), keys.new_sealing_key()
    )
    aside = folder.with_name(f"{folder.name}.{os.getpid()}")
    aside.mkdir(mode=0o700, parents=True)
    for name in _NAMES:
        _write_private(aside / name, getattr(made, name))
    folders.flush(aside)
    aside.rename(folder)
    folders.flush(folder.parent)
    return made


def load(folder: Path) -> PlatformKeys:
    """The keys of this platform.

    Raises:
        KioskError: `KEY_ABSENT` when one is missing or cut, `KEY_EXPOSED` when others may read it.
    """
    root, record, platform, rescue = (_read_private(folder / name) for name in _NAMES)
    later = (_read_private(folder / f"platform.{number}") for number in _added(folder))
    return PlatformKeys(root, record, platform, rescue, tuple(later))


def add_platform_key(folder: Path) -> bytes:
    """A further platform key, durable beside the others; nothing is sealed to it before the root's statement says so.

    Raises:
        KioskError: `STORE_FULL` or `STORE_UNREADABLE`.
    """
    fresh = keys.new_sealing_key()
    number = 1 + max(_added(folder), default=0)
    try:
        _write_private(folder / f"platform.{number}", fresh)
        folders.flush(folder)
    except OSError as error:
        raise disk_failure(error, "platform") from error
    return fresh


def _added(folder: Path) -> list[int]:
    """The numbers of the platform keys that were added, in order; somebody's copy beside them is none."""
    return sorted(int(path.suffix[1:]) for path in folder.glob("platform.*") if path.suffix[1:].isdecimal())


def _write_private(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _read_private(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        data = path.read_bytes()
    except OSError as error:
        raise KioskError(Failure.KEY_ABSENT, role=f"platform_{path.name}") from error
    if mode & _OTHERS:
        raise KioskError(Failure.KEY_EXPOSED, role=f"platform_{path.name}")
    if len(data) != _BYTES:
        raise KioskError(Failure.KEY_ABSENT, role=f"platform_{path.name}", reason="length")
    return data
