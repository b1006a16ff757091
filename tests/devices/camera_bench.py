"""A pair of eyes for a camera: what its live picture told, in order, and how often it came."""

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from devices.host import DeviceHost
from kiosk.frames import FrameReader, Picture, Sight
from kiosk.model.devices import Failed, PreviewOpened, Ticket, UseCamera
from tests.devices.device_bench import PATIENCE, Seen, begin, until

BOX = (640, 480)


@dataclass(slots=True)
class Watched:
    """One running camera request. `look` fetches the newest picture, `told` is every sight in its order."""

    host: DeviceHost
    seen: Seen
    ticket: Ticket
    told: list[Sight] = field(default_factory=list)
    pictures: int = 0
    last: Picture | None = None
    pixels: bytearray = field(default_factory=lambda: bytearray(1280 * 720 * 4))

    def frames(self) -> FrameReader:
        """The ring, once it is here."""
        until(lambda: any(isinstance(event, PreviewOpened | Failed) for event in self.seen.events))
        return next(event.frames for event in self.seen.events if isinstance(event, PreviewOpened))

    def look(self) -> Picture | None:
        """The newest picture, if there is one not seen yet."""
        frames = self.frames()
        picture = frames.newest(self.last.turn if self.last else 0)
        if picture is None or not frames.read(picture, self.pixels):
            return None
        self.last = picture
        self.pictures += 1
        if not self.told or self.told[-1] is not picture.sight:
            self.told.append(picture.sight)
        return picture

    def until_sight(self, *sights: Sight, seconds: float = PATIENCE) -> Picture:
        """Look until one of these is seen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            picture = self.look()
            if picture is not None and picture.sight in sights:
                return picture
            time.sleep(0.005)
        raise AssertionError(f"never {sights}, only {self.told}")

    def for_a_while(self, seconds: float) -> None:
        """Keep looking."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.look()
            time.sleep(0.005)


def film(host: DeviceHost, request: UseCamera | None = None) -> Watched:
    """Start a camera request and watch it."""
    seen, ticket = begin(host, request or UseCamera(width=BOX[0], height=BOX[1]))
    return Watched(host, seen, ticket)


class MjpegServer(http.server.ThreadingHTTPServer):
    """A real network camera's HTTP server: 30 pictures a second on `/stream`; `mute` stops them, `cut` the connections.

    `named` sends the length of every part, as most cameras do; without it the parts end at the next boundary.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, pictures: list[bytes], *, port: int = 0, named: bool = True) -> None:
        super().__init__(("127.0.0.1", port), _Stream)
        self.pictures = pictures
        self.named = named
        self.mute = threading.Event()
        self.ended = threading.Event()
        self.status = 200
        self._running = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._running.start()

    @property
    def url(self) -> str:
        """Where the stream is."""
        return f"http://127.0.0.1:{self.server_address[1]}/stream"

    def cut(self) -> None:
        """The camera loses its power."""
        self.ended.set()
        self.shutdown()
        self.server_close()
        self._running.join()


class _Stream(http.server.BaseHTTPRequestHandler):
    server: MjpegServer

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.server.status != 200:
            self.send_error(self.server.status)
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        turn = 0
        while not self.server.ended.is_set():
            if not self.server.mute.is_set():
                picture = self.server.pictures[turn % len(self.server.pictures)]
                length = f"Content-Length: {len(picture)}\r\n" if self.server.named else ""
                try:
                    self.wfile.write(
                        f"--frame\r\nContent-Type: image/jpeg\r\n{length}\r\n".encode() + picture + b"\r\n"
                    )
                except OSError:
                    return
                turn += 1
            time.sleep(1 / 30)
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def mjpeg(pictures: list[bytes], *, named: bool = True) -> Iterator[MjpegServer]:
    """A running network camera."""
    server = MjpegServer(pictures, named=named)
    try:
        yield server
    finally:
        if not server.ended.is_set():
            server.cut()
