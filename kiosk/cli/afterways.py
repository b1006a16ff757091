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
        day = self._rows("arranging", "days")[1].day
        self.hand.touch(f"day_{day}")
        self.hand.touch("period_10:00")
        self._rest()
        self.photograph("appointment_chosen")
        self.leave()

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
