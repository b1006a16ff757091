"""Starts, kills and asks the reference platform."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from central import feed, fleet
from central.office import Office, open_office
from central.store import cases, events
from kiosk.seal import signing
from sync.wire.messages import DecisionBody
from tests.sync.platform_main import publish


class Platform:
    """The real platform as a child process on loopback; the same port again after `kill` and `start`."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._port = 0
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.sync.platform_main", str(self.data), str(self._port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the platform did not start"
        self.url = json.loads(line)["url"]
        self._port = int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        """As a power cut does it."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def office(self) -> Office:
        """The same platform's verbs, on its database."""
        return open_office(self.data)

    def code(self, terminal: str | None = None) -> str:
        office = self.office()
        try:
            return fleet.new_code(office, actor="test", terminal=terminal, region12="000000000000").text
        finally:
            office.close()

    def revoke(self, terminal: str) -> None:
        office = self.office()
        try:
            fleet.revoke(office, terminal, actor="test")
        finally:
            office.close()

    def numbers(self, terminal: str) -> list[str]:
        """The submission numbers the platform has taken from one terminal, each as often as it has it."""
        office = self.office()
        try:
            with office.store.read() as connection:
                page = cases.page(connection, after=terminal, limit=100_000)
                return [case.number for case in page if case.number.startswith(terminal)]
        finally:
            office.close()

    def record_key(self) -> bytes:
        """The key the platform signs its records with."""
        office = self.office()
        try:
            return office.keys.record
        finally:
            office.close()

    def publish(self, version: int) -> None:
        office = self.office()
        try:
            publish(office, version)
        finally:
            office.close()

    def decide(self, number: str, sequence: int, state: str, paper: bytes | None = None) -> None:
        """Put a decision into the feed of the terminal that took the case."""
        office = self.office()
        body = DecisionBody(
            terminal=number[:6],
            number=number,
            seq=sequence,
            state=state,
            at=datetime.now(UTC),
            acceptance=f"SL{sequence:05d}",
            paper=paper,
            paper_signature=signing.sign(office.keys.record, "paper", paper or b""),
        )
        try:
            with office.store.write() as connection:
                feed.record(office, connection, body, officer="test", refs=())
        finally:
            office.close()

    def files(self, terminal: str, event: str) -> list[bytes]:
        """The sealed files of an event as the platform holds them; fails when one is not whole."""
        office = self.office()
        try:
            with office.store.read() as connection:
                entries = events.files(connection, terminal, event)
            return [office.blobs.read(terminal, entry.digest) for entry in entries]
        finally:
            office.close()
