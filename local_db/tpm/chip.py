"""Sealing 32 bytes to one TPM, and getting them back, over a session that hides them on the way.

Between processor and chip lie wires that can be listened to. So both commands that carry the key run in a session that
is salted to the chip's own storage key, encrypts the parameter and proves both sides (part 1, §19 and §21).
"""

import hmac
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.failure import Failure, KioskError
from local_db.tpm.line import TpmLine
from local_db.tpm.packing import SHA256, cfb, kdf_a, kdf_e, name_of, sized, take

OWNER: Final = 0x40000001
ENDORSEMENT: Final = 0x4000000B
_NULL: Final = 0x40000007
_PASSWORD: Final = 0x40000009
_PLAIN, _SESSIONS = 0x8001, 0x8002
_CREATE_PRIMARY, _CREATE, _LOAD, _UNSEAL = 0x131, 0x153, 0x157, 0x15E
_START_SESSION, _FLUSH = 0x176, 0x165
_CONTINUE, _DECRYPT, _ENCRYPT = 0x01, 0x20, 0x40
_P256: Final = 0x0003
# A storage key as TCG's EK/SRK profile has it: fixed to this TPM and parent, its secret made and kept in there, for
# decryption alone, empty password, no part in the lock-out. ECC P-256, AES-128-CFB.
_STORAGE_KEY: Final = (
    struct.pack(">HHI", 0x0023, SHA256, 0x30472)
    + sized(b"")
    + struct.pack(">HHHHHH", 0x0006, 128, 0x0043, 0x0010, _P256, 0x0010)
    + sized(b"")
    + sized(b"")
)
# Sealed bytes: fixed to this TPM and parent, empty password, no part in the lock-out.
_SEALED: Final = struct.pack(">HHI", 0x0008, SHA256, 0x452) + sized(b"") + struct.pack(">H", 0x0010) + sized(b"")
_NOT_OURS: Final = frozenset({0x1DF, 0x2DF, 0x18B, 0x28B})
"""TPM_RC_INTEGRITY and TPM_RC_HANDLE: these bytes were made in another TPM, or before it was cleared."""


@dataclass(frozen=True, slots=True)
class Storage:
    """A loaded storage key. `name` is the same as long as the hierarchy's seed is."""

    handle: int
    public: bytes

    @property
    def name(self) -> bytes:
        """Algorithm and digest of its public half."""
        return name_of(self.public)

    def point(self) -> ec.EllipticCurvePublicKey:
        """Its public half."""
        x, rest = take(self.public[-68:])
        return ec.EllipticCurvePublicNumbers(_number(x), _number(take(rest)[0]), ec.SECP256R1()).public_key()


@dataclass(slots=True)
class _Session:
    handle: int
    key: bytes = field(repr=False)
    theirs: bytes
    ours: bytes = b""


class Chip:
    """One TPM behind a line. What is loaded is flushed again: without a resource manager it has three places."""

    def __init__(self, line: TpmLine) -> None:
        self._line = line

    @contextmanager
    def storage(self, hierarchy: int) -> Iterator[Storage]:
        """The storage key of a hierarchy, made anew from its seed: the same each time, until the TPM is cleared.

        Raises:
            KioskError: `TPM_REFUSED` where the hierarchy has a password or is switched off.
        """
        parameters = sized(struct.pack(">HH", 0, 0)) + sized(_STORAGE_KEY) + sized(b"") + struct.pack(">I", 0)
        empty = struct.pack(">IHBH", _PASSWORD, 0, 0, 0)
        body = struct.pack(">I", hierarchy) + struct.pack(">I", len(empty)) + empty + parameters
        answer = self._ask(_SESSIONS, _CREATE_PRIMARY, body)
        (handle,) = struct.unpack_from(">I", answer)
        try:
            yield Storage(handle, take(answer[8:])[0])
        finally:
            self._flush(handle)

    def seal(self, parent: Storage, secret: bytes) -> tuple[bytes, bytes]:
        """`secret` as only this chip gives it back: its public and its encrypted private part."""
        with self._session(parent) as session:
            rest = sized(_SEALED) + sized(b"") + struct.pack(">I", 0)
            answer = self._in_session(session, _CREATE, parent, sized(b"") + sized(secret), rest)
        private, behind = take(answer)
        return take(behind)[0], private

    def unseal(self, parent: Storage, public: bytes, private: bytes) -> bytes:
        """The secret.

        Raises:
            KioskError: `TPM_OTHER` where these parts belong to no key of this chip.
        """
        with self._loaded(parent, public, private) as sealed, self._session(parent) as session:
            return take(self._in_session(session, _UNSEAL, sealed))[0]

    @contextmanager
    def _loaded(self, parent: Storage, public: bytes, private: bytes) -> Iterator[Storage]:
        empty = struct.pack(">IHBH", _PASSWORD, 0, 0, 0)
        body = struct.pack(">II", parent.handle, len(empty)) + empty + sized(private) + sized(public)
        (handle,) = struct.unpack_from(">I", self._ask(_SESSIONS, _LOAD, body))
        try:
            yield Storage(handle, public)
        finally:
            self._flush(handle)

    @contextmanager
    def _session(self, salted_to: Storage) -> Iterator[_Session]:
        """An HMAC session whose key only the holder of that storage key can know."""
        own = ec.generate_private_key(ec.SECP256R1())
        numbers = own.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        theirs = salted_to.point()
        their_x = theirs.public_numbers().x.to_bytes(32, "big")
        salt = kdf_e(own.exchange(ec.ECDH(), theirs), b"SECRET", x, their_x)
        ours = secrets.token_bytes(32)
        symmetric = struct.pack(">HHHH", 0x0006, 128, 0x0043, SHA256)
        body = (
            struct.pack(">II", salted_to.handle, _NULL) + sized(ours) + sized(sized(x) + sized(y)) + b"\0" + symmetric
        )
        answer = self._ask(_PLAIN, _START_SESSION, body)
        (handle,) = struct.unpack_from(">I", answer)
        nonce = take(answer[4:])[0]
        try:
            yield _Session(handle, kdf_a(salt, b"ATH", nonce, ours), nonce)
        finally:
            self._flush(handle)

    def _in_session(
        self, session: _Session, code: int, on: Storage, secret: bytes | None = None, rest: bytes = b""
    ) -> bytes:
        """One command on one object. What it gives is encrypted, and `secret`, its first parameter, where there is one.

        Raises:
            KioskError: `TPM_REFUSED`, also where the answer is not the chip's.
        """
        session.ours = secrets.token_bytes(32)
        attributes = _CONTINUE | (_DECRYPT if secret is not None else _ENCRYPT)
        parameters = rest
        if secret is not None:
            hidden = cfb(kdf_a(session.key, b"CFB", session.ours, session.theirs), secret)
            parameters = sized(hidden) + rest
        digest = sha256(struct.pack(">I", code) + on.name + parameters).digest()
        proof = _proof(session, digest, session.ours, session.theirs, attributes)
        area = struct.pack(">I", session.handle) + sized(session.ours) + bytes([attributes]) + sized(proof)
        answer = self._ask(_SESSIONS, code, struct.pack(">II", on.handle, len(area)) + area + parameters)
        (size,) = struct.unpack_from(">I", answer)
        given, behind = answer[4 : 4 + size], answer[4 + size :]
        session.theirs, behind = take(behind)
        expected = _proof(
            session, sha256(struct.pack(">II", 0, code) + given).digest(), session.theirs, session.ours, behind[0]
        )
        if not hmac.compare_digest(expected, take(behind[1:])[0]):
            raise KioskError(Failure.TPM_REFUSED, role="tpm", reason="proof")
        if secret is not None:
            return given
        hidden, more = take(given)
        return sized(cfb(kdf_a(session.key, b"CFB", session.theirs, session.ours), hidden, decrypt=True)) + more

    def _flush(self, handle: int) -> None:
        self._ask(_PLAIN, _FLUSH, struct.pack(">I", handle))

    def _ask(self, tag: int, code: int, body: bytes) -> bytes:
        answered, rest = self._line.ask(struct.pack(">HII", tag, 10 + len(body), code) + body)
        if answered in _NOT_OURS and code == _LOAD:
            raise KioskError(Failure.TPM_OTHER, role="tpm", reason="parts")
        if answered:
            raise KioskError(Failure.TPM_REFUSED, role="tpm", command=f"{code:#x}", code=f"{answered:#x}")
        return rest


def _proof(session: _Session, digest: bytes, newer: bytes, older: bytes, attributes: int) -> bytes:
    return hmac.digest(session.key, digest + newer + older + bytes([attributes]), sha256)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")
