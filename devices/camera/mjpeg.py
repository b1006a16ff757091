"""A document camera that offers its picture over HTTP as MJPEG (multipart/x-mixed-replace), as many network models do.

Our own reader of the stream instead of OpenCV's: it keeps deadlines, notices at once when the camera has gone, hands
over JPEGs as they came, and never keeps more than the newest one.

Options: `url` of the stream; `second` of the camera at the face, if there is one; `seconds` it may be silent (3).
"""

import contextlib
import re
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from devices.camera.settings import number
from devices.contract import Frame, Setup
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CameraView, UseCamera

LARGEST_PICTURE = 16 * 1024 * 1024
CONNECTING = 2.0
_CHUNK = 64 * 1024
_LONGEST_HEAD = 8 * 1024
_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_START, _END = b"\xff\xd8", b"\xff\xd9"
_MARK, _SCAN = 0xFF, 0xDA
_SHORTEST_PICTURE = 100
_MOST_REDIRECTS = 3
_LEAST_SILENCE, _MOST_SILENCE = 0.5, 30.0
_FORBIDDEN = frozenset({401, 403})
_BUSY = frozenset({429, 503})


class MjpegCamera:
    """Implements `devices.contract.CameraDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._urls = {
            CameraView.OVERHEAD: setup.options.get("url", ""),
            CameraView.FACE: setup.options.get("second", ""),
        }
        self._silence = number(setup.options, "seconds", "3", _LEAST_SILENCE, _MOST_SILENCE)
        self._stream: _Stream | None = None

    def open(self) -> None:
        """See whether the camera answers."""
        self.check()

    def check(self) -> str:
        """Ask for the stream, and leave it: the answer says whether the camera is there and lets us in.

        Raises:
            KioskError: `DEVICE_ABSENT`, `DEVICE_FORBIDDEN`, `DEVICE_BUSY`, `DEVICE_DISTURBED` for what is no stream.
        """
        _ask(self._url(CameraView.OVERHEAD), self._silence).close()
        return "MJPEG over HTTP"

    def close(self) -> None:
        """Let go."""
        self.end()

    def begin(self, request: UseCamera) -> None:
        """Start the stream."""
        self.end()
        self._stream = _Stream(_ask(self._url(request.view), self._silence))

    def frame(self, seconds: float) -> Frame | None:
        """The newest picture."""
        if self._stream is None:
            raise KioskError(Failure.DEVICE_ABSENT, reason="not_begun")
        return self._stream.newest(seconds)

    def end(self) -> None:
        """Stop the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _url(self, view: CameraView) -> str:
        url = self._urls[view]
        if urlsplit(url).scheme not in {"http", "https"}:
            raise KioskError(Failure.CONFIG_INVALID, reason="url" if view is CameraView.OVERHEAD else "second")
        return url


class _Stream:
    """A running stream: a thread reads it and keeps the newest picture."""

    def __init__(self, answer: requests.Response) -> None:
        self._answer = answer
        self._changed = threading.Condition()
        self._newest: bytes | None = None
        self._over: Failure | None = None
        threading.Thread(target=self._run, name="mjpeg", daemon=True).start()

    def newest(self, seconds: float) -> Frame | None:
        """The newest picture nobody has seen."""
        until = time.monotonic() + seconds
        with self._changed:
            while self._newest is None:
                if self._over is not None:
                    raise KioskError(self._over, reason="stream_ended")
                rest = until - time.monotonic()
                if rest <= 0 or not self._changed.wait(rest):
                    return None
            picture, self._newest = self._newest, None
        return Frame(jpeg=picture)

    def close(self) -> None:
        """End it; the thread ends with it. Closing the answer would wait for the read that is under way."""
        with contextlib.suppress(OSError, ValueError):
            self._answer.raw.shutdown()
        with self._changed:
            self._newest = None

    def _read(self) -> bytes:
        """What has come, be it little: a picture is not held back until the next one fills the buffer."""
        return bytes(self._answer.raw.read1(_CHUNK))

    def _run(self) -> None:
        over = Failure.DEVICE_ABSENT
        try:
            for picture in pictures_in(iter(self._read, b"")):
                with self._changed:
                    self._newest = picture
                    self._changed.notify_all()
        except ReadTimeoutError:
            over = Failure.DEVICE_HUNG
        except (HTTPError, OSError):
            over = Failure.DEVICE_ABSENT
        except ValueError:
            over = Failure.DEVICE_DISTURBED
        with contextlib.suppress(OSError, HTTPError):
            self._answer.close()
        with self._changed:
            self._over = over
            self._changed.notify_all()


def pictures_in(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The JPEGs of a multipart stream, whole ones only: by the length their part names, else from start to end mark.

    Raises:
        ValueError: a part longer than any picture, or a stream in which no picture begins.
    """
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while (picture := _next_picture(held)) is not None:
            yield picture
        if len(held) > LARGEST_PICTURE:
            raise ValueError("no picture")


def _next_picture(held: bytearray) -> bytes | None:
    """Take the first whole picture out of `held`; what goes before it is dropped."""
    start = held.find(_START)
    if start < 0:
        del held[: max(0, len(held) - _LONGEST_HEAD)]
        return None
    named = _LENGTH.findall(bytes(held[max(0, start - _LONGEST_HEAD) : start]))
    length = int(named[-1]) if named else 0
    if length >= _SHORTEST_PICTURE:
        end = start + length
        if end - start > LARGEST_PICTURE:
            raise ValueError("no picture")
        if len(held) < end:
            return None
    else:
        found = held.find(_END, _scan_at(held, start))
        if found < 0:
            return None
        end = found + len(_END)
    picture = bytes(held[start:end])
    del held[:end]
    return picture


def _scan_at(held: bytearray, start: int) -> int:
    """Where to look for the picture's end: behind its head, in which a preview with an end of its own may stand."""
    at = start + len(_START)
    while len(held) >= at + 4 and held[at] == _MARK and held[at + 1] != _SCAN:
        at += 1 if held[at + 1] == _MARK else 2 + int.from_bytes(held[at + 2 : at + 4], "big")
    return min(at, len(held))


def _ask(url: str, silence: float) -> requests.Response:
    """The answer to a request for the stream, its body not read yet."""
    try:
        with requests.Session() as session:
            # No proxy and no password file stands between a terminal and its camera.
            session.trust_env, session.max_redirects = False, _MOST_REDIRECTS
            answer = session.get(
                url, stream=True, timeout=(CONNECTING, silence), headers={"Accept": "multipart/*, image/*"}
            )
    except requests.Timeout:
        raise KioskError(Failure.DEVICE_ABSENT, reason="timeout") from None
    except requests.RequestException:
        raise KioskError(Failure.DEVICE_ABSENT, reason="unreachable") from None
    if answer.ok and answer.headers.get("content-type", "").lower().startswith(("multipart/", "image/jpeg")):
        return answer
    answer.close()
    if answer.status_code in _FORBIDDEN:
        raise KioskError(Failure.DEVICE_FORBIDDEN, status=answer.status_code)
    if answer.status_code in _BUSY:
        raise KioskError(Failure.DEVICE_BUSY, status=answer.status_code)
    raise KioskError(Failure.DEVICE_DISTURBED, reason="no_stream", status=answer.status_code)
