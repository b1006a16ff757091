"""From a case and a verdict to the legal paper that says so."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from central.board import hotline
from central.casebook import OpenedCase
from central.decisions import LegalPaper, PaperKind, PaperMaterial, PaperPoint
from central.office import Office
from central.store import terminals
from kiosk.calendar import SHANGHAI, add_days, shanghai_day
from kiosk.catalogue.item import Limit, ServiceItem
from kiosk.failure import Failure, KioskError
from kiosk.identity.masking import mask_id_no, mask_name, mask_phone
from kiosk.model.case import SIGNATURE_SHEET, SIGNATURE_SHEET_NAME, Material, MaterialSource
from kiosk.model.people import AgentKind

_KINDS_ZH: Final = {AgentKind.AGENT: "受托人", AgentKind.GUARDIAN: "监护人"}


def write_paper(
    office: Office,
    opened: OpenedCase,
    kind: PaperKind,
    *,
    points: tuple[PaperPoint, ...],
    document_no: str,
    acceptance_no: str | None,
    officer: str,
    note: str,
    at: datetime,
) -> LegalPaper:
    """The whole content of a paper.

    Raises:
        KioskError: `INTAKE_REFUSED` when the case names no applicant, which intake does not let happen.
    """
    applicant, item, case = opened.draft.applicant, opened.item, opened.case
    if applicant is None:
        raise KioskError(Failure.INTAKE_REFUSED, reason="applicant")
    agent = opened.draft.agent
    accepted = kind is PaperKind.ACCEPTANCE
    paper = LegalPaper(
        kind=kind,
        document_no=document_no,
        submission_no=case.number,
        acceptance_no=acceptance_no,
        item_code=item.code,
        item_name=item.name,
        applicant_name=applicant.person.name,
        applicant_id_masked=mask_id_no(applicant.person.id_no),
        applicant_phone_masked=mask_phone(applicant.person.phone),
        agent_name=agent.person.name if agent else "",
        agent_relation=_KINDS_ZH[agent.kind] if agent else "",
        submitted_at=_submitted(opened),
        signed_at=at,
        department=item.dept.name,
        officer=officer,
        consult_phone=item.consult_phone,
        complaint_phone=item.complaint_phone,
        materials=tuple(_material(opened, one) for one in opened.draft.materials),
        points=points,
        promise=_words(item.promise) if accepted else "",
        statutory=_words(item.statutory) if accepted else "",
        due=_due(office, item.promise, at) if accepted else None,
        note=note,
        point_name=_point(office, case.terminal),
        demo=office.demo or not item.verified,
    )
    return replace(_with_department_and_remedies(paper, item), hotline=hotline(office, case.terminal))


def _with_department_and_remedies(paper: LegalPaper, item: ServiceItem) -> LegalPaper:
    place = item.addresses[0] if item.addresses else None
    return replace(
        paper,
        department_uscc=item.dept.uscc,
        entrusted_by=item.dept.entrusted_by,
        place=place.place if place else "",
        hours=place.hours if place else "",
        review_remedy=item.review_remedy,
        litigation_remedy=item.litigation_remedy,
    )


def document_day(at: datetime) -> str:
    """The day in document numbers: `20261124`, in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).strftime("%Y%m%d")


def _submitted(opened: OpenedCase) -> datetime:
    """When the terminal took it, if its clock was to be believed, else when the platform did.

    Nothing was handed in after it arrived here, whatever a terminal says of its clock.
    """
    first = opened.events[0].stored
    return min(first.made, first.taken_at) if first.trusted_clock else first.taken_at


def _material(opened: OpenedCase, material: Material) -> PaperMaterial:
    rule = next((one for one in opened.item.materials if one.id == material.material_id), None)
    member = next((one for one in opened.draft.members if one.ref == material.member), None)
    return PaperMaterial(
        name=rule.name
        if rule
        else SIGNATURE_SHEET_NAME
        if material.material_id == SIGNATURE_SHEET
        else material.material_id,
        form=_form(material),
        files=len(material.files),
        member=mask_name(member.person.name) if member else "",
    )


def _form(material: Material) -> str:
    if material.source is MaterialSource.PLEDGE:
        until = material.pledged_until
        return f"承诺于 {until.isoformat()} 前补交" if until else "以书面承诺代替"
    return "电子扫描件（已核对原件）" if material.original_seen else "电子扫描件"


def _words(limit: Limit) -> str:
    return "当场办结" if limit.days == 0 else f"{limit.days} 个{limit.unit}"


def _due(office: Office, limit: Limit, at: datetime) -> date | None:
    """The last day of the promise; none where only weekdays could stand in for the holiday table."""
    holidays = office.catalogues.at(office.catalogues.version()).holidays
    reckoned = add_days(shanghai_day(at), limit.days, limit.unit, holidays)
    return None if reckoned.estimated else reckoned.day


def _point(office: Office, terminal: str) -> str:
    with office.store.read() as connection:
        found = terminals.find(connection, terminal)
    return found.point_name if found else ""
