"""Deciding on a case: the state moves, the paper is drawn and signed, the terminal's feed gets it, all or nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from central import casebook, feed
from central.casebook import OpenedCase
from central.decisions import PaperKind, PaperPoint
from central.drafting import document_day, write_paper
from central.drawing import draw
from central.grounds import points_of
from central.office import Office
from central.store import audit, cases, decisions, settings
from central.store.audit import Finding
from kiosk.failure import Failure, KioskError
from kiosk.model.state import CaseState, Mover, advance
from kiosk.seal import signing
from sync.wire.messages import DecisionBody

TOLD_LATE: Final = "told_late"
_KINDS: Final = {
    CaseState.ACCEPTED: (PaperKind.ACCEPTANCE, "SL"),
    CaseState.REFUSED: (PaperKind.REFUSAL, "BS"),
    CaseState.CORRECTION: (PaperKind.CORRECTION, "BZ"),
}
_SERIAL_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an officer says of a case. `refs` are ids of the catalogue, `note` only explains them."""

    to: CaseState
    officer: str
    refs: tuple[str, ...] = ()
    note: str = ""


def decide(office: Office, number: str, verdict: Verdict) -> DecisionBody:
    """Decide.

    Raises:
        KioskError: `CASE_UNKNOWN`; `CASE_ILLEGAL_MOVE` when the case is not before an officer, its files are not all
            here (reason `incomplete`) or it changed meanwhile (reason `changed`).
        NotInCatalogueError: the verdict names something the catalogue does not.
    """
    with office.store.read() as connection:
        opened = casebook.open_case(office, connection, number)
    advance(opened.case.state, verdict.to, Mover.PLATFORM)
    if opened.case.waiting:
        raise KioskError(Failure.CASE_ILLEGAL_MOVE, reason="incomplete")
    points = points_of(opened.item, verdict.to, verdict.refs)
    body = _drawn(office, opened, verdict, points, office.now())
    with office.store.write() as connection:
        _settle(office, connection, opened, verdict, body)
    office.log.info("case.decided", number=number, state=str(verdict.to))
    return body


def _drawn(
    office: Office, opened: OpenedCase, verdict: Verdict, points: tuple[PaperPoint, ...], at: datetime
) -> DecisionBody:
    kind, prefix = _KINDS[verdict.to]
    document_no = _next_document(office, prefix, at)
    acceptance = document_no if kind is PaperKind.ACCEPTANCE else opened.case.acceptance
    paper = draw(
        write_paper(
            office,
            opened,
            kind,
            points=points,
            document_no=document_no,
            acceptance_no=acceptance,
            officer=verdict.officer,
            note=verdict.note,
            at=at,
        )
    )
    return DecisionBody(
        terminal=opened.case.terminal,
        number=opened.case.number,
        seq=opened.case.sequence + 1,
        state=verdict.to,
        at=at,
        acceptance=acceptance,
        reason=_reason(points, verdict.note),
        correct=verdict.refs if verdict.to is CaseState.CORRECTION else (),
        paper=paper,
        paper_signature=signing.sign(office.keys.record, "paper", paper),
    )


def _settle(office: Office, connection: Connection, opened: OpenedCase, verdict: Verdict, body: DecisionBody) -> None:
    now = cases.find(connection, opened.case.number)
    if now is None or (now.sequence, now.waiting) != (opened.case.sequence, opened.case.waiting):
        raise KioskError(Failure.CASE_ILLEGAL_MOVE, reason="changed")
    cases.move(connection, now, verdict.to, body.at, body.acceptance)
    if verdict.to is CaseState.CORRECTION:
        _hold_against_earlier(connection, opened, verdict, body.at)
    feed.record(office, connection, body, officer=verdict.officer, refs=verdict.refs)
    audit.note(connection, body.at, f"case.{verdict.to}", now.number, verdict.officer, refs=" ".join(verdict.refs))


def _hold_against_earlier(connection: Connection, opened: OpenedCase, verdict: Verdict, at: datetime) -> None:
    """一次性告知: what a first correction could have told and did not is a finding against whoever tells it later.

    What an amendment has brought in since is new, and may be at fault for the first time.
    """
    earlier = [one for one in decisions.of_case(connection, opened.case.number) if one.state == CaseState.CORRECTION]
    if not earlier:
        return
    told = {ref for one in earlier for ref in one.refs}
    late = tuple(ref for ref in verdict.refs if ref not in told | _changed_since(opened))
    if late:
        audit.find(connection, Finding(at, TOLD_LATE, opened.case.number, verdict.officer, late))


def _changed_since(opened: OpenedCase) -> set[str]:
    changed: set[str] = set()
    for one in opened.events[1:]:
        draft = one.payload.draft
        changed |= set(draft.answers) | {material.material_id for material in draft.materials}
        changed |= {name for member in draft.members for name in member.answers}
    return changed


def _next_document(office: Office, prefix: str, at: datetime) -> str:
    """`SL2026112400001`: unique, rising within its day; one that is never used leaves a gap."""
    day = f"{prefix}{document_day(at)}"
    with office.store.write() as connection:
        return f"{day}{settings.count_up(connection, f'document/{day}'):0{_SERIAL_DIGITS}d}"


def _reason(points: tuple[PaperPoint, ...], note: str) -> str:
    said = [f"{point.subject}：{point.text}" if point.subject else point.text for point in points]
    return "；".join([*said, note] if note else said)
