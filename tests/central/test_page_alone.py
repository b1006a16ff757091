"""A terminal written from `docs/sync-protocol.md` alone delivers a case and reads what was decided.

Nothing of the product is imported for it, only what the page names: msgpack, deflate, Ed25519, HPKE, Cobblestone-256.
The payload is the page's own example.
"""

import base64
import hashlib
import http.client
import json
import re
import secrets
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec.msgpack
from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from central import fleet
from tests.central.catalogue import ITEM
from tests.central.conftest import Platform

PAGE = (Path(__file__).parents[2] / "docs" / "sync-protocol.md").read_text(encoding="utf-8")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MIXED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SUITE = b"\x01"
HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
MEDIA = "application/vnd.jinban+msgpack"
FRAMES = "application/vnd.jinban.frames"


def verify(key: bytes, domain: str, data: bytes, signature: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(key).verify(signature, b"jinban/" + domain.encode() + b"/1\0" + data)


def read_record(raw: bytes, kind: str, key: bytes) -> Any:
    record = msgspec.msgpack.decode(raw)
    return read(record, kind, key)


def read(record: Any, kind: str, key: bytes) -> Any:
    assert record["kind"] == kind
    verify(key, "record", kind.encode() + b"\0" + record["body"], record["signature"])
    return record["body"] if record.get("sealed") else msgspec.msgpack.decode(record["body"])


def cobblestone(plain: bytes, key: bytes, context: bytes) -> bytes:
    encryptor = Cobblestone256Encryptor(key, context=context)
    return SUITE + encryptor.update(plain) + encryptor.finalize()


def seal(plain: bytes, to: bytes, context: str) -> bytes:
    key = secrets.token_bytes(32)
    wrap = HPKE.encrypt(key, X25519PublicKey.from_public_bytes(to), info=b"jinban/record/1|" + context.encode())
    return SUITE + wrap + cobblestone(plain, key, b"jinban/record/1" + context.encode())


def unseal(sealed: bytes, private: X25519PrivateKey, context: str) -> bytes:
    assert sealed[:1] == sealed[81:82] == SUITE
    key = HPKE.decrypt(sealed[1:81], private, info=b"jinban/record/1|" + context.encode())
    decryptor = Cobblestone256Decryptor(key, context=b"jinban/record/1" + context.encode())
    return bytes(decryptor.update(sealed[82:]) + decryptor.finalize())


class Alone:
    """What the page says a terminal does."""

    def __init__(self, url: str, code: str) -> None:
        self.url, self.nonce = url, 0
        self.device, self.key = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        text = code.replace("-", "")
        values = [ALPHABET.index(one) for one in text]
        assert sum((2 * place + 1) * value for place, value in enumerate(values[:29])) % 32 == values[29]
        root = msgspec.msgpack.decode(self.ask("GET", "/v1/root", b"", {}))
        digest = hashlib.sha256(b"jinban/root/1\0" + root["root"]).digest()
        number = int.from_bytes(digest[:10], "big")
        assert text[13:29] == "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
        verify(root["root"], "platform", root["statement"][64:], root["statement"][:64])
        self.platform = msgspec.msgpack.decode(root["statement"][64:])
        public = self.device.public_key().public_bytes_raw()
        asked = {"secret": text[:13], "device": public, "terminal_key": self.key.public_key().public_bytes_raw()}
        answer = self.ask("POST", "/v1/enrol", msgspec.msgpack.encode(asked), {"Content-Type": MEDIA})
        self.me = read_record(answer, "enrol", self.platform["record_key"])
        stated = self.me["device_statement"]
        verify(root["root"], "device", stated[64:], stated[:64])
        version, _, length = struct.unpack(">BIB", stated[64:70])
        assert (version, stated[70 : 70 + length].decode()) == (1, self.me["terminal"] + self.me["epoch"])
        assert stated[70 + length :] == public

    def ask(self, method: str, path: str, body: bytes, head: dict[str, str]) -> bytes:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        connection.request(method, path, body or None, head)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        assert (response.status, response.headers["Content-Type"]) == (200, MEDIA), answer
        return answer

    def post(self, kind: str, body: bytes, media: str = MEDIA) -> Any:
        self.nonce += 1
        path = f"/v1/{kind}"
        digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        terms = (
            f'("@method" "@path" "content-digest");created=0;keyid="{self.me["terminal"]}";'
            f'nonce="{self.nonce}";tag="{self.platform["platform"]}"'
        )
        base = f'"@method": POST\n"@path": {path}\n"content-digest": {digest}\n"@signature-params": {terms}'
        signature = base64.b64encode(self.device.sign(base.encode())).decode()
        head = {
            "Content-Type": media,
            "Content-Digest": digest,
            "Signature-Input": f"jinban={terms}",
            "Signature": f"jinban=:{signature}:",
        }
        answer = self.ask("POST", path, body, head)
        answer = answer if kind == "frames" else zlib.decompress(answer)
        told = read_record(answer, kind, self.platform["record_key"])
        assert told["nonce"] == self.nonce
        return told

    def deflated(self, kind: str, **message: Any) -> Any:
        return self.post(kind, zlib.compress(msgspec.msgpack.encode(message)))

    def number(self) -> str:
        name = f"{self.me['terminal']}{self.me['epoch']}"
        text = f"{name}-20261124-00001"
        remainder = 36
        for character in text.replace("-", ""):
            remainder = (remainder + MIXED.index(character)) % 36 or 36
            remainder = remainder * 2 % 37
        return f"{text}-{MIXED[(37 - remainder) % 36]}"


def example() -> Any:
    section = PAGE.partition("\n### Payloads\n")[2]
    found = re.search(r"```json\n(.*?)```", section, flags=re.DOTALL)
    assert found, "the page shows a payload"
    return json.loads(found[1])


def frames(name: bytes, data: bytes, start: int, end: int) -> bytes:
    made = b""
    for offset in range(start, end, 65536):
        piece = data[offset : min(end, offset + 65536)]
        made += name + struct.pack(">QI", offset, len(piece)) + hashlib.sha256(piece).digest() + piece
    return made


@dataclass
class Filed:
    """A case of one sealed page, made as the page says."""

    page: bytes
    name: bytes
    event: dict[str, Any]


def filed(alone: Alone) -> Filed:
    key, event, number = secrets.token_bytes(32), secrets.token_hex(16), alone.number()
    page = cobblestone(secrets.token_bytes(90_000), key, b"jinban/page/1")
    name, to = hashlib.sha256(page).digest(), X25519PublicKey.from_public_bytes(alone.platform["platform_key"])
    wrap = SUITE + HPKE.encrypt(key, to, info=b"jinban/wrap/platform/1")
    payload = example()
    payload |= {"submission_no": number, "event_id": event, "terminal": alone.me["terminal"]}
    draft = payload["draft"]
    draft |= {"item_code": ITEM, "catalogue_version": 1, "answers": {"phone": "15400000001", "income": 900}}
    draft["materials"] = [{**draft["materials"][0], "material_id": "idcard"}]
    draft["materials"][0]["files"] = [{"digest": name.hex(), "size": len(page), "extension": "jpg"}]
    made = datetime.now(UTC)
    blob = {"material": "idcard", "index": 0, "digest": name, "size": len(page), "ext": "jpg", "wrap": wrap}
    case: dict[str, Any] = {
        "event": event,
        "kind": "case",
        "number": number,
        "item": ITEM,
        "item_version": 1,
        "payload": seal(json.dumps(payload).encode(), alone.platform["platform_key"], f"form/{event}"),
        "made": made,
        "blobs": [blob],
    }
    return Filed(page, name, case)


def check_package(alone: Alone, changes: Any) -> None:
    package = changes["package"]
    (length,) = struct.unpack(">I", package[72:76])
    verify(alone.platform["record_key"], "catalogue", package[76 : 76 + length], package[8:72])
    body = zlib.decompress(package[76 + length :])
    holidays, *items = body.split(b"\n")
    lines = []
    for raw in items:
        item = json.loads(raw)
        lines.append(f"{item['code']} {item['version']} {hashlib.sha256(raw).hexdigest()}\n")
    whole = f"holidays {hashlib.sha256(holidays).hexdigest()}\n" + "".join(sorted(lines))
    head = read(changes["head"], "catalogue", alone.platform["record_key"])
    assert head["digest"] == hashlib.sha256(whole.encode()).digest()


def test_a_terminal_written_from_the_page_alone_delivers_and_hears(founded: Callable[..., Platform]) -> None:
    platform = founded("alone").start()
    office = platform.office()
    code = fleet.new_code(office, actor="test", point_name="演示服务点", region12="990101000000").text
    office.close()
    alone = Alone(platform.url, code)

    made = filed(alone)
    case, page, name = made.event, made.page, made.name
    event, number = case["event"], case["number"]
    manifest = {"terminal": alone.me["terminal"], "epoch": alone.me["epoch"], "journal": 0, "journal_head": ""}

    (answer,) = alone.deflated("exchange", **manifest, events=[case])["answers"]
    assert answer["outcome"] == "taken", answer
    ack = read(answer["ack"], "ack", alone.platform["record_key"])
    digest = hashlib.sha256(case["payload"] + name).digest()
    assert (ack["event"], ack["digest"], ack["complete"]) == (event, digest, False)
    assert answer["missing"] == [{"digest": name, "have": 0}]

    told = alone.post("frames", frames(name, page, 0, 65536), FRAMES)
    assert told["blobs"] == [{"digest": name, "have": 65536}]
    (again,) = alone.deflated("exchange", **manifest, events=[], begun=[{"event": event, "digest": digest}])["answers"]
    assert again["missing"] == [{"digest": name, "have": 65536}]
    told = alone.post("frames", frames(name, page, 65536, len(page)), FRAMES)
    assert read(told["acks"][0], "ack", alone.platform["record_key"])["complete"]

    platform.ask("decide", number, "accept")
    changes = alone.deflated("changes", terminal=alone.me["terminal"], cursor=0, catalogue=0)
    sealed = read(changes["records"][-1], "decision", alone.platform["record_key"])
    decision = msgspec.msgpack.decode(unseal(sealed, alone.key, f"decision/{alone.me['terminal']}"))
    assert (decision["number"], decision["state"]) == (number, "accepted")
    verify(alone.platform["record_key"], "paper", decision["paper"], decision["paper_signature"])

    check_package(alone, changes)
    platform.stop()
