"""The simulated A4 printer's socket: HTTP and the operations, and the ways in which a line breaks."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from devices.printer.ipp.codec import Attribute, Group, IppFormatError, Message, Tag, Value, attribute, decode, encode
from devices.printer.ipp.printer import JobState, Operation
from devices.printer.simulated.ipp_words import A4, LETTER, job_words, printer_words
from devices.printer.simulated.ipp_world import SimJob, World

PATH: Final = "/ipp/print"
_LARGEST = 64 << 20
_BAD, _NOT_POSSIBLE, _NOT_FOUND, _BAD_FORMAT, _BAD_VALUE, _NO_SUCH, _BUSY = (
    0x0400,
    0x0404,
    0x0406,
    0x040A,
    0x040B,
    0x0501,
    0x0507,
)
_GIVING: Final = frozenset({Operation.PRINT_JOB, Operation.SEND_DOCUMENT})
_NEW_JOB: Final = ("job-id", "job-uri", "job-state", "job-state-reasons")
Said = Mapping[str, tuple[Value, ...]]


class RefusedError(Exception):
    """An IPP status other than success."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class IppServer(ThreadingHTTPServer):
    """Listens on loopback. `formats` are the documents it takes, the first one by default.

    An `unlisted` one does not list the jobs that have ended.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, world: World, port: int, formats: tuple[str, ...], *, unlisted: bool = False) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.world = world
        self.formats = formats
        self.unlisted = unlisted
        self.uri = f"ipp://127.0.0.1:{self.server_address[1]}{PATH}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is nobody's fault."""

    def answer(self, asked: Message) -> Message:
        """One answer to one request."""
        try:
            groups = self._serve(asked)
            code = 0
        except RefusedError as error:
            code, groups = error.status, ()
        words = (
            attribute("attributes-charset", Tag.CHARSET, "utf-8"),
            attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
        )
        return Message(code, (Group(Tag.OPERATION, words), *groups), asked.request)

    def _serve(self, asked: Message) -> tuple[Group, ...]:
        said = asked.of(Tag.OPERATION)[0]
        wanted = said.get("requested-attributes", ("all",))
        operations: dict[int, Callable[[], tuple[Group, ...]]] = {
            Operation.GET_PRINTER_ATTRIBUTES: lambda: self._printer(wanted),
            Operation.VALIDATE_JOB: lambda: self._look_at(asked, said),
            Operation.PRINT_JOB: lambda: self._job_group(self._new(asked, said)),
            Operation.CREATE_JOB: lambda: self._job_group(self._new(asked, said)),
            Operation.SEND_DOCUMENT: lambda: self._job_group(self._given(asked, said)),
            Operation.CANCEL_JOB: lambda: self._cancel(self._named(said)),
            Operation.GET_JOB_ATTRIBUTES: lambda: self._job_group(self._named(said), wanted),
            Operation.GET_JOBS: lambda: self._jobs(said, wanted),
        }
        chosen = operations.get(asked.code)
        if chosen is None:
            raise RefusedError(_NO_SUCH)
        with self.world.lock:
            return chosen()

    def _printer(self, wanted: tuple[Value, ...]) -> tuple[Group, ...]:
        return (_chosen(Tag.PRINTER, printer_words(self.world, self.uri, self.formats), wanted),)

    def _look_at(self, asked: Message, said: Said) -> tuple[Group, ...]:
        template = asked.of(Tag.JOB)
        media = template[0].get("media", (A4,))[0] if template else A4
        if said.get("document-format", (self.formats[0],))[0] not in self.formats:
            raise RefusedError(_BAD_FORMAT)
        if media not in {A4, LETTER}:
            raise RefusedError(_BAD_VALUE)
        return ()

    def _new(self, asked: Message, said: Said) -> SimJob:
        self._look_at(asked, said)
        if self.world.faults.get("busy"):
            raise RefusedError(_BUSY)
        data = asked.document if asked.code == Operation.PRINT_JOB else None
        kind = _text(said, "document-format") or self.formats[0]
        return self.world.take(_text(said, "job-name"), _text(said, "requesting-user-name"), kind, data)

    def _given(self, asked: Message, said: Said) -> SimJob:
        job = self._named(said)
        if not job.waiting:
            raise RefusedError(_NOT_POSSIBLE)
        job.format = _text(said, "document-format") or job.format or self.formats[0]
        job.data += asked.document
        if said.get("last-document", (1,))[0]:
            job.waiting, job.state = False, JobState.PENDING
            self.world.lock.notify_all()
        return job

    def _cancel(self, job: SimJob) -> tuple[Group, ...]:
        if job.ended or self.world.faults.get("keep") == job.number:
            raise RefusedError(_NOT_POSSIBLE)
        self.world.cancel(job)
        return ()

    def _named(self, said: Said) -> SimJob:
        number = said.get("job-id", (0,))[0]
        if not number:
            tail = _text(said, "job-uri").rpartition("/")[2]
            number = int(tail) if tail.isdecimal() else 0
        job = self.world.jobs.get(number) if isinstance(number, int) else None
        if job is None:
            raise RefusedError(_NOT_FOUND)
        return job

    def _jobs(self, said: Said, wanted: tuple[Value, ...]) -> tuple[Group, ...]:
        ended = said.get("which-jobs", ("not-completed",))[0] == "completed"
        if ended and self.unlisted:
            raise RefusedError(_BAD_VALUE)
        mine = bool(said.get("my-jobs", (0,))[0])
        user = _text(said, "requesting-user-name")
        found = [job for job in self.world.jobs.values() if job.ended == ended and (not mine or job.user == user)]
        limit = said.get("limit", (len(found),))[0]
        newest = sorted(found, key=lambda job: -job.number) if ended else found
        return tuple(
            _chosen(Tag.JOB, job_words(job, self.uri), wanted)
            for job in newest[: limit if isinstance(limit, int) else None]
        )

    def _job_group(self, job: SimJob, wanted: tuple[Value, ...] = _NEW_JOB) -> tuple[Group, ...]:
        return (_chosen(Tag.JOB, job_words(job, self.uri), wanted),)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: IppServer

    def log_message(self, *_words: Any) -> None:
        """Nothing is written down."""

    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        world = self.server.world
        if time.monotonic() < world.deaf_until:
            self._hang_up(0.0)
            return
        pieces = self._pieces()
        body = next(pieces, b"")
        giving = int.from_bytes(body[2:4], "big") in _GIVING
        at, seconds = (world.fault("cut") if giving and "cut" in world.faults else None) or ("", 0.0)
        if at == "connect":
            self._hang_up(seconds)
            return
        body += next(pieces, b"")
        if giving and world.faults.get("die") == "body":
            os._exit(1)
        if at != "body":
            body += b"".join(pieces)
        if at in {"body", "answer"}:
            self._hang_up(seconds)
            return
        self._answer(body, at, seconds, giving=giving)

    def _answer(self, body: bytes, at: str, seconds: float, *, giving: bool) -> None:
        world = self.server.world
        try:
            answer = encode(self.server.answer(decode(body)))
        except (IppFormatError, IndexError):
            answer = encode(Message(_BAD, ()))
        if giving and world.faults.get("die") == "accepted":
            os._exit(1)
        if at == "accepted":
            self._hang_up(seconds)
            return
        if giving:
            time.sleep(world.fault("silent") or 0.0)
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        if at == "answered":
            self._hang_up(seconds)

    def _pieces(self) -> Iterator[bytes]:
        """The body: its first bytes, something of the middle, the rest."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            length = min(int(self.headers.get("Content-Length", "0")), _LARGEST)
            first = min(8, length)
            half = (length - first) // 2
            yield self.rfile.read(first)
            yield self.rfile.read(half)
            yield self.rfile.read(length - first - half)
            return
        size, total = 1, 0
        while size and total < _LARGEST:
            size = int(self.rfile.readline(64).split(b";")[0], 16)
            total += size
            chunk = self.rfile.read(size)
            self.rfile.readline(8)
            yield chunk

    def _hang_up(self, seconds: float) -> None:
        """Cut the line without a word, and be deaf for a while."""
        if seconds:
            self.server.world.act({"do": "deaf", "seconds": seconds})
        self.close_connection = True


def _chosen(tag: int, words: Iterable[Attribute], wanted: tuple[Value, ...]) -> Group:
    """Only what was asked for; the names of groups mean everything."""
    everything = {"all", "printer-description", "job-template", "job-description", "printer-defaults"} & {
        word for word in wanted if isinstance(word, str)
    }
    return Group(tag, tuple(one for one in words if everything or one.name in wanted))


def _text(said: Said, name: str) -> str:
    value = said.get(name, ("",))[0]
    return value if isinstance(value, str) else ""
