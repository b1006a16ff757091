"""A bad link between two network namespaces, packet by packet, for machines whose kernel has no `tc netem`.

Two namespaces, terminal and platform, meet in a third one where this program forwards raw Ethernet frames between two
veth ends: with a rate, a delay, a queue that drops its tail, random loss and hard cuts. Loss hits real TCP segments, so
repetition, back-off and congestion control behave as on a real link, which a proxy of bytes cannot show. After a
*redial* everything opened before the cut stays dead, as behind a new address.

All addresses lie in 127.77.0.0/24, so nothing can leave the machine. Needs root.
"""

import ctypes
import fcntl
import json
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

CLIENT, SERVER = "127.77.0.1", "127.77.0.2"
CONGESTION = "cubic"
"""What Debian's kernels use; a machine of one's own may have another default."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Bits a second, seconds of round trip, loss per packet and direction, seconds up and down between cuts."""

    rate: float
    rtt: float
    loss: float = 0.0
    up: float = 0.0
    down: float = 0.0
    redial: bool = False

    def least_seconds(self, unique_bytes: int) -> float:
        """What physics allows: payload over what headers leave of the rate, one and a half round trips, the cuts."""
        need = unique_bytes * 8 / (self.rate * 1448 / 1500) + 1.5 * self.rtt
        return need + (need // self.up) * self.down if self.up else need

    def cut(self, seconds: float) -> bool:
        """Whether the line is cut so long after the start."""
        return bool(self.up) and seconds % (self.up + self.down) >= self.up


PROFILES = {
    "good": Profile(20e6, 0.040),
    "3g": Profile(1e6, 0.200, 0.01),
    "edge": Profile(128e3, 0.600, 0.03),
    "satellite": Profile(2e6, 0.650, 0.005),
    "flapping": Profile(1e6, 0.200, 0.01, 20.0, 10.0),
    "redial": Profile(1e6, 0.200, 0.01, 20.0, 10.0, redial=True),
    "loop": Profile(10e9, 0.0),
}

_IPV4, _ARP, _TCP = b"\x08\x00", b"\x08\x06", 6
_ETHERNET = 14
_SYN, _SYN_ACK = 0x02, 0x12
_ALL_FRAMES = 3  # ETH_P_ALL
_SOL_PACKET, _IGNORE_OUTGOING = 263, 23
_RCVBUF_FORCE = 33
_ETHTOOL = 0x8946  # SIOCETHTOOL
_OFFLOADS = (0x1F, 0x24, 0x2C, 0x19, 0x17)  # set TSO, SG, GRO, GSO, TX checksum
_LEAST_QUEUE = 32_000


@dataclass(slots=True)
class Direction:
    """What went one way since the clock was started: packets and bytes at IP level, and what was lost to what."""

    packets: int = 0
    size: int = 0
    payload: int = 0
    lost: int = 0
    tail: int = 0
    cut: int = 0
    queue: deque[tuple[float, bytes]] = field(default_factory=deque)
    busy: float = 0.0

    def told(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in ("packets", "size", "payload", "lost", "tail", "cut")}

    def zero(self) -> None:
        """Count from here."""
        self.packets = self.size = self.payload = self.lost = self.tail = self.cut = 0


class Forwarder:
    """The middle of the link, until SIGTERM. SIGUSR1 starts the clock anew, SIGUSR2 writes what was seen."""

    def __init__(self, ends: Sequence[str], profile: Profile, seed: int, told: Path) -> None:
        self._sockets = [_tap(name) for name in ends]
        self._profile, self._told = profile, told
        self._dice = random.Random(seed)
        self._most_queued = max(_LEAST_QUEUE, int(profile.rate / 8 * max(profile.rtt, 0.1)))
        self._ways = (Direction(), Direction())
        self._start = time.monotonic()
        self._connections = self._turns = 0
        self._last: dict[bytes, int] = {}
        self._born: dict[bytes, int] = {}
        self._stop = self._reset = self._tell = False

    def run(self) -> None:
        """Carry frames until told to stop."""
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "_stop", True))
        signal.signal(signal.SIGUSR1, lambda *_: setattr(self, "_reset", True))
        signal.signal(signal.SIGUSR2, lambda *_: setattr(self, "_tell", True))
        self._told.with_suffix(".ready").touch()
        while not self._stop:
            self._obey()
            pause = self._deliver()
            with suppress(InterruptedError):
                readable, _, _ = select.select(self._sockets, (), (), pause)
                for one in readable:
                    self._take(one)

    def _obey(self) -> None:
        if self._reset:
            self._reset = False
            self._start, self._connections, self._turns = time.monotonic(), 0, 0
            self._last.clear()
            for way in self._ways:
                way.zero()
            self._told.with_suffix(".reset").touch()
        if self._tell:
            self._tell = False
            up, down = (way.told() for way in self._ways)
            told = {"connections": self._connections, "turns": self._turns, "up": up, "down": down}
            aside = self._told.with_suffix(".new")
            aside.write_text(json.dumps(told))
            aside.replace(self._told)

    def _deliver(self) -> float:
        """Send what is due; seconds until the next is."""
        now = time.monotonic()
        due = now + 0.25
        for place, way in enumerate(self._ways):
            while way.queue and way.queue[0][0] <= now:
                _, frame = way.queue.popleft()
                if self._profile.cut(now - self._start):
                    way.cut += 1
                    continue
                with suppress(OSError):
                    self._sockets[1 - place].send(frame)
            if way.queue:
                due = min(due, way.queue[0][0])
        return max(0.0, due - time.monotonic())

    def _take(self, one: socket.socket) -> None:
        place = self._sockets.index(one)
        for _ in range(64):
            try:
                frame = one.recv(65536)
            except BlockingIOError:
                return
            if frame[12:14] == _ARP:
                with suppress(OSError):
                    self._sockets[1 - place].send(frame)
            elif len(frame) >= _ETHERNET + 20 and frame[12:14] == _IPV4:
                self._carry(place, frame)

    def _carry(self, place: int, frame: bytes) -> None:
        now, way, profile = time.monotonic(), self._ways[place], self._profile
        size = len(frame) - _ETHERNET
        way.packets += 1
        way.size += size
        flow = self._note(place, frame) if frame[23] == _TCP else None
        if profile.cut(now - self._start) or (flow is not None and self._is_dead(flow, now)):
            way.cut += 1
        elif profile.loss and self._dice.random() < profile.loss:
            way.lost += 1
        elif max(0.0, way.busy - now) * profile.rate / 8 + size > self._most_queued:
            way.tail += 1
        else:
            way.busy = max(way.busy, now) + size * 8 / profile.rate
            way.queue.append((way.busy + profile.rtt / 2, frame))

    def _note(self, place: int, frame: bytes) -> bytes:
        """Count connections and turns; the flow this frame is of."""
        head = (frame[_ETHERNET] & 15) * 4
        tcp = _ETHERNET + head
        flow = frame[tcp : tcp + 4] if place == 0 else frame[tcp + 2 : tcp + 4] + frame[tcp : tcp + 2]
        if frame[tcp + 13] & _SYN_ACK == _SYN:
            self._connections += 1
            self._born[flow] = self._era(time.monotonic())
        payload = ((frame[16] << 8) | frame[17]) - head - (frame[tcp + 12] >> 4) * 4
        if payload > 0:
            self._ways[place].payload += payload
            if place == 1 and self._last.get(flow) == 0:
                self._turns += 1
            self._last[flow] = place
        return flow

    def _is_dead(self, flow: bytes, now: float) -> bool:
        return self._profile.redial and self._born.get(flow) != self._era(now)

    def _era(self, now: float) -> int:
        return int((now - self._start) // (self._profile.up + self._profile.down)) if self._profile.up else 0


class Link:
    """The namespaces of one run; leaving the block takes everything down."""

    SERVER = SERVER

    def __init__(self, profile: Profile, seed: int = 1) -> None:
        self._profile, self._seed = profile, seed
        self._name = f"jl{uuid.uuid4().hex[:6]}"
        self._folder = tempfile.TemporaryDirectory(prefix="jinban-link-")
        self._told = Path(self._folder.name) / "told"
        self._running: list[subprocess.Popen[Any]] = []

    def ns(self, role: str) -> str:
        """The namespace of `client`, `server` or `middle`."""
        return f"{self._name}-{role[0]}"

    def __enter__(self) -> Self:
        client, server, middle = (self.ns(role) for role in ("client", "server", "middle"))
        for name in (client, server, middle):
            _ip("netns", "add", name)
        for near, far, name in (("c0", "m0", client), ("s0", "m1", server)):
            _ip("link", "add", near, "netns", name, "type", "veth", "peer", "name", far, "netns", middle)
        for name, device, address in ((client, "c0", CLIENT), (server, "s0", SERVER)):
            _furnish(name, device, address)
        for device in ("m0", "m1"):
            _ip("-n", middle, "link", "set", device, "up")
        _in(middle, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1")
        arguments = ["forward", json.dumps(asdict(self._profile)), str(self._seed), str(self._told)]
        self._forwarder = self.start("middle", [sys.executable, __file__, *arguments])
        _wait_for(self._told.with_suffix(".ready"))
        return self

    def start(self, role: str, command: Sequence[str], **how: Any) -> subprocess.Popen[Any]:
        """Run a command in a namespace; it ends with the link at the latest."""
        process = subprocess.Popen(["ip", "netns", "exec", self.ns(role), *command], **how)
        self._running.append(process)
        return process

    def start_clock(self) -> None:
        """Count from now; cuts come from now on."""
        mark = self._told.with_suffix(".reset")
        mark.unlink(missing_ok=True)
        self._forwarder.send_signal(signal.SIGUSR1)
        _wait_for(mark)

    def seen(self) -> dict[str, Any]:
        """Connections, turns, and what went either way since the clock was started."""
        self._told.unlink(missing_ok=True)
        self._forwarder.send_signal(signal.SIGUSR2)
        _wait_for(self._told)
        told: dict[str, Any] = json.loads(self._told.read_text())
        return told

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for role in ("client", "server", "middle"):
            subprocess.run(["ip", "netns", "del", self.ns(role)], check=False, stderr=subprocess.DEVNULL)
        self._folder.cleanup()


def _tap(name: str) -> socket.socket:
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL_FRAMES))
    tap.setsockopt(_SOL_PACKET, _IGNORE_OUTGOING, 1)
    tap.setsockopt(socket.SOL_SOCKET, _RCVBUF_FORCE, 16 << 20)
    tap.bind((name, 0))
    tap.setblocking(False)
    return tap


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, stdout=subprocess.DEVNULL)


def _in(namespace: str, *command: str) -> None:
    subprocess.run(["ip", "netns", "exec", namespace, *command], check=True, stdout=subprocess.DEVNULL)


def _furnish(namespace: str, device: str, address: str) -> None:
    _in(namespace, "ip", "link", "set", "lo", "up")
    _in(namespace, "ip", "addr", "del", "127.0.0.1/8", "dev", "lo")
    _in(namespace, "ip", "addr", "add", "127.0.0.1/32", "dev", "lo")
    quiet = ("net.ipv6.conf.all.disable_ipv6=1", "net.ipv4.conf.all.route_localnet=1")
    _in(namespace, "sysctl", "-qw", *quiet, f"net.ipv4.conf.{device}.route_localnet=1")
    # a namespace may only use what the machine lists as allowed; the machine's own default stays
    allowed = Path("/proc/sys/net/ipv4/tcp_allowed_congestion_control")
    if CONGESTION not in allowed.read_text().split():
        allowed.write_text(f"{allowed.read_text().strip()} {CONGESTION}")
    _in(namespace, "sysctl", "-qw", f"net.ipv4.tcp_congestion_control={CONGESTION}")
    _in(namespace, "ip", "addr", "add", f"{address}/24", "dev", device)
    _in(namespace, "ip", "link", "set", device, "up")
    _in(namespace, sys.executable, __file__, "plain", device)


def _plain(device: str) -> None:
    """Frames of one segment each with real checksums: no offloading."""
    control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for offload in _OFFLOADS:
        value = ctypes.create_string_buffer(struct.pack("II", offload, 0))
        request = struct.pack("16sP", device.encode(), ctypes.addressof(value)).ljust(40, b"\0")
        with suppress(OSError):
            fcntl.ioctl(control, _ETHTOOL, request)


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def main(job: str, *arguments: str) -> None:
    """What runs inside a namespace."""
    if job == "plain":
        _plain(arguments[0])
    else:
        profile, seed, told = arguments
        Forwarder(("m0", "m1"), Profile(**json.loads(profile)), int(seed), Path(told)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
