"""SM3 and SM4 as the standards print them, and what the suite makes of them."""

import hmac

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB, GCM
from cryptography.hazmat.primitives.hashes import SM3, Hash

from kiosk.seal import content, records, sm
from kiosk.seal.suite import AES, SM

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


def sm3(data: bytes) -> str:
    running = Hash(SM3())
    running.update(data)
    return running.finalize().hex()


def test_sm3_gives_the_two_digests_of_gbt_32905() -> None:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_sm4_gives_the_block_of_gbt_32907() -> None:
    encryptor = Cipher(SM4(KEY), ECB()).encryptor()  # noqa: S305 -- the standard's example is one bare block
    assert (encryptor.update(KEY) + encryptor.finalize()).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gives_the_millionth_block_of_gbt_32907() -> None:
    """CBC over zeros encrypts its own last block again and again, which is what the standard's second example does."""
    encryptor = Cipher(SM4(KEY), CBC(KEY)).encryptor()
    assert encryptor.update(bytes(16_000_000))[-16:].hex() == "595298c7c6fd271f0402f804c33d3f66"


def test_sm4_gcm_gives_what_rfc_8998_prints() -> None:
    nonce, label = bytes.fromhex("00001234567800000000abcd"), bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = b"".join(bytes((number,)) * 8 for number in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    sealed = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )

    assert sm.seal(KEY, nonce, plain, label) == sealed
    assert sm.unseal(KEY, nonce, sealed, label) == plain


def test_keys_are_derived_as_rfc_5869_says_with_another_sm3_than_the_one_used() -> None:
    def mac(key: bytes, data: bytes) -> bytes:
        return hmac.new(key, data, "sm3").digest()

    begun = mac(b"salt", b"secret")
    first = mac(begun, b"label\x01")
    second = mac(begun, first + b"label\x02")

    assert sm.derive(b"secret", b"salt", b"label", 60) == (first + second)[:60]


def test_what_opens_under_a_key_commits_to_it() -> None:
    """Where only the tag decided, somebody who knows two keys could make one file that opens under both."""
    key, other = content.new_key(), content.new_key()
    sealed = sm.encrypt(b"plain", key, content.PAGE)
    salt, rest = sealed[:32], sealed[64:]
    moved = salt + sm.encrypt(b"plain", other, content.PAGE)[32:64] + rest

    with pytest.raises(InvalidTag):
        sm.decrypt(moved, key, content.PAGE)


def test_the_first_byte_says_the_suite_and_wraps_are_of_one_length() -> None:
    key = content.new_key()

    assert content.encrypt(b"", key, content.PAGE)[:1] == AES.mark == b"\x01"
    assert content.encrypt(b"", key, content.PAGE, SM)[:1] == SM.mark == b"\x02"
    assert {len(suite.lock(key, key, b"")) for suite in (AES, SM)} == {60}


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 with HMAC-SM3, by hand."""
    begun, made, block = hmac.new(salt or bytes(32), secret, "sm3").digest(), b"", b""
    while len(made) < length:
        block = hmac.new(begun, block + info + bytes((len(made) // 32 + 1,)), "sm3").digest()
        made += block
    return made[:length]


def opened(key: bytes, nonce: bytes, sealed: bytes, label: bytes) -> bytes:
    decryptor = Cipher(SM4(key), GCM(nonce, sealed[-16:])).decryptor()
    decryptor.authenticate_additional_data(label)
    return decryptor.update(sealed[:-16]) + decryptor.finalize()


def test_a_record_opens_by_what_the_page_on_the_wire_says_alone() -> None:
    """`docs/sync-protocol.md` §2, suite 0x02, written down once more with nothing of ours."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    sealed = records.seal_record(b"plain", public, "form/e1", SM)
    info, context = b"jinban/record/1|form/e1", b"jinban/record/1form/e1"
    once, wrapped, mark, body = sealed[1:33], sealed[33:81], sealed[81:82], sealed[82:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(once))
    keys = hkdf(shared, b"", b"jinban/sm/wrap/1|" + once + public + info, 28)
    content_key = opened(keys[:16], keys[16:], wrapped, info)
    salt, commitment, rest = body[:32], body[32:64], body[64:]
    made = hkdf(content_key, salt, b"jinban/sm/content/1|" + context, 60)

    assert sealed[:1] == mark == b"\2"
    assert commitment == made[28:]
    assert opened(made[:16], made[16:28], rest, context) == b"plain"
