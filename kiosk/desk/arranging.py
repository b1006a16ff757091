"""For after the application is handed in: how the result comes, when the person comes, what is due.

All of it is in the sealed application, so that with the line down it is a wish, and says so; only the platform
confirms an appointment or takes a payment as made.
"""

from dataclasses import replace
from datetime import timedelta

from kiosk.catalogue.afterwards import FeeItem
from kiosk.catalogue.item import ServiceItem
from kiosk.desk.asking import OnTold, ask
from kiosk.desk.equipment import Equipment
from kiosk.desk.following import demand_case
from kiosk.desk.session import Session, SlotsTold
from kiosk.failure import Failure, KioskError
from kiosk.identity.masking import mask_address, mask_name
from kiosk.model.afterwards import (
    NEEDS_PHONE,
    AppointmentWish,
    Arranged,
    Bill,
    BookingState,
    DeliveryChoice,
    DeliveryWay,
    Slot,
)
from kiosk.model.case import Draft
from kiosk.model.inquiry import InquiryKind, InquiryReply
from kiosk.model.people import Agent, Applicant
from kiosk.papers.content import ReceiptAfterwards
from kiosk.rules import ItemRules, facts_of, fees_due, fen_of, in_words, offered_slots

_OFFER_LASTS = timedelta(minutes=15)
"""How long what the platform said to be free is shown as such."""


def default_delivery(draft: Draft, item: ServiceItem) -> DeliveryChoice | None:
    """What is taken where nothing was chosen: the first declared way that needs no address; None where none is."""
    if draft.delivery is not None or item.delivery is None or draft.replaces is not None:
        return draft.delivery
    return next((DeliveryChoice(way) for way in item.delivery.ways if way not in NEEDS_PHONE), None)


def prefilled_delivery(draft: Draft, item: ServiceItem) -> DeliveryChoice | None:
    """What the screen begins with: what was chosen, else the usual way, with what is known of the person."""
    if item.delivery is None:
        return None
    person = draft.applicant.person if draft.applicant else None
    known = DeliveryChoice(
        item.delivery.ways[0],
        person.name if person else "",
        str(draft.answers.get("phone") or (person.phone if person else "")),
        str(draft.answers.get("live_address") or draft.answers.get("address") or (person.address if person else "")),
    )
    if draft.delivery is None:
        return known
    chosen = draft.delivery
    return DeliveryChoice(
        chosen.way, chosen.name or known.name, chosen.phone or known.phone, chosen.address or known.address
    )


def with_delivery(draft: Draft, item: ServiceItem, choice: DeliveryChoice) -> Draft:
    """The draft with how the result is to come; what the chosen way has no use for does not go along.

    Raises:
        KioskError: `ANSWERS_INVALID` for a way the item does not declare, or where name, telephone or address lack.
    """
    if item.delivery is None or choice.way not in item.delivery.ways:
        raise KioskError(Failure.ANSWERS_INVALID, first="delivery")
    if choice.way not in NEEDS_PHONE:
        return replace(draft, delivery=DeliveryChoice(choice.way), signature=None)
    tidy = DeliveryChoice(choice.way, choice.name.strip(), choice.phone.strip(), choice.address.strip())
    by_post = choice.way is DeliveryWay.POST
    for name, text in (("name", tidy.name), ("phone", tidy.phone), ("address", tidy.address if by_post else "-")):
        if not text:
            raise KioskError(Failure.ANSWERS_INVALID, first=f"delivery/{name}")
    return replace(draft, delivery=tidy if by_post else replace(tidy, address=""), signature=None)


def slots(kit: Equipment, session: Session, item: ServiceItem) -> tuple[Slot, ...]:
    """What can be wished for: as the platform said in this visit, else every period the item declares."""
    if item.booking is None:
        return ()
    told = session.slots
    if told is not None and told.item == item.code and kit.now() - told.at < _OFFER_LASTS:
        return told.slots
    return offered_slots(item.booking, kit.today(), kit.store.shelf.holidays())


def look_for_slots(kit: Equipment, session: Session, item: ServiceItem, on_told: OnTold) -> None:
    """Ask the platform when there is room.

    Raises:
        KioskError: `IDENTITY_INVALID` when nobody is identified, and as `asking.ask`.
    """
    applicant = session.agent or session.applicant
    if applicant is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")

    def take(reply: InquiryReply) -> None:
        session.slots = SlotsTold(item.code, reply.slots, kit.now())

    ask(kit, session, InquiryKind.SLOTS, applicant, take, on_told, item=item.code)


def with_appointment(kit: Equipment, session: Session, draft: Draft, item: ServiceItem, slot: Slot | None) -> Draft:
    """The draft with when the person would like to come, or without.

    Raises:
        KioskError: `ANSWERS_INVALID` for a time that is not offered.
    """
    if slot is None:
        return replace(draft, appointment=None, signature=None)
    offered = {(one.day, one.begins, one.ends): one for one in slots(kit, session, item)}
    found = offered.get((slot.day, slot.begins, slot.ends))
    if found is None or found.left == 0:
        raise KioskError(Failure.ANSWERS_INVALID, first="appointment")
    offered_at = kit.now() if found.left > 0 else None
    return replace(draft, appointment=AppointmentWish(found.day, found.begins, found.ends, offered_at), signature=None)


def charges(kit: Equipment, draft: Draft, rules: ItemRules) -> tuple[FeeItem, ...]:
    """What will be due for this application; nothing for a correction."""
    if draft.replaces is not None:
        return ()
    return fees_due(rules, facts_of(rules.item, draft, kit.today(), kit.store.shelf.holidays()))


def arranged(kit: Equipment, draft: Draft, rules: ItemRules) -> Arranged | None:
    """What is arranged as far as this terminal knows; None where the item declares nothing of it."""
    due = charges(kit, draft, rules)
    delivery, wish = default_delivery(draft, rules.item), draft.appointment
    if delivery is None and wish is None and not due:
        return None
    return Arranged(
        way=delivery.way if delivery else None,
        booking=BookingState.WISHED if wish else BookingState.NONE,
        day=wish.day if wish else None,
        begins=wish.begins if wish else "",
        ends=wish.ends if wish else "",
        fen=fen_of(due),
        free_text=in_words(due),
    )


def receipt_afterwards(kit: Equipment, draft: Draft, rules: ItemRules) -> ReceiptAfterwards | None:
    """The same for the receipt, with places, and with people and addresses masked."""
    told, item = arranged(kit, draft, rules), rules.item
    if told is None:
        return None
    first = item.addresses[0].place if item.addresses else ""
    delivery = default_delivery(draft, item)
    return ReceiptAfterwards(
        told=told,
        name_masked=mask_name(delivery.name) if delivery and delivery.name else "",
        address_masked=mask_address(delivery.address) if delivery and delivery.address else "",
        post_note=item.delivery.post_note if item.delivery else "",
        fetch_at=(item.delivery.where or first) if item.delivery else "",
        visit_for=item.booking.what if item.booking else "",
        visit_at=(item.booking.where or first) if item.booking else "",
        offered=draft.appointment is not None and draft.appointment.offered_at is not None,
        due_at=str(item.fee.due_at),
        pay_at=item.fee.where or first,
        pay_online=item.fee.pay_online,
    )


def arranged_for(kit: Equipment, session: Session, submission_no: str) -> Arranged | None:
    """What is arranged for one's own case: as booked or told in this visit, else as it was last heard here.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case.
    """
    demand_case(kit, session, submission_no)
    if submission_no in session.booked:
        return session.booked[submission_no]
    word = session.cases.get(submission_no)
    return word.arranged if word is not None and word.arranged is not None else kit.store.cases.arranged(submission_no)


def book_again(kit: Equipment, session: Session, submission_no: str, slot: Slot, on_told: OnTold) -> None:
    """Ask the platform for another time, in place of one that it refused; `booked` has what came of it.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case, `IDENTITY_INVALID`, and as `asking.ask`.
    """
    here = _asks_about_case(kit, session, submission_no)

    def take(reply: InquiryReply) -> None:
        if reply.arranged is not None:
            session.booked[submission_no] = reply.arranged

    ask(kit, session, InquiryKind.BOOK, here, take, on_told, subject=submission_no, slot=slot)


def look_for_bill(kit: Equipment, session: Session, submission_no: str, on_told: OnTold) -> None:
    """Ask the platform for the bill of one's own case, and whether it is paid.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case, `IDENTITY_INVALID`, and as `asking.ask`.
    """
    here = _asks_about_case(kit, session, submission_no)

    def take(reply: InquiryReply) -> None:
        if reply.bill is not None:
            session.bills[submission_no] = reply.bill

    ask(kit, session, InquiryKind.BILL, here, take, on_told, subject=submission_no)


def bill_of(session: Session, submission_no: str) -> Bill | None:
    """The bill, if the platform told this visit of it."""
    return session.bills.get(submission_no)


def _asks_about_case(kit: Equipment, session: Session, submission_no: str) -> Applicant | Agent:
    """Who stands here and may ask the platform about this case."""
    demand_case(kit, session, submission_no)
    here = session.agent or session.applicant
    if here is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
    return here
