"""Hears from the kernel that a link or an address came up, so that nobody waits out a pause on a line that is back."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Final

_GROUPS: Final = 0x1 | 0x10 | 0x100  # RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR (linux/rtnetlink.h)
_NEW_LINK: Final = 16
_NEW_ADDRESS: Final = 20
_HEAD: Final = struct.Struct("=IHHII")
_LINK: Final = struct.Struct("=BxHiII")
_RUNNING: Final = 0x40  # IFF_RUNNING: there is a carrier (linux/if.h)
_SETTLE_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 5.0


class LinkWatch:
    """Calls `on_up` shortly after something came up. Where there is no netlink it hears nothing, and polls remain."""

    def __init__(self, on_up: Callable[[], None]) -> None:
        self._on_up = on_up
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="linkwatch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening within a few seconds."""
        self._closed.set()

    def _listen(self) -> None:
        line = _open()
        if line is None:
            return
        with line:
            while not self._closed.is_set():
                try:
                    message = line.recv(65536)
                except TimeoutError:
                    continue
                except OSError:
                    return
                if any_up(message):
                    time.sleep(_SETTLE_SECONDS)  # the route comes a moment after the address
                    self._on_up()


def any_up(message: bytes) -> bool:
    """Whether a netlink datagram says that an address appeared or a link has its carrier."""
    place = 0
    while place + _HEAD.size <= len(message):
        length, kind, _, _, _ = _HEAD.unpack_from(message, place)
        if kind == _NEW_ADDRESS:
            return True
        body = place + _HEAD.size
        if kind == _NEW_LINK and body + _LINK.size <= len(message) and _LINK.unpack_from(message, body)[3] & _RUNNING:
            return True
        if length < _HEAD.size:
            return False
        place += (length + 3) & ~3
    return False


def _open() -> socket.socket | None:
    family = getattr(socket, "AF_NETLINK", None)
    if family is None:
        return None
    try:
        line = socket.socket(family, socket.SOCK_RAW | socket.SOCK_CLOEXEC, 0)
        line.bind((0, _GROUPS))
        line.settimeout(_LOOK_SECONDS)
    except OSError:
        return None
    return line
