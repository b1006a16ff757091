"""Visits that ask what comes after: how the result comes, when the person comes, what is to be paid."""

from dataclasses import dataclass

from kiosk.cli.byways import HUSBAND, Byways
from kiosk.cli.tour import SIGNATURE

SOCIAL_CARD_ITEM = "512B0070200003"
DISABILITY_CARD_ITEM = "511F82001002"


@dataclass(slots=True)
class Afterways(Byways):
    """Applications for items that declare delivery, appointments or fees."""

    def afterwards(self) -> None:
        """All of them, for pictures."""
        self.a_card_before_anything()
        self.a_lost_card()
        self.a_time_at_the_hospital()
        self.another_time()

    def a_card_before_anything(self) -> None:
        """Somebody lays down the card before choosing anything, and sees the own cases."""
        self.devices.simulate("idcard", "tap", name=HUSBAND)
        self.at("tapped")
        self.hand.touch("tapMyCases")
        self.at("my_cases", show=False)
        self.devices.simulate("idcard", "lift")
        self.leave()

    def a_lost_card(self) -> None:
        """A lost card is replaced: the new one comes by post, and costs something, of which the case tells later."""
        hand = self.hand
        self.to_delivery()
        hand.touch("way_post")
        self._rest()
        self.photograph("delivery_by_post")
        hand.touch("primaryButton")
        self.sign_and_hand_in()
        self.at("receipt", show=False)
        hand.touch("primaryButton")
        self.at("payment")
        hand.touch("primaryButton")
        self.at("rating", show=False)
        hand.touch("primaryButton")
        self.at("goodbye", show=False)
        hand.touch("primaryButton")
        self.at("attract", show=False)

    def to_delivery(self) -> None:
        """A husband has lost his card; up to how the new one comes."""
        self.husband_begins("社会保障卡申领", SOCIAL_CARD_ITEM)
        self.choose("lost", "id_photo")
        self._past_materials()
        self.at("delivery")

    def _past_materials(self) -> None:
        """The form and whatever papers are missing."""
        hand = self.hand
        self.to_form()
        self.fill_form()
        self.at("notice", show=False)
        self.confirm_conditions()
        hand.touch("primaryButton")
        hand.until(lambda: self.state() in ("materials", "delivery"), "materials")
        if self.state() == "materials":
            self.scan_everything()
            hand.touch("primaryButton")

    def choose(self, *choices: str) -> None:
        """Answer the plain questions with these."""
        for choice in choices:
            self.hand.until(lambda: self.state() == "scenario", "question")
            self.hand.touch(f"choice_{choice}")
            self._rest()

    def sign_and_hand_in(self) -> None:
        """Signature and read-back."""
        hand = self.hand
        self.at("signature", show=False)
        hand.draw("signaturePane", SIGNATURE)
        hand.touch("primaryButton")
        self.at("readback", show=False)
        self.photograph("readback_afterwards")
        hand.touch("primaryButton")

    def a_time_at_the_hospital(self) -> None:
        """Somebody who needs an assessment looks when there is room; with the line down it is a wish."""
        self.to_appointment()
        self.photograph("appointment")
        day = self._part("arranging").periods.days.rows[1].day
        self.hand.touch(f"day_{day}")
        self.hand.touch("period_10:00")
        self._rest()
        self.photograph("appointment_chosen")
        self.leave()

    def another_time(self) -> None:
        """The hospital cannot keep a time: its person chooses another at the case."""
        if self.at_platform is None:
            return
        hand = self.hand
        number = self.a_booked_case()
        self.unbooked(number)
        self.to_my_case(number)
        hand.find("chooseAgain")
        self.photograph("case_refused_time")
        hand.touch("chooseAgain")
        self.to_other_times()
        self.photograph("rebook")
        hand.touch("period_15:00")
        hand.touch("primaryButton")
        self.at("case", show=False)
        hand.until(lambda: self._part("arranged").booking == "confirmed", "booked")
        self._rest()
        self.photograph("case_booked_again")
        self.leave()

    def to_other_times(self) -> None:
        """Up to the times that are free, or to hearing that nobody can be asked."""
        self.at("rebook", show=False)
        asked = self._part("rebooking")
        self.hand.until(lambda: asked.property("asked") in ("told", "offline"), "free periods")
        self._rest()

    def a_booked_case(self) -> str:
        """The husband hands in with the first time that is free; the number, once it has arrived."""
        hand = self.hand
        self.to_appointment()
        hand.touch(f"period_{self._part('arranging').periods.ofDay.rows[0].begins}")
        hand.touch("primaryButton")
        self.sign_and_hand_in()
        self.at("receipt", show=False)
        hand.until(lambda: self._part("finish").paper.state in ("printed", "failed"), "printed")
        number = self.number()
        for state in ("rating", "goodbye", "attract"):
            hand.touch("primaryButton")
            self.at(state, show=False)
        return number

    def unbooked(self, number: str) -> None:
        """The place says it cannot keep the time, once the case is there."""
        self.patiently("unbook", number)

    def to_my_case(self, number: str) -> None:
        """The husband looks at one of his cases."""
        hand = self.hand
        hand.touch("startButton")
        self.at("home", show=False)
        hand.touch("myCases")
        self.at("cases_card", show=False)
        self.tap(HUSBAND)
        self.at("my_cases", show=False)
        hand.touch(f"case_{number}")
        self.at("case", show=False)
        hand.until(lambda: bool(self._part("arranged").something), "what is arranged")
        self._rest()

    def to_appointment(self) -> None:
        """A husband applies for a disability card; up to when he comes."""
        hand = self.hand
        self.husband_begins("残疾人证", DISABILITY_CARD_ITEM)
        self._past_materials()
        self.at("delivery", show=False)
        hand.touch("primaryButton")
        self.at("appointment", show=False)
        hand.until(lambda: self._part("arranging").property("asked") in ("told", "offline"), "free periods")
        self._rest()
