"""Licences a case refers to instead of papers: held against the library when the case is taken in.

What does not hold is no reason to refuse the case, which the person handed in in good faith; the officer is told.
"""

from sqlalchemy import Connection

from central.exchange import holders, library
from central.office import Office
from central.store import audit
from central.store import exchange as rows
from kiosk.model.case import Draft, Material, MaterialSource, OriginKind
from kiosk.model.inquiry import Licence
from kiosk.model.payload import CasePayload

HELD, NOT_HELD = "held", "not_held"


def check_claims(office: Office, connection: Connection, payload: CasePayload) -> None:
    """Write down for each licence a case refers to whether the library holds it for this person."""
    for material in payload.draft.materials:
        if material.source is MaterialSource.ELICENCE:
            licence = licence_of(office, connection, payload, material)
            outcome = NOT_HELD if licence is None else HELD
            subject = payload.submission_no
            audit.note(
                connection, office.now(), f"claim.{outcome}", subject, audit.PLATFORM, material=material.material_id
            )


def licence_of(office: Office, connection: Connection, payload: CasePayload, material: Material) -> Licence | None:
    """The licence a material refers to, if the library holds it for the person the material is of.

    A code counts at the time at which the terminal was shown it, not when its case got here: it lasts minutes.
    """
    origin, id_no = material.origin, _holder_of(payload.draft, material)
    if origin is None or id_no is None:
        return None
    holder = holders.tag_of(connection, id_no)
    if origin.kind is OriginKind.CODE:
        shown_at = min(material.collected_at or payload.sealed_at, office.now())
        return library.by_code(office, connection, holder, origin.reference, shown_at)
    stored = rows.licence_by_id(connection, origin.reference)
    return library.opened(office, stored) if stored is not None and stored.holder == holder else None


def _holder_of(draft: Draft, material: Material) -> str | None:
    if material.member is not None:
        return next((one.person.id_no for one in draft.members if one.ref == material.member), None)
    return draft.applicant.person.id_no if draft.applicant is not None else None
