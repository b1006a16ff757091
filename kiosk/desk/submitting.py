"""Submission: everything in one fsynced commit before the printer gets a byte."""

import secrets
from dataclasses import dataclass, replace
from datetime import date

from kiosk import numbers
from kiosk.catalogue.item import ServiceItem
from kiosk.desk.arranging import arranged, default_delivery, receipt_afterwards
from kiosk.desk.drafting import without_portrait
from kiosk.desk.equipment import Equipment
from kiosk.desk.identifying import owners
from kiosk.desk.knowing import marks
from kiosk.desk.printing import encode_paper, paper_head
from kiosk.desk.session import Session
from kiosk.desk.telling import ReceiptFacts, receipt_paper
from kiosk.failure import Failure, KioskError
from kiosk.identity.masking import mask_name
from kiosk.model.case import CaseSummary, Channel, Draft, Receipt, Signature
from kiosk.model.devices import PageSize
from kiosk.model.notice import Notice, NoticeLine, Subject
from kiosk.model.payload import CasePayload, pack_payload
from kiosk.model.people import Agent, Applicant
from kiosk.model.state import CaseState, Mover, advance
from kiosk.ports import SealedMaterial, Submission
from kiosk.receipts import receipt_qr
from kiosk.rules import ItemRules, facts_of, may_submit, portrait_goes_along
from kiosk.rules.minors import children
from kiosk.seal import records

_FIRST_OBSTACLE = {
    Subject.ROLE: Failure.AGENT_INVALID,
    Subject.FIELD: Failure.ANSWERS_INVALID,
    Subject.CONDITION: Failure.CONDITIONS_NOT_MET,
    Subject.MATERIAL: Failure.MATERIALS_MISSING,
}


def sign(session: Session, signature: Signature) -> Draft:
    """The draft with the hand-written signature; any later change takes it off again.

    Raises:
        KioskError: `SIGNATURE_MISSING` when hardly anything was written.
    """
    if sum(len(stroke) for stroke in signature.strokes) < 2:  # noqa: PLR2004 -- a dot is no signature
        raise KioskError(Failure.SIGNATURE_MISSING)
    return replace(session.current(), signature=signature)


@dataclass(frozen=True, slots=True)
class Handover:
    """What a submission needs besides the draft: rules, sheet, the day it must arrive by, a caller's reference."""

    rules: ItemRules
    notice: Notice
    deliver_by: date
    ref: tuple[str, bytes] | None = None


def submit(kit: Equipment, session: Session, handover: Handover) -> Receipt:
    """Take the case: number, sealed payload, outbox, journal and receipt in one commit; then wake the line.

    Raises:
        KioskError: the first obstacle of the notice, `SIGNATURE_MISSING`, `STORE_FULL`; the draft stays as it was.
    """
    draft = session.current()
    _demand_complete(draft, handover.notice)
    state = advance(draft.state, CaseState.CHECKED, Mover.CLIENT) if draft.state is CaseState.DRAFT else draft.state
    queued = replace(handed_in(kit, draft, handover.rules), state=advance(state, CaseState.QUEUED, Mover.CLIENT))
    event_id = secrets.token_hex(16)

    def build(counter: int) -> Submission:
        return _submission(kit, session, queued, handover, event_id, counter)

    submission = kit.store.cases.submit(build)
    session.lay_aside()
    session.handed_in.add(submission.receipt.submission_no)
    kit.line.wake()
    return submission.receipt


def handed_in(kit: Equipment, draft: Draft, rules: ItemRules) -> Draft:
    """The draft as it goes up: without the photograph in the card where this case turned out to have no use for it."""
    facts = facts_of(rules.item, draft, kit.today(), kit.store.shelf.holidays())
    if draft.applicant is None or portrait_goes_along(rules, facts):
        return draft
    return replace(draft, applicant=without_portrait(draft.applicant))


def _demand_complete(draft: Draft, notice: Notice) -> None:
    if draft.applicant is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
    for subject, failure in _FIRST_OBSTACLE.items():
        blocking = [line for line in notice.blocking if line.subject is subject]
        if blocking:
            raise KioskError(failure, count=len(blocking), first=blocking[0].ref)
    if not may_submit(notice):
        raise KioskError(Failure.MATERIALS_MISSING, reason="no_pledge", count=len(unpledged(notice)))
    if draft.signature is None and draft.channel is not Channel.APPLY:
        raise KioskError(Failure.SIGNATURE_MISSING)


def unpledged(notice: Notice) -> tuple[NoticeLine, ...]:
    """Materials that may follow but have no promise yet; they stop a submission too."""
    return tuple(line for line in notice.following if line.reason_code == "may_follow")


def _submission(
    kit: Equipment, session: Session, draft: Draft, handover: Handover, event_id: str, counter: int
) -> Submission:
    item, identity = handover.rules.item, kit.store.settings.identity()
    now, trusted = kit.instant()
    fresh = numbers.submission_no(identity.terminal, identity.epoch, kit.today() if trusted else None, counter)
    number = draft.replaces or fresh
    draft = _without_repeats(kit, _of_this_catalogue(kit, draft, item))
    draft = replace(draft, delivery=default_delivery(draft, item))
    minors = tuple(children(draft.applicant, draft.members, kit.today()))
    payload = CasePayload(number, event_id, identity.terminal, item.name, draft, now, trusted, under_14=minors)
    summary = CaseSummary(
        submission_no=number,
        item_code=item.code,
        item_name=item.name,
        applicant_masked=_masked(draft.applicant),
        state=CaseState.QUEUED,
        submitted_at=now,
        deliver_by=handover.deliver_by,
    )
    return Submission(
        event_id=event_id,
        summary=summary,
        payload=records.seal_record(pack_payload(payload), identity.platform_key, f"form/{event_id}", kit.suite),
        materials=_sealed_materials(kit, draft),
        receipt=_receipt(kit, draft, handover, summary),
        owners=owners(kit, session),
        item_version=item.version,
        clock_trusted=trusted,
        actor=session.operator.staff_id if session.operator else str(draft.channel),
        taken_by=session.operator.staff_id if session.operator else "",
        replaces=draft.replaces,
        draft_id=draft.case_id,
        ref=handover.ref[0] if handover.ref else None,
        ref_digest=handover.ref[1] if handover.ref else None,
        reusable=marks(kit, draft, handover.rules),
        arranged=arranged(kit, draft, handover.rules),
    )


def _of_this_catalogue(kit: Equipment, draft: Draft, item: ServiceItem) -> Draft:
    """The draft as made by the catalogue in force, in which its item stands as it was asked.

    Raises:
        KioskError: `ITEM_CHANGED` where a newer guide came just now: the person looks at it first.
    """
    if kit.store.shelf.item(item.code).version != item.version or draft.item_version not in {0, item.version}:
        raise KioskError(Failure.ITEM_CHANGED)
    return replace(draft, catalogue_version=kit.store.shelf.version(), guide=())


def _without_repeats(kit: Equipment, draft: Draft) -> Draft:
    """The draft with pages that an earlier case holds here named as that case names them: they need not go up again."""
    twin = kit.store.blobs.twin
    materials = (
        replace(material, files=tuple(twin(ref.digest) or ref for ref in material.files))
        for material in draft.materials
    )
    return replace(draft, materials=tuple(materials))


def _receipt(kit: Equipment, draft: Draft, handover: Handover, summary: CaseSummary) -> Receipt:
    identity = kit.store.settings.identity()
    qr_text = receipt_qr(
        platform_url=identity.platform_url,
        number=summary.submission_no,
        item_code=summary.item_code,
        submitted_at=summary.submitted_at,
        statement=identity.statement,
        device_private=kit.store.settings.device_key(),
    )
    facts = ReceiptFacts(
        submission_no=summary.submission_no,
        applicant_masked=summary.applicant_masked,
        agent_masked=_masked(draft.agent),
        clock_trusted=kit.sure(),
        qr_text=qr_text,
        deliver_by=summary.deliver_by,
        afterwards=receipt_afterwards(kit, draft, handover.rules),
    )
    head = paper_head(kit, draft.operator)
    paper = receipt_paper(head, draft, handover.rules, facts, PageSize.A4)
    return Receipt(
        summary.submission_no,
        summary.item_code,
        summary.item_name,
        summary.submitted_at,
        summary.deliver_by,
        qr_text,
        encode_paper(paper),
    )


def _masked(part: Applicant | Agent | None) -> str:
    return mask_name(part.person.name) if part else ""


def _sealed_materials(kit: Equipment, draft: Draft) -> tuple[SealedMaterial, ...]:
    blobs = kit.store.blobs
    return tuple(
        SealedMaterial(
            material.material_id,
            material.member,
            index,
            ref.digest,
            ref.size,
            ref.extension,
            blobs.platform_wrap(ref.digest),
        )
        for material in draft.materials
        for index, ref in enumerate(material.files)
    )
