"""What came down, however it came: decisions sealed to this terminal, and which catalogue is the real one.

Every record proves itself. One that does not is not applied and is remembered as a gap; whatever comes after it is
applied all the same, because each record stands alone.
"""

from dataclasses import dataclass
from typing import Final

import structlog

from kiosk.catalogue.package import read_head
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Decision
from kiosk.model.feedback import Reply
from kiosk.model.state import CaseState
from kiosk.ports import Store
from sync.wire.messages import CatalogueHead, DecisionBody, ReplyBody, SignedRecord
from sync.wire.records import read_sealed_record

_AT_ONCE: Final = 100

_log = structlog.get_logger("sync.decisions")


@dataclass(slots=True)
class ChangesResult:
    """How many decisions were applied, the catalogue version taken (0: none), and the first thing that was wrong.

    `gap` says that a record was not applied and has to be asked for again, `pieces` that more of a package waits.
    """

    decisions: int = 0
    catalogue: int = 0
    pieces: bool = False
    failure: KioskError | None = None
    gap: bool = False


class Decisions:
    """Takes decisions in."""

    def __init__(self, store: Store) -> None:
        self._store, self._identity = store, store.settings.identity()
        self._terminal_key = store.settings.terminal_key()

    def apply(self, records: tuple[SignedRecord, ...], result: ChangesResult) -> None:
        """Write what is proven, at most 100 at once; `result` says how many and what was wrong."""
        for start in range(0, len(records), _AT_ONCE):
            decisions = self._proven(records[start : start + _AT_ONCE], result)
            with self._store.write_tx():
                for decision in decisions:
                    result.decisions += self._decide(decision)
                for reply in self._replies(records[start : start + _AT_ONCE], result):
                    self._hear(reply)

    def _proven(self, records: tuple[SignedRecord, ...], result: ChangesResult) -> list[Decision]:
        decisions = []
        for record in records:
            if record.kind != "decision":
                continue  # a newer platform's kind; this version has no use for it
            try:
                decisions.append(self._decision(record))
            except KioskError as error:
                result.failure = result.failure or error
                result.gap = True
        return decisions

    def _replies(self, records: tuple[SignedRecord, ...], result: ChangesResult) -> list[Reply]:
        replies = []
        for record in records:
            if record.kind != "reply":
                continue
            try:
                replies.append(self._reply(record))
            except KioskError as error:
                result.failure = result.failure or error
                result.gap = True
        return replies

    def _reply(self, record: SignedRecord) -> Reply:
        body = read_sealed_record(
            record, "reply", ReplyBody, self._identity.record_key, self._identity.terminal, self._terminal_key
        )
        if body.terminal != self._identity.terminal:
            raise KioskError(Failure.RECORD_NOT_GENUINE, reason="terminal", kind="reply")
        return Reply(body.number, body.seq, body.at, body.text)

    def _hear(self, reply: Reply) -> None:
        try:
            self._store.feedback.answer(reply)
        except KioskError as error:
            if error.failure is not Failure.FEEDBACK_UNKNOWN:
                raise
            # taken on this terminal before a rescue: whoever asked is answered by telephone
            _log.info("reply.not_applied", number=reply.number)

    def _decision(self, record: SignedRecord) -> Decision:
        body = read_sealed_record(
            record, "decision", DecisionBody, self._identity.record_key, self._identity.terminal, self._terminal_key
        )
        if body.terminal != self._identity.terminal:
            raise KioskError(Failure.RECORD_NOT_GENUINE, reason="terminal", kind="decision")
        try:
            state = CaseState(body.state)
        except ValueError as error:
            raise KioskError(Failure.RECORD_NOT_GENUINE, reason="state", kind="decision") from error
        return Decision(
            submission_no=body.number,
            sequence=body.seq,
            state=state,
            decided_at=body.at,
            acceptance_no=body.acceptance,
            reason=body.reason,
            correct=body.correct,
            paper=body.paper,
            paper_signature=body.paper_signature,
            arranged=body.arranged,
        )

    def _decide(self, decision: Decision) -> bool:
        try:
            return self._store.inbox.apply_decision(decision)
        except KioskError as error:
            if error.failure not in {Failure.CASE_UNKNOWN, Failure.CASE_ILLEGAL_MOVE}:
                raise
            # taken on this terminal before a rescue, or said twice over: the platform still shows it online
            _log.info("decision.not_applied", case=decision.submission_no, failure=error.failure.code)
            return False


def check_package(package: bytes, head: CatalogueHead, record_key: bytes) -> None:
    """Whether this is the package the signed head speaks of.

    Raises:
        KioskError: `CATALOGUE_NOT_GENUINE`, or what reading its head raises.
    """
    if read_head(package, record_key).digest != head.digest.hex():
        raise KioskError(Failure.CATALOGUE_NOT_GENUINE, where="head")


OF_CATALOGUE: Final = {
    Failure.RECORD_NOT_GENUINE,
    Failure.CATALOGUE_NOT_GENUINE,
    Failure.CATALOGUE_BROKEN,
    Failure.CATALOGUE_OLDER,
}
"""What may be wrong with a catalogue, whose place is then kept by the one in force."""
