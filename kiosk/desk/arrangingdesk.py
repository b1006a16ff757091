"""The desk's verbs for after the application is handed in. Those with an `on_told` return at once."""

from kiosk.catalogue.afterwards import FeeItem
from kiosk.catalogue.item import ServiceItem
from kiosk.desk import arranging
from kiosk.desk.asking import OnTold
from kiosk.desk.following import demand_case
from kiosk.desk.ground import DeskGround
from kiosk.desk.session import Session
from kiosk.model.afterwards import Arranged, Bill, DeliveryChoice, Slot
from kiosk.model.case import Draft


class ArrangingDesk(DeskGround):
    """送达、预约、缴费."""

    def delivery(self, session: Session) -> DeliveryChoice | None:
        """How the result is to come, with what is known filled in; None where the item declares no choice."""
        draft = session.current()
        return arranging.prefilled_delivery(draft, self.item(draft.item_code))

    def set_delivery(self, session: Session, choice: DeliveryChoice) -> Draft:
        """Choose how the result is to come.

        Raises:
            KioskError: `ANSWERS_INVALID` with `first` naming what lacks.
        """
        draft = session.current()
        return self._save(session, arranging.with_delivery(draft, self.item(draft.item_code), choice))

    def slots(self, session: Session) -> tuple[Slot, ...]:
        """When one may come; `left` is -1 where the platform could not be asked."""
        return arranging.slots(self._kit, session, self.item(session.current().item_code))

    def look_for_slots(self, session: Session, on_told: OnTold) -> None:
        """Ask the platform when there is room.

        Raises:
            KioskError: `LINK_DOWN`, `IDENTITY_TOO_WEAK`, `IDENTITY_INVALID`.
        """
        arranging.look_for_slots(self._kit, session, self.item(session.current().item_code), on_told)

    def set_appointment(self, session: Session, slot: Slot | None) -> Draft:
        """Wish for a time, or for none.

        Raises:
            KioskError: `ANSWERS_INVALID` for a time that is not offered.
        """
        draft = session.current()
        item = self.item(draft.item_code)
        return self._save(session, arranging.with_appointment(self._kit, session, draft, item, slot))

    def charges(self, session: Session) -> tuple[FeeItem, ...]:
        """What will be due for this application as it stands."""
        draft = session.current()
        return arranging.charges(self._kit, draft, self._rules(draft))

    def arranged_for(self, session: Session, submission_no: str) -> Arranged | None:
        """What is arranged for one's own case.

        Raises:
            KioskError: `CASE_UNKNOWN`.
        """
        return arranging.arranged_for(self._kit, session, submission_no)

    def just_arranged(self, submission_no: str) -> Arranged | None:
        """What is arranged for a case that was handed in here in this very visit."""
        return self._kit.store.cases.arranged(submission_no)

    def slots_for(self, session: Session, submission_no: str) -> tuple[Slot, ...]:
        """When one may come for one's own case, as the platform said in this visit, else every period there is.

        Raises:
            KioskError: `CASE_UNKNOWN`, `ITEM_UNKNOWN`, `ITEM_WITHDRAWN`.
        """
        return arranging.slots(self._kit, session, self._item_of(session, submission_no))

    def look_for_slots_for(self, session: Session, submission_no: str, on_told: OnTold) -> None:
        """Ask the platform when there is room for one's own case.

        Raises:
            KioskError: `CASE_UNKNOWN`, `ITEM_UNKNOWN`, `ITEM_WITHDRAWN`, `LINK_DOWN`, `IDENTITY_TOO_WEAK`,
                `IDENTITY_INVALID`.
        """
        arranging.look_for_slots(self._kit, session, self._item_of(session, submission_no), on_told)

    def book_again(self, session: Session, submission_no: str, slot: Slot, on_told: OnTold) -> None:
        """Ask the platform for another time; `arranged_for` then says what came of it.

        Raises:
            KioskError: `CASE_UNKNOWN`, `LINK_DOWN`, `IDENTITY_TOO_WEAK`, `IDENTITY_INVALID`.
        """
        arranging.book_again(self._kit, session, submission_no, slot, on_told)

    def _item_of(self, session: Session, submission_no: str) -> ServiceItem:
        return self.item(demand_case(self._kit, session, submission_no).item_code)

    def look_for_bill(self, session: Session, submission_no: str, on_told: OnTold) -> None:
        """Ask the platform for the bill of one's own case.

        Raises:
            KioskError: `CASE_UNKNOWN`, `LINK_DOWN`, `IDENTITY_TOO_WEAK`, `IDENTITY_INVALID`.
        """
        arranging.look_for_bill(self._kit, session, submission_no, on_told)

    def bill(self, session: Session, submission_no: str) -> Bill | None:
        """The bill, if the platform told this visit of it."""
        return arranging.bill_of(session, submission_no)
