"""The operations of one printer or queue, each one request."""

import itertools
from collections.abc import Iterable
from typing import Final

from devices.printer.ipp.codec import Attribute, Group, IppFormatError, Message, Tag, attribute, decode, encode
from devices.printer.ipp.printer import (
    JOB_ATTRIBUTES,
    PRINTER_ATTRIBUTES,
    JobInfo,
    Operation,
    Printer,
    job_of,
    printer_of,
)
from devices.printer.ipp.transport import Line, LostError, Reach, Tick

_FIRST_ERROR = 0x0100
_MOST_JOBS = 100
ASKING: Final = 2.0
"""Seconds an answer to a question may take."""


class IppRefusedError(Exception):
    """The printer said no. `unsupported` names the attributes it stumbled over."""

    def __init__(self, status: int, unsupported: frozenset[str]) -> None:
        super().__init__(f"0x{status:04x}")
        self.status = status
        self.unsupported = unsupported


class Client:
    """Speaks as `user` to the printer `uri` over a line. All calls raise `LostError`, `HttpRefusedError` (transport).

    `tick` is asked while waiting (see `Line.post`); it may be replaced at any time.
    """

    def __init__(self, line: Line, uri: str, user: str, tick: Tick = lambda: False) -> None:
        self.line = line
        self.user = user
        self.tick = tick
        self._uri = uri
        self._numbers = itertools.count(1)

    def printer(self, seconds: float = ASKING) -> Printer:
        """How the printer is."""
        wanted = attribute("requested-attributes", Tag.KEYWORD, *PRINTER_ATTRIBUTES)
        answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, [wanted], seconds)
        said = answer.of(Tag.PRINTER)
        return printer_of(said[0] if said else {})

    def validate(self, name: str, document_format: str, template: Iterable[Attribute]) -> frozenset[str]:
        """Ask whether a job like this would be taken; names what would be passed over.

        Raises:
            IppRefusedError: it would not.
        """
        operation, job = _described(name, document_format), tuple(template)
        return _unsupported(self._ask(Operation.VALIDATE_JOB, operation, ASKING, job))

    def print_job(
        self, name: str, document_format: str, template: Iterable[Attribute], document: bytes, seconds: float
    ) -> int:
        """Hand over a document on a connection of its own; gives the job's number.

        Raises:
            LostError: nobody answered. Its `reach` says how much may have arrived.
            IppRefusedError: the job was not taken.
        """
        operation, job = _described(name, document_format), tuple(template)
        answer = self._ask(Operation.PRINT_JOB, operation, seconds, job, document)
        said = answer.of(Tag.JOB)
        number = job_of(said[0]).number if said else 0
        if number <= 0:
            raise LostError(Reach.WHOLE, "no_number")
        return number

    def job(self, number: int, seconds: float = ASKING) -> JobInfo:
        """How a job is."""
        operation = [
            attribute("job-id", Tag.INTEGER, number),
            attribute("requested-attributes", Tag.KEYWORD, *JOB_ATTRIBUTES),
        ]
        said = self._ask(Operation.GET_JOB_ATTRIBUTES, operation, seconds).of(Tag.JOB)
        return job_of(said[0] if said else {})

    def jobs(self, which: str, *, mine: bool = True, seconds: float = ASKING) -> list[JobInfo]:
        """The newest jobs that are `completed` or `not-completed`."""
        operation = [
            attribute("limit", Tag.INTEGER, _MOST_JOBS),
            attribute("requested-attributes", Tag.KEYWORD, *JOB_ATTRIBUTES),
            attribute("which-jobs", Tag.KEYWORD, which),
            attribute("my-jobs", Tag.BOOLEAN, mine),
        ]
        return [job_of(said) for said in self._ask(Operation.GET_JOBS, operation, seconds).of(Tag.JOB)]

    def cancel(self, number: int, seconds: float = ASKING) -> None:
        """Ask for a job to be given up; its state tells whether and when it was."""
        self._ask(Operation.CANCEL_JOB, [attribute("job-id", Tag.INTEGER, number)], seconds)

    def purge(self, number: int, seconds: float = ASKING) -> None:
        """Have cupsd delete a job with its document, which it keeps for a day otherwise."""
        operation = [attribute("job-id", Tag.INTEGER, number), attribute("purge-job", Tag.BOOLEAN, 1)]
        self._ask(Operation.CANCEL_JOB, operation, seconds)

    def _ask(
        self,
        operation: Operation,
        more: Iterable[Attribute],
        seconds: float,
        job: tuple[Attribute, ...] = (),
        document: bytes = b"",
    ) -> Message:
        request = next(self._numbers)
        words = _ordered(operation, more, self._uri, self.user)
        groups = (Group(Tag.OPERATION, words), *((Group(Tag.JOB, job),) if job else ()))
        body = encode(Message(operation, groups, request, document))
        sent = self.line.post(body, seconds, self.tick, fresh=operation is Operation.PRINT_JOB)
        try:
            answer = decode(sent)
        except IppFormatError as error:
            raise LostError(Reach.WHOLE, "no_ipp") from error
        if answer.request != request:
            raise LostError(Reach.WHOLE, "other_request")
        if answer.code >= _FIRST_ERROR:
            raise IppRefusedError(answer.code, _unsupported(answer))
        return answer


def _ordered(operation: Operation, more: Iterable[Attribute], uri: str, user: str) -> tuple[Attribute, ...]:
    """RFC 8011 section 4.1.4: charset and language first, then the target, the job's number beside it."""
    rest = list(more)
    number = [one for one in rest if one.name == "job-id" and operation is not Operation.GET_JOBS]
    return (
        attribute("attributes-charset", Tag.CHARSET, "utf-8"),
        attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
        attribute("printer-uri", Tag.URI, uri),
        *number,
        attribute("requesting-user-name", Tag.NAME, user),
        *(one for one in rest if one not in number),
    )


def _described(name: str, document_format: str) -> list[Attribute]:
    return [attribute("job-name", Tag.NAME, name), attribute("document-format", Tag.MIME, document_format)]


def _unsupported(answer: Message) -> frozenset[str]:
    return frozenset(name for group in answer.of(Tag.UNSUPPORTED) for name in group)
