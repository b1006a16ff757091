"""Carries connections between two places: `python -m tests.stacks.relay FROM TO`, each `tcp:PORT` or `unix:PATH`.

A printer in a network namespace of its own is reached through a Unix socket, which knows no namespaces. Prints the
port or path it listens at; ends with SIGTERM or its parent.
"""

import contextlib
import ctypes
import signal
import socket
import sys
import threading


def main(arguments: list[str]) -> int:
    source, target = arguments
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    listener = _bound(source)
    listener.listen(64)
    print(listener.getsockname() if source.startswith("unix:") else listener.getsockname()[1], flush=True)  # noqa: T201 - the address
    while True:
        near, _ = listener.accept()
        threading.Thread(target=_carry, args=(near, target), daemon=True).start()


def _bound(place: str) -> socket.socket:
    kind, _, where = place.partition(":")
    if kind == "unix":
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(where)
        return listener
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(where)))
    return listener


def _reached(place: str) -> socket.socket:
    kind, _, where = place.partition(":")
    if kind == "unix":
        far = socket.socket(socket.AF_UNIX)
        far.connect(where)
        return far
    return socket.create_connection(("127.0.0.1", int(where)), timeout=5)


def _carry(near: socket.socket, target: str) -> None:
    with near:
        try:
            far = _reached(target)
        except OSError:
            return
        with far:
            far.settimeout(None)
            back = threading.Thread(target=_pump, args=(far, near), daemon=True)
            back.start()
            _pump(near, far)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    """An end of input is passed on; so is a break, as the end of both ways."""
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
        return
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
