"""Whether an event fits: its number, its seal, what it says inside and outside, its item and its files."""

import re
from collections import Counter
from dataclasses import dataclass, replace

import msgspec

from central.intake.forms import check_forms
from central.intake.kinds import EventKind
from central.intake.unfit import Unfit
from central.office import Office
from central.store.terminals import Terminal
from kiosk import numbers
from kiosk.catalogue.item import ServiceItem
from kiosk.failure import Failure, KioskError
from kiosk.model.case import SIGNATURE_SHEET, Draft, Rating
from kiosk.model.feedback import Feedback, read_feedback
from kiosk.model.payload import CasePayload, decode_payload
from kiosk.model.people import Applicant, Assurance
from kiosk.rules import ItemRules
from sync.wire.messages import BlobEntry, Event

MOST_PAYLOAD_BYTES = 4 * 1024 * 1024
MOST_FILES = 500
MOST_FILE_BYTES = 256 * 1024 * 1024
_EVENT_ID = re.compile(r"[0-9A-Za-z_.-]{1,64}")
_EXTENSION = re.compile(r"[0-9a-z]{1,8}")
_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]{0,63}")
_DIGEST_BYTES = 32
_MOST_PHOTO_BLOCK, _MOST_PICTURE = 4096, 512 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_INDEX = (1 << 31) - 1
_SATISFACTION = range(1, 6)


@dataclass(frozen=True, slots=True)
class FitCase:
    """An application or amendment that fits. `rules` are of the guide it was made by."""

    event: Event
    payload: CasePayload
    rules: ItemRules


@dataclass(frozen=True, slots=True)
class FitRating:
    """A rating that fits."""

    event: Event
    rating: Rating


@dataclass(frozen=True, slots=True)
class FitFeedback:
    """Feedback that fits. What it says stays sealed."""

    event: Event
    feedback: Feedback


Fit = FitCase | FitRating | FitFeedback


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands before an amendment: all of its draft, and the guide it was made by."""

    draft: Draft
    rules: ItemRules


def open_fit(office: Office, terminal: Terminal, event: Event, before: Standing | None) -> Fit:
    """Open an event and hold it against everything it must agree with.

    `before` is the case an amendment completes; what that becomes must satisfy the forms of the amendment's catalogue
    or, since the catalogue may have moved on meanwhile, those the case was made by.

    Raises:
        Unfit: the first thing that does not fit.
    """
    _check_outside(event, terminal)
    plain = _opened(office, event)
    if event.kind == EventKind.RATING:
        return FitRating(event, _rating(plain, event))
    if event.kind == EventKind.FEEDBACK:
        return FitFeedback(event, _feedback(plain, event))
    payload = _payload(plain, event, terminal)
    rules = _rules(office, event, payload.draft)
    _check_portrait(payload.draft, rules.item)
    _check_files(office, event, payload.draft, rules.item)
    _check_members(payload.draft, before)
    if before is None:
        check_forms(rules, payload.draft)
    else:
        if numbers.parse(event.number).terminal != terminal.id:
            _check_stranger(before.draft, payload.draft)
        _check_amendment(rules, before, payload.draft)
    return FitCase(event, payload, rules)


def amended(before: Draft, change: Draft) -> Draft:
    """The case with what an amendment corrects: single answers, whole materials, whole members."""
    corrected = {(one.material_id, one.member) for one in change.materials}
    kept = tuple(one for one in before.materials if (one.material_id, one.member) not in corrected)
    return replace(
        before,
        applicant=_same_face(before.applicant, change.applicant),
        scenarios=change.scenarios or before.scenarios,
        answers={**before.answers, **change.answers},
        materials=kept + change.materials,
        members=tuple({member.ref: member for member in before.members + change.members}.values()),
        agent=change.agent or before.agent,
        delivery=change.delivery or before.delivery,
        appointment=change.appointment or before.appointment,
        confirmed=tuple(dict.fromkeys(before.confirmed + change.confirmed)),
        signature=change.signature or before.signature,
    )


def _check_stranger(before: Draft, change: Draft) -> None:
    """At another terminal a case is amended only by somebody behind it, known there by chip."""
    behind = {part.person.id_no for part in (before.applicant, before.agent) if part is not None}
    here = change.agent or change.applicant
    if here is None or here.assurance < Assurance.CHIP or here.person.id_no not in behind:
        raise Unfit("number", "another_terminal")


def _same_face(before: Applicant | None, now: Applicant | None) -> Applicant | None:
    """A correction brings no photograph of its own: the one handed in with the case stays."""
    return before if now is None else replace(now, portrait=before.portrait if before else None)


def _check_amendment(rules: ItemRules, before: Standing, change: Draft) -> None:
    """An amendment corrects a case; whose matter it is stays."""
    old, new = before.draft.applicant, change.applicant
    if old is not None and new is not None and old.person.id_no != new.person.id_no:
        raise Unfit("applicant", "another_person")
    whole = amended(before.draft, change)
    try:
        check_forms(rules, whole)
    except Unfit:
        if before.rules.item == rules.item:
            raise
        check_forms(before.rules, whole)


def _check_outside(event: Event, terminal: Terminal) -> None:
    if not _EVENT_ID.fullmatch(event.event):
        raise Unfit("event", "shape")
    if event.kind not in set(EventKind):
        raise Unfit("kind", "unknown")
    if len(event.payload) > MOST_PAYLOAD_BYTES:
        raise Unfit("payload", "too_large")
    if event.kind != EventKind.RATING or event.number:
        _check_number(event.number, terminal, elsewhere=event.kind == EventKind.AMENDMENT)
    if event.replaces != (event.number if event.kind == EventKind.AMENDMENT else None):
        raise Unfit("replaces", "another_number")
    _check_entries(event.blobs)


def _check_number(text: str, terminal: Terminal, *, elsewhere: bool) -> None:
    """Its shape, and whose it is; `elsewhere`: a case of another terminal may be amended here."""
    try:
        number = numbers.parse(text)
    except KioskError as error:
        raise Unfit("number", str(error.info.get("reason", "shape"))) from error
    if numbers.submission_no(number.terminal, number.epoch, number.day, number.counter) != text:
        raise Unfit("number", "shape")
    if number.terminal != terminal.id:
        if not elsewhere:
            raise Unfit("number", "another_terminal")
        return
    if not terminal.issued(number.epoch):
        raise Unfit("number", "epoch")


def _check_entries(blobs: tuple[BlobEntry, ...]) -> None:
    if len(blobs) > MOST_FILES:
        raise Unfit("blobs", "too_many")
    sizes: dict[bytes, int] = {}
    for entry in blobs:
        shaped = _NAME.fullmatch(entry.material) and (entry.member is None or _NAME.fullmatch(entry.member))
        if not shaped or not _EXTENSION.fullmatch(entry.ext) or len(entry.digest) != _DIGEST_BYTES:
            raise Unfit("blobs", "shape")
        if not 0 <= entry.index <= _MOST_INDEX:
            raise Unfit("blobs", "shape")
        if not 0 < entry.size <= MOST_FILE_BYTES or sizes.setdefault(entry.digest, entry.size) != entry.size:
            raise Unfit("blobs", "size")


def _opened(office: Office, event: Event) -> bytes:
    try:
        return office.keys.open_record(event.payload, f"form/{event.event}")
    except KioskError as error:
        raise Unfit("payload", "seal") from error


def _rating(plain: bytes, event: Event) -> Rating:
    try:
        rating = msgspec.json.decode(plain, type=Rating)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unfit("payload", "unreadable") from error
    if rating.satisfaction not in _SATISFACTION:
        raise Unfit("satisfaction", "unknown")
    if rating.rated_at.tzinfo is None:
        raise Unfit("rated_at", "no_zone")
    if (rating.submission_no or "") != event.number:
        raise Unfit("number", "disagrees")
    return rating


def _feedback(plain: bytes, event: Event) -> Feedback:
    try:
        feedback = read_feedback(plain)
    except KioskError as error:
        raise Unfit("payload", "unreadable") from error
    if feedback.number != event.number:
        raise Unfit("number", "disagrees")
    if feedback.item_code != event.item:
        raise Unfit("item", "disagrees")
    if event.blobs:
        raise Unfit("blobs", "too_many")
    return feedback


def _payload(plain: bytes, event: Event, terminal: Terminal) -> CasePayload:
    try:
        payload = decode_payload(plain)
    except (KioskError, RecursionError) as error:
        raise Unfit("payload", "unreadable") from error
    agreed = {
        "number": payload.submission_no == event.number,
        "event": payload.event_id == event.event,
        "terminal": payload.terminal == terminal.id,
        "item": payload.draft.item_code == event.item,
        "replaces": (payload.draft.replaces or None) == event.replaces,
        "applicant": payload.draft.applicant is not None or event.kind == EventKind.AMENDMENT,
    }
    for name, agrees in agreed.items():
        if not agrees:
            raise Unfit(name, "disagrees")
    return payload


def _rules(office: Office, event: Event, draft: Draft) -> ItemRules:
    try:
        return office.catalogues.rules(draft.catalogue_version, event.item, event.item_version)
    except KioskError as error:
        absent = error.failure is Failure.CATALOGUE_ABSENT
        raise Unfit("catalogue_version" if absent else "item", "unknown") from error


def _check_portrait(draft: Draft, item: ServiceItem) -> None:
    """Nobody's photograph is taken in that the item does not ask for, nor anything else in its place."""
    portrait = draft.applicant.portrait if draft.applicant else None
    if portrait is None:
        return
    if not item.portrait:
        raise Unfit("applicant.portrait", "not_asked")
    if not 0 < len(portrait.block) <= _MOST_PHOTO_BLOCK or len(portrait.picture) > _MOST_PICTURE:
        raise Unfit("applicant.portrait", "size")
    if portrait.picture and not portrait.picture.startswith(_PNG):
        raise Unfit("applicant.portrait", "kind")


def _check_members(draft: Draft, before: Standing | None) -> None:
    """Nobody hands in a material for a member of the household whom the case does not name."""
    known = {one.ref for one in draft.members + (before.draft.members if before else ())}
    if any(one.member is not None and one.member not in known for one in draft.materials):
        raise Unfit("materials", "no_such_member")


def _check_files(office: Office, event: Event, draft: Draft, item: ServiceItem) -> None:
    """Every file named inside is named outside and the other way round, for a material of this item, and opens."""
    known = {rule.id for rule in item.materials}
    if draft.signature is not None and draft.signature.on_paper:
        if not any(one.material_id == SIGNATURE_SHEET and one.files for one in draft.materials):
            raise Unfit("signature", "sheet")
        known.add(SIGNATURE_SHEET)
    for material in draft.materials:
        if material.material_id not in known:
            raise Unfit("materials", "unknown")
    inside = Counter(
        (one.material_id, one.member, file.digest, file.size, file.extension)
        for one in draft.materials
        for file in one.files
    )
    outside = Counter((one.material, one.member, one.digest.hex(), one.size, one.ext) for one in event.blobs)
    if inside != outside:
        raise Unfit("blobs", "disagree")
    for entry in event.blobs:
        try:
            office.keys.open_wrap(entry.wrap)
        except KioskError as error:
            raise Unfit("blobs", "wrap") from error
