"""The platform as a running process: doors open, review and housekeeping beside them."""

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

import uvicorn

from central.app import create_app
from central.blobs import PARTS_KEPT
from central.office import Office
from central.review import AutoReview
from kiosk.failure import Failure, KioskError

_SWEEP_SECONDS: Final = 3600.0
_GRACE_SECONDS: Final = 5


def listen(host: str, port: int) -> tuple[socket.socket, bool]:
    """A listening socket, and whether it is on another port because the one asked for was taken.

    Raises:
        KioskError: `CONFIG_INVALID` (`where` tells which) for an address or a port nobody can listen on here.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    asked = socket.socket(family, socket.SOCK_STREAM)
    asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        asked.bind((host, port))
        asked.listen()
    except OSError as error:
        asked.close()
        if error.errno == errno.EADDRINUSE and port:
            return listen(host, 0)[0], True
        where = "port" if error.errno in (errno.EACCES, errno.EADDRINUSE) else "host"
        raise KioskError(Failure.CONFIG_INVALID, where=where) from error
    return asked, False


def url_of(listening: socket.socket) -> str:
    """Where terminals of this machine reach a listening socket."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared with, not bound to
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(office: Office, listening: socket.socket, *, review: bool, announce: Callable[[], None]) -> None:
    """Serve until a signal ends it; `announce` is called once the doors are open."""
    with ExitStack() as running:
        for worker in (AutoReview(office) if review else None, Housekeeping(office)):
            if worker is not None:
                worker.start()
                running.callback(worker.stop)
        Announcing(doors_of(office), announce).run(sockets=[listening])


def doors_of(office: Office) -> uvicorn.Config:
    """How the platform listens."""
    return uvicorn.Config(
        create_app(office),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=75,
        lifespan="off",
        ws="none",
    )


class Housekeeping(threading.Thread):
    """Throws away parts of files nobody has added to for weeks."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="housekeeping", daemon=True)
        self._office = office
        self._stopping = threading.Event()

    def run(self) -> None:
        """Sweep now and every hour."""
        while True:
            self._sweep()
            if self._stopping.wait(_SWEEP_SECONDS):
                return

    def _sweep(self) -> None:
        before = (self._office.now() - PARTS_KEPT).timestamp()
        try:
            gone = self._office.blobs.sweep(before)
        except OSError as error:
            self._office.log.warning("blobs.not_swept", cause=type(error).__name__)
            return
        if gone:
            self._office.log.info("blobs.swept", parts=gone)

    def stop(self) -> None:
        """End at once."""
        self._stopping.set()
        self.join()


class Announcing(uvicorn.Server):
    """A server that says when its doors are open."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """An ordinary end is exit status 0; uvicorn would raise the signal a second time."""
        before = {name: signal.signal(name, self.handle_exit) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the doors, then say so."""
        await super().startup(sockets)
        self._announce()
