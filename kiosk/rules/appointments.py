"""When an item can be booked: the periods it declares on the working days it declares."""

from datetime import date

from kiosk.calendar import HolidayTable, add_working_days
from kiosk.catalogue.afterwards import Booking
from kiosk.model.afterwards import Slot


def offered_slots(booking: Booking, today: date, holidays: HolidayTable) -> tuple[Slot, ...]:
    """Every period from the next working day on, in order. How many may still come is not known here."""
    days = [add_working_days(today, number, holidays).day for number in range(1, booking.days + 1)]
    return tuple(Slot(day, one.begins, one.ends) for day in days for one in booking.periods)


def people_in(booking: Booking, begins: str) -> int:
    """How many may come in the period that begins then; 0 where there is none."""
    return next((one.people for one in booking.periods if one.begins == begins), 0)
