"""`python -m benchmarks.links [--peers …] [--profiles …] [--reps N] [--kill 5,10,15] [--out FILE]`.

Every profile, each peer and ourselves taking turns on it, `reps` times; one JSON line a run, and a table of medians at
the end. Root. Peers that are not installed are left out and named.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.links.emulator import PROFILES, SERVER, Link
from benchmarks.links.figures import print_figures
from benchmarks.links.peers import SHIPPED, digests, plugged
from benchmarks.links.workload import Queue, make_queue

APPLICATIONS = {"good": 100, "3g": 8, "edge": 2, "satellite": 8, "flapping": 8, "redial": 8, "loop": 100}
OURS = Path(__file__).parent.parent / "link_peer.py"
_LOOK = 0.02


@dataclass(frozen=True, slots=True)
class Plan:
    """One run: who, on what, how many applications, for how many seconds at most, killed at which seconds."""

    name: str
    peer: Any
    profile: str
    applications: int
    seed: int
    limit: float
    kills: tuple[float, ...]


def run(plan: Plan) -> dict[str, Any]:
    """What one run showed."""
    with tempfile.TemporaryDirectory(prefix="jinban-links-") as folder:
        base, queue = folder, f"{folder}/queue"
        load = make_queue(Path(queue), plan.applications)
        wanted = digests(Path(queue))
        with Link(PROFILES[plan.profile], plan.seed) as link:
            plan.peer.prep(base, queue, link)
            _listen(plan, base, link)
            began, seconds, code, used = _deliver(plan, base, queue, link)
            seen = link.seen()
            arrived = plan.peer.verify(base, queue, link)
            forms = plan.peer.forms_ctime(base)
        right = sum(arrived.get(name) == digest for name, digest in wanted.items())
        return {
            "peer": plan.name,
            "profile": plan.profile,
            "applications": plan.applications,
            "seed": plan.seed,
            "kills": len(plan.kills),
            "done": code == 0 and right == len(wanted),
            "arrived": right,
            "wanted": len(wanted),
            "seconds": round(seconds, 2),
            **_rated(plan, load, seconds, seen),
            "cpu": round(used.ru_utime + used.ru_stime, 2),
            "memory_mb": round(used.ru_maxrss / 1024, 1),
            "forms": round(forms[1] - began, 2) if forms else None,
            **plan.peer.extra(base),  # noqa: S610 -- a peer, not a query
        }


def _rated(plan: Plan, load: Queue, seconds: float, seen: dict[str, Any]) -> dict[str, Any]:
    least = PROFILES[plan.profile].least_seconds(load.unique)
    wire = seen["up"]["size"] + seen["down"]["size"]
    return {
        "least": round(least, 2),
        "x_least": round(seconds / least, 3),
        "wire": wire,
        "x_payload": round(wire / load.payload, 3),
        "connections": seen["connections"],
        "turns": seen["turns"],
        "lost": {way: {name: seen[way][name] for name in ("lost", "tail", "cut")} for way in ("up", "down")},
    }


def _listen(plan: Plan, base: str, link: Link) -> None:
    log = (Path(base) / "server.log").open("wb")
    env = {**os.environ, **plan.peer.env}
    link.start("server", plan.peer.server(base, link), env=env, stdout=log, stderr=log)
    probe = f"import socket;socket.create_connection(({SERVER!r},{plan.peer.port}),1)"
    inside = ["ip", "netns", "exec", link.ns("server"), sys.executable, "-c", probe]
    for _ in range(300):
        if subprocess.run(inside, check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    raise TimeoutError(plan.name)


def _deliver(plan: Plan, base: str, queue: str, link: Link) -> tuple[float, float, int | None, Any]:
    """When it began, how long it took, its exit status (None: still going at the limit), what it used."""
    log = (Path(base) / "client.log").open("wb")

    def start() -> subprocess.Popen[bytes]:
        env = {**os.environ, **plan.peer.env}
        command = plan.peer.client(base, queue, link)
        return link.start("client", command, env=env, stdout=log, stderr=log, start_new_session=True)

    if not plan.peer.two_phase:
        link.start_clock()
    began, steady = time.time(), time.monotonic()
    client, kills = start(), list(plan.kills)
    if plan.peer.two_phase:
        while not (Path(base) / "ready").exists():
            time.sleep(_LOOK)
        link.start_clock()
        began, steady = time.time(), time.monotonic()
        (Path(base) / "go").touch()
    while time.monotonic() - steady < plan.limit:
        ended, status, used = os.wait4(client.pid, os.WNOHANG)
        if ended:
            client.returncode = os.waitstatus_to_exitcode(status)
            return began, time.monotonic() - steady, client.returncode, used
        if kills and time.monotonic() - steady > kills[0]:
            kills.pop(0)
            _kill(client)
            client = start()
        time.sleep(_LOOK)
    used = _kill(client)
    return began, time.monotonic() - steady, None, used


def _kill(client: "subprocess.Popen[bytes]") -> Any:
    """As a power cut does it."""
    os.killpg(client.pid, signal.SIGKILL)
    _, _, used = os.wait4(client.pid, 0)
    client.returncode = -signal.SIGKILL
    return used


def main() -> int:
    """Run what was asked for and print medians; 1 when something of ours did not arrive whole."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.links")
    parser.add_argument("--peers", default="jinban," + ",".join(SHIPPED))
    parser.add_argument("--profiles", default="good,3g,edge,satellite,flapping,redial")
    parser.add_argument("--applications", type=int)
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("--limit", type=float, default=240.0, help="seconds after which a run is given up")
    parser.add_argument("--kill", default="", help="SIGKILL and restart the sender at these seconds: 5,10,15")
    parser.add_argument("--out", type=Path, help="also append the JSON lines to this file")
    asked = parser.parse_args()
    if shutil.which("ip") is None or os.geteuid() != 0:
        print("needs root and iproute2", file=sys.stderr)
        return 2
    peers = {**SHIPPED, **plugged(OURS)}
    rows = []
    for profile in asked.profiles.split(","):
        for rep in range(asked.reps):
            for name in asked.peers.split(","):
                rows += _row(asked, peers, profile, rep, name)
    print_figures(rows)
    return int(any(row["peer"] == "jinban" and not row["done"] for row in rows))


def _row(asked: argparse.Namespace, peers: dict[str, Any], profile: str, rep: int, name: str) -> list[dict[str, Any]]:
    peer = peers[name]
    if missing := getattr(peer, "missing", lambda: "")():
        if rep == 0:
            print(f"{name}: left out, {missing} is not installed", file=sys.stderr)
        return []
    kills = tuple(float(one) for one in asked.kill.split(",") if one)
    count = asked.applications or APPLICATIONS[profile]
    row = run(Plan(name, peer, profile, count, rep + 1, asked.limit, kills))
    line = json.dumps(row)
    print(line, flush=True)
    if asked.out:
        with asked.out.open("a") as file:
            file.write(line + "\n")
    return [row]


if __name__ == "__main__":
    sys.exit(main())
