"""The press: draws papers in a process of its own, so that the screen's process never loads reportlab.

The child reads one line of JSON (`{"kind", "paper"}`) and answers a length and that many bytes of PDF; length 0 means
that the paper could not be drawn.
"""

import struct
import subprocess
import sys
import threading
from typing import IO, Final

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.papers.content import (
    DayPaper,
    GuidePaper,
    InspectionPaper,
    MaterialListPaper,
    NoticePaper,
    Paper,
    ReceiptPaper,
    SignPaper,
    SlipPaper,
    SpecimenPaper,
    TrialPaper,
)

_LENGTH: Final = struct.Struct(">I")
KINDS: Final = {
    "receipt": ReceiptPaper,
    "slip": SlipPaper,
    "notice": NoticePaper,
    "list": MaterialListPaper,
    "guide": GuidePaper,
    "specimen": SpecimenPaper,
    "sign": SignPaper,
    "inspection": InspectionPaper,
    "trial": TrialPaper,
    "day": DayPaper,
}


class ChildPress:
    """Answers `kiosk.ports.Press`. The child starts with the first paper and again after it died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def draw(self, paper: Paper) -> bytes:
        """The paper as PDF bytes.

        Raises:
            KioskError: `PRINT_REFUSED` when it cannot be drawn.
        """
        kind = next(name for name, type_ in KINDS.items() if isinstance(paper, type_))
        request = msgspec.json.encode({"kind": kind, "paper": paper}) + b"\n"
        with self._lock:
            pdf = self._ask(request)
        if not pdf:
            raise KioskError(Failure.PRINT_REFUSED, reason="drawing")
        return pdf

    def close(self) -> None:
        """End the child."""
        with self._lock:
            if self._child is not None and self._child.stdin is not None and self._child.stdout is not None:
                self._child.stdin.close()
                self._child.wait()
                self._child.stdout.close()
            self._child = None

    def __del__(self) -> None:
        self.close()

    def _ask(self, request: bytes) -> bytes:
        child = self._running()
        if child.stdin is None or child.stdout is None:
            return b""
        try:
            child.stdin.write(request)
            child.stdin.flush()
            return _read_pdf(child.stdout)
        except BrokenPipeError:
            return b""

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "kiosk.papers"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._child


def _read_pdf(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    (length,) = _LENGTH.unpack(head)
    return stream.read(length)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """The child's loop: one paper a line until the input ends."""
    from kiosk.papers.draw import draw  # noqa: PLC0415 -- reportlab is loaded in the child only

    for line in requests:
        try:
            request = msgspec.json.decode(line)
            paper: Paper = msgspec.convert(request["paper"], type=KINDS[request["kind"]])
            pdf = draw(paper)
        except Exception as error:  # noqa: BLE001 -- one paper that cannot be drawn must not end the press
            # Only the kind of error: reportlab's messages quote the paper, and a paper names people.
            sys.stderr.write(f"press: {type(error).__name__}\n")
            pdf = b""
        answers.write(_LENGTH.pack(len(pdf)) + pdf)
        answers.flush()
