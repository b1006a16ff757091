"""A phone: reads the code on the screen, seals with the page's own script, and sends."""

import base64
import os
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtQml import QJSEngine

import devices.phone
from ui.app import make_application

_SCRIPT = Path(devices.phone.__file__).parent / "web" / "seal.js"
_BRIDGE = """
function sealHex(key, nonce, aad, plain) {
    function bytes(hex) {
        var out = new Uint8Array(hex.length / 2);
        for (var i = 0; i < out.length; i++) out[i] = parseInt(hex.substr(2 * i, 2), 16);
        return out;
    }
    var sealed = JinbanSeal.seal(bytes(key), bytes(nonce), bytes(aad), bytes(plain)), text = "";
    for (var i = 0; i < sealed.length; i++) text += ("0" + sealed[i].toString(16)).slice(-2);
    return text;
}
"""


class Browser:
    """Runs the script the phone runs, in Qt's own JavaScript engine."""

    def __init__(self) -> None:
        # The application of the screen's tests: a process can have but one, and the engine needs it.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        make_application(["tests"])
        self._engine = QJSEngine()
        for script in (_SCRIPT.read_text(encoding="utf-8"), _BRIDGE):
            result = self._engine.evaluate(script)
            assert not (result[0] if isinstance(result, tuple) else result).isError()

    def seal(self, key: bytes, nonce: bytes, aad: bytes, plain: bytes) -> bytes:
        """Ciphertext and tag."""
        words = [self._engine.toScriptValue(part.hex()) for part in (key, nonce, aad, plain)]
        return bytes.fromhex(self._engine.globalObject().property("sealHex").call(words).toString())


class Phone:
    """Sends to the address of one code."""

    def __init__(self, url: str, browser: Browser) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self.host, self.port, self.path = parts.hostname, parts.port, parts.path
        self.key = base64.urlsafe_b64decode(parts.fragment)
        self._browser = browser

    def sealed(self, number: int, kind: int, data: bytes, nonce: bytes = b"n" * 12) -> bytes:
        """The body of one upload."""
        plain = bytes([kind]) + data
        return nonce + self._browser.seal(self.key, nonce, f"jinban-phone {number}".encode(), plain)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """One request as a browser makes it; status and body of the answer."""
        connection = HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def send(self, number: int, kind: int, data: bytes, nonce: bytes = b"n" * 12) -> int:
        """Send one file; the status."""
        return self.ask("POST", f"{self.path}file/{number}", self.sealed(number, kind, data, nonce))[0]
