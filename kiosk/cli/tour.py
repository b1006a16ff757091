"""One whole visit at the screen, step by step: what `./dev shots` photographs and what the tests walk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from devices.host import DeviceHost
from kiosk.cli.headless import CARD, ITEM
from kiosk.model.values import JsonObject
from ui.app import Screen
from ui.hand import Hand
from ui.questions import QuestionRow

Photograph = Callable[[str], None]

SIGNATURE = [
    [(0.30, 0.30), (0.40, 0.32), (0.42, 0.55), (0.30, 0.62)],
    [(0.36, 0.25), (0.35, 0.45), (0.34, 0.75)],
    [(0.55, 0.30), (0.56, 0.50), (0.55, 0.75)],
    [(0.48, 0.42), (0.64, 0.40)],
    [(0.50, 0.62), (0.66, 0.58), (0.68, 0.74)],
]


@dataclass(slots=True)
class Tour:
    """A visit for 高龄津贴 by the demo card of 演示·张秀英. `photograph` is called with the name of every state.

    `reuse`: what is held already is looked up and used; without it every paper is scanned anew.
    """

    screen: Screen
    hand: Hand
    devices: DeviceHost
    photograph: Photograph
    reuse: bool = False

    def whole(self) -> str:
        """From the attract picture to the goodbye; the submission number."""
        self.to_card()
        self.to_notice()
        self.to_receipt()
        number = self.number()
        self.hand.touch("primaryButton")
        self.at("rating")
        self.hand.touch("rate_1")
        self.at("goodbye")
        self.hand.touch("primaryButton")
        self.at("attract", show=False)
        return number

    def number(self) -> str:
        """The submission number on the receipt screen."""
        return str(self.hand.find("submissionNo").property("text"))

    def to_guide(self) -> None:
        """Up to the guide of the item."""
        hand = self.hand
        self.at("attract")
        hand.touch("startButton")
        self.at("home")
        hand.type("searchField", "高龄")
        hand.find(f"hit_{ITEM}")
        self.photograph("search")
        hand.touch(f"hit_{ITEM}")
        self.at("guide")

    def to_card(self) -> None:
        """Up to the reader."""
        hand = self.hand
        self.to_guide()
        hand.touch("primaryButton")
        self.at("purpose")
        hand.touch("primaryButton" if self.reuse else "agreeOnly")
        self.at("card")

    def to_notice(self) -> None:
        """Card, for whom, questions and form."""
        hand = self.hand
        self.tap(CARD)
        hand.until(lambda: self.state() in ("who", "kept"), "who")
        if self.state() == "kept":
            hand.touch("startNew")
        self.at("who")
        hand.touch("forMyself")
        while self.state() != "form":
            hand.until(lambda: self.state() in ("scenario", "form"), "scenario")
            if self.state() == "scenario":
                self._answer_scenario()
        self.at("form")
        self.fill_form()
        self.at("notice")
        self.confirm_conditions()

    def to_receipt(self) -> None:
        """Materials, signature, read-back, submission."""
        hand = self.hand
        hand.touch("primaryButton")
        self.at("materials")
        self.scan_everything()
        hand.touch("primaryButton")
        self.at("signature", show=False)
        hand.draw("signaturePane", SIGNATURE)
        self.photograph("signature")
        hand.touch("primaryButton")
        self.at("readback")
        hand.touch("primaryButton")
        self.at("receipt", show=False)
        hand.until(lambda: self._part("finish").paper.state in ("printed", "failed"), "printed")
        self.photograph("receipt")

    def fill_form(self) -> None:
        """Answer by hand what is not known yet, with the catalogue's own sample, then go on."""
        if self._part("preferences").property("elder"):
            self._fill_one_by_one()
            return
        asked: set[str] = set()
        while question := next((row for row in self._open_questions() if row.field not in asked), None):
            asked.add(question.field)
            self._answer(question, self._sample().get(question.field))
            self._rest()
        self.hand.touch("primaryButton")

    def _fill_one_by_one(self) -> None:
        """In 大字版 there is one question a view."""
        while self.state() == "form":
            question = self._part("form").asked
            if question is not None and question.required and not question.value and not question.chosen:
                self._answer(question, self._sample().get(question.field))
                self._rest()
            self.photograph("question")
            self.hand.touch("primaryButton")
            self._rest()

    def _open_questions(self) -> list[QuestionRow]:
        rows = self._rows("form", "questions")
        return [row for row in rows if row.required and not row.value and not row.chosen]

    def _answer(self, question: QuestionRow, value: Any) -> None:
        name = f"field_{question.field}"
        if question.choices:
            self.hand.touch(f"{name}_{_place(question, value)}")
        elif question.kind == "date":
            for part, text in zip(("year", "month", "day"), str(value).split("-"), strict=True):
                self.hand.type(f"{name}_{part}_input", text)
        else:
            self.hand.type(f"{name}_input", str(value))

    def _sample(self) -> JsonObject:
        item = self._part("visit").item
        return {name: value for form in item.forms for name, value in form.sample.items()} if item else {}

    def confirm_conditions(self) -> None:
        """Say yes to every condition that a person reads and confirms."""
        while row := next((row for row in self._rows("notice", "lines") if row.askable), None):
            self.hand.touch(f"confirm_{row.ref}")
            self._rest()

    def scan_everything(self) -> None:
        """Scan one page for every material that is missing."""
        hand, materials = self.hand, self._part("materials")
        self._rest()
        while wanted := [
            row.key for row in self._rows("materials", "rows") if row.standing == "missing" and not row.optional
        ]:
            hand.touch(f"open_{wanted[0]}")
            hand.touch("scan")
            hand.until(lambda: not materials.property("scanning") and bool(materials.property("preview")), "scanned")
            self._rest()
            self.photograph("pages")
            hand.touch("backButton")
            hand.until(lambda: materials.openKey == "", "list")
            self._rest()

    def _missing(self) -> str:
        rows = self._rows("materials", "rows")
        return next((row.key for row in rows if row.standing == "missing" and not row.optional), "")

    def tap(self, card: str) -> None:
        """Lay a card on the reader, long enough to be read, and take it away."""
        self.devices.simulate("idcard", "tap", name=card)
        before = self.state()
        self.hand.until(lambda: self.state() != before, "card read")
        self.devices.simulate("idcard", "lift")

    def at(self, state: str, *, show: bool = True) -> None:
        """Wait for a state and photograph it."""
        self.hand.until(lambda: self.state() == state, state)
        self._rest()
        if show:
            self.photograph(state)

    def state(self) -> str:
        """Where the visit stands."""
        return str(self._part("visit").property("state"))

    def _answer_scenario(self) -> None:
        self._rest()
        self.photograph("scenario")
        scenario = self._part("scenario")
        before = scenario.property("index")
        self.hand.touch(f"choice_{self._rows('scenario', 'choices')[0].choice}")
        self.hand.until(lambda: self.state() != "scenario" or scenario.property("index") != before, "next question")

    def _part(self, name: str) -> Any:
        """A controller, as Python sees it behind the property."""
        return getattr(self.screen.kiosk, name)

    def _rows(self, controller: str, model: str) -> tuple[Any, ...]:
        rows: tuple[Any, ...] = getattr(self._part(controller), model).rows
        return rows

    def _rest(self) -> None:
        """Until the desk has answered and the screen shows it."""
        self.hand.settle(0.02)
        self.hand.until(lambda: not self._part("visit").property("busy"), "an answer of the desk")
        self.hand.settle(0.03)


def _place(question: QuestionRow, value: Any) -> int:
    """Which choice the sample means; the first where the sample says nothing."""
    if isinstance(value, bool):
        return 0 if value else 1
    return question.choices.index(value) if value in question.choices else 0
