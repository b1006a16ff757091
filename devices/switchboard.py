"""Which request goes to which device, and which event goes to whom. Lives on the host's thread alone."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import structlog

from devices.limits import Limits
from devices.neighbours import Neighbours
from devices.orders import Answered, CardMoved, CodeCame, Ended, LastEvent, News, Order, Told
from devices.seat import Seat
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CardRead, CodeRead, DeviceKind, Failed, PrintPaper, Ticket
from kiosk.model.terminal import DeviceStatus

_log = structlog.get_logger("devices")
Answers = dict[int, Future[dict[str, Any]]]


class Switchboard:
    """Orders and watchers of one host. `now` is `time.monotonic()` in seconds, as everywhere in the host."""

    def __init__(self, seats: tuple[Seat, ...], limits: Limits, answers: Answers) -> None:
        self._seats = seats
        self._limits = limits
        self._answers = answers
        self._orders: dict[Ticket, Order] = {}
        self._watchers: list[Callable[[bool], None]] = []
        self._readers: list[Callable[[CodeRead], None]] = []
        self._card: bool | None = None
        self._neighbours = Neighbours()
        self.status: tuple[DeviceStatus, ...] = tuple(seat.status() for seat in seats)

    def accept(self, order: Order, now: float) -> None:
        """Give an order to the devices that can do it, or end it at once."""
        self._orders[order.ticket] = order
        seats = self._meant_for(order)
        if not seats:
            self._last(order, order.failed(Failure.DEVICE_ABSENT))
        elif self._busy(order, seats):
            self._last(order, order.failed(Failure.DEVICE_BUSY))
        else:
            order.pending = len(seats)
            for seat in seats:
                seat.offer(order, now)

    def give_up(self, ticket: Ticket, now: float) -> None:
        """Cancel an order that is not over."""
        order = self._orders.get(ticket)
        if order is not None:
            order.cancelled = True
            self._withdraw(order, now)

    def trigger(self, ticket: Ticket, now: float) -> None:
        """Press the shutter of a camera order that is not over."""
        for seat in self._seats if ticket in self._orders else ():
            seat.trigger(ticket, now)

    def watch(self, on_card: Callable[[bool], None], now: float) -> None:
        """Tell `on_card` of cards from now on, and at once what is known."""
        self._watchers.append(on_card)
        if self._card is not None:
            _guarded(on_card, self._card)
        for seat in self._seats:
            if seat.choice.kind is DeviceKind.ID_CARD:
                seat.watch(now)

    def watch_codes(self, on_code: Callable[[CodeRead], None], now: float) -> None:
        """Tell `on_code` of codes from now on."""
        self._readers.append(on_code)
        for seat in self._seats:
            if seat.choice.kind is DeviceKind.BARCODE:
                seat.watch(now)

    def deliver(self, now: float) -> None:
        """Pass on what the seats have brought, oldest first; passing it on may bring more."""
        self.status = tuple(seat.status() for seat in self._seats)
        while any(seat.news for seat in self._seats):
            for seat in self._seats:
                brought, seat.news = seat.news, []
                for news in brought:
                    self._pass_on(seat, news, now)

    def _meant_for(self, order: Order) -> list[Seat]:
        """All readers for a card; for pages and papers the first device that takes them."""
        kind = order.ticket.kind
        fitting = [seat for seat in self._seats if seat.choice.kind is kind and seat.choice.takes(order.request)]
        return fitting if kind is DeviceKind.ID_CARD else fitting[:1]

    def _busy(self, order: Order, seats: list[Seat]) -> bool:
        if isinstance(order.request, PrintPaper):
            return len(seats[0].queue()) > self._limits.waiting
        return any(not other.cancelled and not other.ended for seat in seats for other in seat.queue())

    def _withdraw(self, order: Order, now: float) -> None:
        for seat in self._seats:
            seat.withdraw(order, now)

    def _pass_on(self, seat: Seat, news: News, now: float) -> None:
        match news:
            case Told(order=order, event=event):
                if not order.ended and not order.cancelled:
                    _guarded(order.on_event, event)
            case Ended(order=order, event=event):
                self._seat_ended(seat, order, event, now)
            case CardMoved(present=present):
                self._neighbours.moved(seat, present=present)
                self._card_moved()
            case CodeCame(code=code):
                for on_code in tuple(self._readers):
                    _guarded(on_code, code)
            case Answered():
                self._answer(news)

    def _seat_ended(self, seat: Seat, order: Order, event: LastEvent, now: float) -> None:
        """One of the devices is through with the order: that may decide it, or leave it to the others."""
        order.pending -= 1
        if order.ended:
            return
        if isinstance(event, Failed) and self._neighbours.left_to_others(seat, event.failure):
            event = order.failure = self._neighbours.better(order.failure, event)
            if order.pending > 0:
                return
        if order.cancelled and isinstance(event, CardRead):
            # It was read while whoever asked gave up: a card of one visit must never reach the next.
            event = order.failed(Failure.DEVICE_CANCELLED)
        self._last(order, event)
        if order.pending > 0:
            self._withdraw(order, now)

    def _last(self, order: Order, event: LastEvent) -> None:
        order.ended = True
        self._orders.pop(order.ticket, None)
        if order.frames is not None:
            order.frames.close()
        _guarded(order.on_event, event)

    def _card_moved(self) -> None:
        """A card lies here while any reader has one; a reader that was lost keeps its last word until it is back."""
        lies = any(seat.present for seat in self._seats)
        if lies != self._card:
            self._card = lies
            for on_card in tuple(self._watchers):
                _guarded(on_card, lies)

    def _answer(self, news: Answered) -> None:
        answer = self._answers.pop(news.call, None)
        if answer is None:
            return
        if news.failure is None:
            answer.set_result(news.values)
        else:
            answer.set_exception(KioskError(news.failure))


def _guarded(listener: Callable[[Any], None], word: object) -> None:
    try:
        listener(word)
    except Exception as error:  # noqa: BLE001 - a listener's bug must not stop the devices; its text may name people
        _log.error("listener_failed", error=type(error).__name__)
