"""`python -m devices.camera.simulated.mjpeg`: a document camera with an HTTP server, as network models are.

Prints ONE JSON line, `{"address", "settings"}`, then obeys one JSON command a line on standard input and answers each
with one JSON line, `{"ok": true, ...}` or `{"ok": false, "reason"}`. Ends at the end of its input, at SIGTERM and with
its parent.

Options: `--port N` (any free one), `--width`, `--height` of its pictures (2048, 1536), `--rate` (25) a second, `--page`
what lies there at the start, `--data DIR` (own pages in `DIR/sim/pages`), `--unnamed` (parts that do not tell their
length).

Commands (`{"do": NAME, ...}`): `lay` (`page`: a sample's name, `id-front`, `id-back`), `take_away`, `pages`; `hand`,
`dark`, `blurred`, `freeze` (`on`, true when left out); `cut` (streams break off now), `torn` (so many `times` a picture
stops half-way), `garbage` (`on`: what is sent is no picture), `refuse` (`status`, 200 to stop refusing); `gone` and
`back`, when nothing listens; `state`, `reset`.
"""

import argparse
import http.server
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import cv2

from devices.camera.pictures import Pixels
from devices.camera.scene import Scene, laid_names
from devices.played import converse, end_with_parent, tell

_QUALITY = 88
_OK = 200
_SWITCHES = frozenset({"hand", "dark", "blurred", "freeze", "garbage"})
_ERRORS = frozenset(range(400, 600))


class UnknownError(Exception):
    """A command nobody knows, or one with the wrong words."""


class World:
    """What lies below the camera and what is wrong with it; commands come on another thread than pictures are made."""

    def __init__(self, data: Path, size: tuple[int, int], page: str) -> None:
        self._data = data
        self._scene = Scene(data, size, face=False)
        self._lock = threading.Lock()
        self.page = page
        self.on: set[str] = set()
        self.status = _OK
        self.torn = 0
        self.cuts = 0

    def obey(self, command: dict[str, Any]) -> dict[str, Any]:
        """Do one command.

        Raises:
            UnknownError: no such command, page or status.
        """
        words = {name: value for name, value in command.items() if name != "do"}
        with self._lock:
            match command["do"], words:
                case "lay", {"page": str(page)} if page in laid_names(self._data):
                    self.page = page
                case "take_away", {}:
                    self.page = ""
                case str(switch), {**on} if switch in _SWITCHES and set(on) <= {"on"}:
                    (self.on.add if on.get("on", True) else self.on.discard)(switch)
                case "cut", {}:
                    self.cuts += 1
                case "torn", {**times} if set(times) <= {"times"}:
                    self.torn = int(times.get("times", 1))
                case "refuse", {"status": int(status)} if status == _OK or status in _ERRORS:
                    self.status = status
                case "reset", {}:
                    self.on, self.status, self.torn, self.page = set(), _OK, 0, ""
                case "pages", {}:
                    return {"pages": list(laid_names(self._data))}
                case "state", {}:
                    pass
                case _:
                    raise UnknownError("unknown_command")
            return {"page": self.page, "on": sorted(self.on), "status": self.status}

    def picture(self) -> bytes:
        """The picture of this moment, as JPEG; what is none where garbage was asked for."""
        with self._lock:
            if "garbage" in self.on:
                return b"\xff\xd8 no picture \xff\xd9"
            seen: Pixels = self._scene.picture(
                self.page,
                time.monotonic(),
                hand="hand" in self.on,
                dark="dark" in self.on,
                blurred="blurred" in self.on,
            )
        return cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()

    def half(self) -> bool:
        """Whether this picture stops half-way."""
        with self._lock:
            torn = self.torn > 0
            self.torn -= torn
            return torn


class Camera(http.server.ThreadingHTTPServer):
    """The HTTP server of the camera, on loopback."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, world: World, port: int, rate: float, *, named: bool) -> None:
        super().__init__(("127.0.0.1", port), _Stream)
        self.world, self.rate, self.named = world, rate, named
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        """Where its stream is."""
        return f"http://127.0.0.1:{self.server_address[1]}/stream"

    def end(self) -> None:
        """Lose its power: running streams break off, nobody listens any more."""
        self.over.set()
        self.shutdown()
        self.server_close()


class _Stream(http.server.BaseHTTPRequestHandler):
    server: Camera

    def log_message(self, *_: object) -> None:
        """Say nothing: standard output is for answers."""

    def do_GET(self) -> None:
        """The stream, until the camera or whoever watches goes."""
        camera, world = self.server, self.server.world
        if world.status != _OK:
            self.send_error(world.status)
            return
        self.send_response(_OK)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=picture")
        self.end_headers()
        cuts = world.cuts
        while not camera.over.is_set() and world.cuts == cuts:
            began = time.monotonic()
            if "freeze" not in world.on and not self._send(world.picture(), half=world.half()):
                return
            time.sleep(max(0.0, 1.0 / camera.rate - (time.monotonic() - began)))

    def _send(self, picture: bytes, *, half: bool) -> bool:
        length = f"Content-Length: {len(picture)}\r\n" if self.server.named else ""
        head = f"--picture\r\nContent-Type: image/jpeg\r\n{length}\r\n".encode()
        try:
            self.wfile.write(head + (picture[: len(picture) // 2] if half else picture + b"\r\n"))
        except OSError:
            return False
        return not half


class _Place:
    """Where the camera stands: its server may go and come back on the same port."""

    def __init__(self, world: World, options: argparse.Namespace) -> None:
        self._world, self._options = world, options
        self.camera: Camera | None = self._started(options.port)
        self._port = int(self.camera.server_address[1])

    def gone(self) -> dict[str, Any]:
        """Take it away."""
        camera, self.camera = self.camera, None
        if camera is not None:
            camera.end()
        return {}

    def back(self) -> dict[str, Any]:
        """Put it back."""
        if self.camera is None:
            self.camera = self._started(self._port)
        return {}

    def _started(self, port: int) -> Camera:
        return Camera(self._world, port, self._options.rate, named=not self._options.unnamed)


def main(arguments: list[str]) -> int:
    """Serve until the input ends."""
    options = _options(arguments)
    end_with_parent()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    world = World(options.data, (options.width, options.height), "")
    if options.page:
        world.obey({"do": "lay", "page": options.page})
    place = _Place(world, options)
    url = place.camera.url if place.camera is not None else ""
    tell({"address": url, "settings": {"camera": {"driver": "mjpeg", "url": url}}})
    converse(lambda line: _answer(world, place, line))
    place.gone()
    return 0


def _answer(world: World, place: _Place, line: str) -> dict[str, Any]:
    try:
        command = {"do": None, **json.loads(line)}
        if command["do"] in {"gone", "back"}:
            return {"ok": True, **(place.gone() if command["do"] == "gone" else place.back())}
        return {"ok": True, **world.obey(command)}
    except (ValueError, TypeError, UnknownError, OSError) as error:
        return {"ok": False, "reason": str(error) if isinstance(error, UnknownError) else type(error).__name__}


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mjpeg", description="A simulated network document camera on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="TCP port, any free one when left out")
    parser.add_argument("--width", type=int, default=2048, help="pixels across")
    parser.add_argument("--height", type=int, default=1536, help="pixels down")
    parser.add_argument("--rate", type=float, default=25.0, help="pictures a second")
    parser.add_argument("--page", default="", help="what lies there at the start")
    parser.add_argument("--data", type=Path, default=Path(), help="folder with pages of one's own in sim/pages")
    parser.add_argument("--unnamed", action="store_true", help="parts do not tell their length")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    # Streams may still wait for their next picture: nothing here is worth waiting for.
    os._exit(code)
