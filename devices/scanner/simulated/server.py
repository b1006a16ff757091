"""The HTTP side of the simulated eSCL scanner: its resources, and how it misbehaves on the wire."""

import contextlib
import io
import os
import socket
import ssl
import threading
import time
from functools import lru_cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image

from devices.scanner.pages import scanned
from devices.scanner.simulated.certificate import self_signed
from devices.scanner.simulated.settings import Asked, capabilities, job_info, settings, status
from devices.scanner.simulated.world import Fed, Running, World

MODEL = "Jinban Simulated Scanner"
_ROOT = "/eSCL"
_UNITS = 300
_BLOCK = 4096
_LONGEST_BODY = 64 * 1024
_HUGE_BLOCKS = 4096
_SHORT = 0.4
_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else chr(0)};" * 10}">'.replace("\0", "") for n in range(9))
    + "]><ScannerCapabilities>&a8;</ScannerCapabilities>"
)


class Server:
    """Listens on 127.0.0.1 until `gone`; `back` listens on the same port again."""

    def __init__(self, world: World, port: int = 0, *, secure: bool = False) -> None:
        self._world = world
        self._context: ssl.SSLContext | None = None
        self.fingerprint = ""
        if secure:
            self._context, self.fingerprint = self_signed()
        self._server: _Listener | None = None
        self._port = port
        self.back()

    @property
    def url(self) -> str:
        """Where the scanner is."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self._port}{_ROOT}"

    def gone(self) -> dict[str, Any]:
        """Vanish: nothing listens, and every connection is cut."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
            server.cut()
        return {}

    def back(self) -> dict[str, Any]:
        """Listen (again)."""
        if self._server is None:
            self._server = _Listener(("127.0.0.1", self._port), partial(_Handler, world=self._world), self._context)
            self._port = int(self._server.server_address[1])
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return {"url": self.url}


class _Listener(ThreadingHTTPServer):
    """A server that can cut what it has accepted."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], handler: Any, context: ssl.SSLContext | None) -> None:
        self._context = context
        self._accepted: set[socket.socket] = set()
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept, and remember; TLS is spoken on the connection's own thread."""
        sock, address = self.socket.accept()
        if self._context is not None:
            sock = self._context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        self._accepted.add(sock)
        return sock, address

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that is over."""
        self._accepted.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is nothing to print."""

    def cut(self) -> None:
        """Cut every connection."""
        for sock in tuple(self._accepted):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server_version = "JinbanSimulator"
    sys_version = ""

    def __init__(self, *args: Any, world: World) -> None:
        self._world = world
        super().__init__(*args)

    def log_message(self, *_: object) -> None:
        """Nothing is printed but the one line."""

    def do_GET(self) -> None:
        """Capabilities, status, the next page."""
        if self._misbehaves():
            return
        if self.path == f"{_ROOT}/ScannerCapabilities":
            self._xml(capabilities(MODEL), "capabilities")
        elif self.path == f"{_ROOT}/ScannerStatus":
            self._xml(self._status(), "status")
        elif (job := self._job("/NextDocument")) is not None:
            self._next(job)
        else:
            self._answer(404)

    def do_POST(self) -> None:
        """Start a job."""
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(min(length, _LONGEST_BODY))
        if self._misbehaves():
            return
        mischief = self._world.mischief
        with self._world.lock:
            busy = mischief.busy > 0
            mischief.busy -= busy
        asked = settings(body)
        if self.path != f"{_ROOT}/ScanJobs":
            self._answer(404)
        elif busy or self._world.running:
            self._answer(503, {"Retry-After": "1"})
        elif asked is None or (job := self._world.begin(asked)) is None:
            self._answer(409)
        else:
            self._answer(201, {"Location": f"http://{self.headers.get('Host', '')}{_ROOT}/ScanJobs/{job.name}"})

    def do_DELETE(self) -> None:
        """End a job."""
        name = self.path.rpartition("/")[2]
        self._answer(200 if self._world.end(name) else 404)

    def _misbehaves(self) -> bool:
        mischief = self._world.mischief
        while mischief.hang:
            time.sleep(0.05)
        if mischief.redirect:
            self._answer(302, {"Location": mischief.redirect})
        elif mischief.garbage == "html":
            self._answer(200, {"Content-Type": "text/html"}, b"<html><body>Please log in<br></body></html>")
        elif mischief.huge:
            self._endless()
        elif mischief.bomb:
            self._answer(200, {"Content-Type": "text/xml"}, _BOMB.encode())
        else:
            return False
        return True

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(b"<?xml version='1.0'?><ScannerStatus>")
        for _ in range(_HUGE_BLOCKS):
            self.wfile.write(b"<State>Idle</State>" * 1024)

    def _status(self) -> str:
        world = self._world
        with world.lock:
            loaded = "ScannerAdfLoaded" if world.loaded else "ScannerAdfEmpty"
            jammed, cover = world.mischief.jammed, world.mischief.cover
            feeder = "ScannerAdfJam" if jammed else "ScannerAdfHatchOpen" if cover else loaded
            state = "Stopped" if jammed or cover else "Processing" if world.running else "Idle"
            reasons = ("MediaJam",) if jammed else ("CoverOpen",) if cover else ()
            job = world.job
            jobs = ""
            if job is not None:
                words = ("Completed", "JobCompletedSuccessfully") if job.over else ("Processing", "JobScanning")
                jobs = job_info(job.name, *words, job.delivered)
        return status(state, feeder, reasons, jobs)

    def _job(self, ending: str) -> Running | None:
        job = self._world.job
        return job if job is not None and self.path == f"{_ROOT}/ScanJobs/{job.name}{ending}" else None

    def _next(self, job: Running) -> None:
        fed = self._world.next_page(job)
        if fed is Fed.JAM:
            self._answer(409)
        elif fed is Fed.NOTHING:
            self._answer(404)
        else:
            self._page(fed if isinstance(fed, Path) else None, job)

    def _page(self, sheet: Path | None, job: Running) -> None:
        world = self._world
        with world.lock:
            short, world.mischief.short = world.mischief.short, False
            cut, world.mischief.cut = world.mischief.cut, None
            torn, world.mischief.torn = world.mischief.torn, None
            seconds, die = world.mischief.slow, world.mischief.die
        image = picture(sheet, job.asked, short=short)[:torn]
        if world.mischief.garbage == "page":
            image = b"GIF89a, or so it says"
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(image)))
        self.end_headers()
        if die:
            cut = len(image) // 2
        for start in range(0, len(image), _BLOCK):
            stop = min(start + _BLOCK, len(image) if cut is None else cut)
            self.wfile.write(image[start:stop])
            if stop == cut:
                break
            time.sleep(seconds * _BLOCK / len(image))
        self.wfile.flush()
        if die:
            os._exit(1)
        self.close_connection = self.close_connection or cut is not None
        world.counts["pages"] += cut is None

    def _xml(self, text: str, kind: str) -> None:
        garbage = self._world.mischief.garbage == kind
        self._answer(200, {"Content-Type": "text/xml"}, b"<scan:Scanner<" if garbage else text.encode())

    def _answer(self, code: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@lru_cache(maxsize=8)
def picture(sheet: Path | None, asked: Asked, *, short: bool) -> bytes:
    """A sheet as this scanner sees it: the region asked for, beyond A4 the white of its lid."""
    page = scanned(sheet, asked.dpi, colour=asked.colour)
    left, top, width, height = (round(side * asked.dpi / _UNITS) for side in _region(asked))
    if (left, top, width, height) == (0, 0, page.width, page.height) and not short:
        return page.image
    with Image.open(io.BytesIO(page.image)) as image:
        whole = image.convert("RGB" if asked.colour else "L")
    view = Image.new(whole.mode, (width, round(height * _SHORT) if short else height), "white")
    view.paste(whole, (-left, -top))
    out = io.BytesIO()
    view.save(out, "JPEG", quality=80, dpi=(asked.dpi, asked.dpi))
    return out.getvalue()


def _region(asked: Asked) -> tuple[int, int, int, int]:
    return asked.left, asked.top, asked.width, asked.height
