"""The ways beside the straight one, walked by touch: for another person, a household, one's own cases, staff."""

from dataclasses import dataclass

from kiosk.cli.headless import CARD, ITEM
from kiosk.cli.stage import DEMO_CLERK, DEMO_PIN, DEMO_SUPERVISOR
from kiosk.cli.telling import Telling
from kiosk.model.people import Operator

DAUGHTER = "li-xiaofang"
HUSBAND = "wang-jianguo"
PENSION_ITEM = "512B0359100011"
HOUSEHOLD_ITEM = "512B0003600029"
WIFE = ("000000196803120266", "演示·张小凤")


@dataclass(slots=True)
class Byways(Telling):
    """Visits that do not go straight from one's own card to the receipt."""

    def everything(self) -> None:
        """All of them, for pictures."""
        self.staff()
        self.for_her_mother()
        self.a_household()
        self.what_is_held()
        self.own_cases()
        self.unfinished_prints()
        self.supervising()
        self.below_the_camera()
        self.asking_around()
        self.reading_up()
        self.saying_something()

    def asking_around(self) -> None:
        """What there is for somebody of eighty, a sample to take home, and the place where receipts are checked."""
        hand, asked = self.hand, self._part("mayGet")
        hand.touch("startButton")
        self.at("home", show=False)
        hand.touch("mayGet")
        self.at("may_get")
        self._answer_plainly("answer_5")
        self._answer_plainly("answerYes")
        self.photograph("may_get_question")
        while not asked.done:
            self._answer_plainly("answerUnsure")
        self.photograph("may_get_found")
        hand.touch(f"likely_{ITEM}")
        self.at("guide", show=False)
        hand.touch("tab_papers")
        self.photograph("papers")
        hand.touch("specimen_form-application-sample")
        self.photograph("sample")
        hand.touch("tab_about")
        self.photograph("about")
        hand.touch("backButton")
        self.at("home", show=False)
        hand.touch("verifyReceipt")
        self.at("verify")
        self.leave()

    def staff(self) -> None:
        """A wrong PIN, the right one, and the state of the machine; then leave."""
        hand = self.hand
        hand.touch("staffButton")
        self.at("staff_login")
        hand.touch("staffId_input")
        self.photograph("keyboard")
        hand.type("staffId_input", DEMO_CLERK.staff_id)
        hand.touch("staffPin_input")
        self.photograph("pad")
        hand.type("staffPin_input", "000000")
        hand.touch("primaryButton")
        hand.find("problem")
        self.photograph("staff_wrong")
        hand.type("staffPin_input", DEMO_PIN)
        hand.touch("primaryButton")
        self.at("home")
        hand.touch("statusCorner")
        self.photograph("status")
        hand.touch("closeStatus")
        self.leave()

    def for_her_mother(self) -> None:
        """A daughter applies for her mother, and keeps it for later."""
        self.to_card()
        self.who_with(DAUGHTER)
        self.hand.touch("forFamily")
        self.at("other")
        self.hand.touch("relation_parent")
        self._rest()
        self.photograph("other_card")
        self.tap(CARD)
        self.to_form()
        self.fill_form()
        self.at("notice")
        self.hand.touch("finishVisit")
        self.photograph("leaving")
        self.hand.touch("keepAndLeave")
        self.at("goodbye")
        self.hand.touch("primaryButton")
        self.at("attract", show=False)

    def a_household(self) -> None:
        """A husband names his wife by her number; she is asked about, too."""
        hand = self.hand
        self.husband_begins("低保", HOUSEHOLD_ITEM)
        hand.until(lambda: self.state() == "scenario", "scenario")
        while self.state() == "scenario":
            self._answer_scenario()
        self.at("members")
        hand.touch("addMember")
        self._rest()
        self.photograph("member_relation")
        hand.touch("memberRelation_spouse")
        self._rest()
        self.photograph("member_card")
        hand.touch("stateIdentity")
        hand.type("identityNo_input", WIFE[0])
        hand.type("identityName_input", WIFE[1])
        self.photograph("member_number")
        hand.touch("primaryButton")
        self._answer_member()
        self.photograph("member_list")
        hand.touch("primaryButton")
        self.at("form")
        self.leave()

    def what_is_held(self) -> None:
        """A husband has looked up what is held of him, then rather shows the licence on his telephone."""
        hand, self.reuse = self.hand, True
        self.husband_begins("养老保险参保", PENSION_ITEM)
        self.to_form()
        self.photograph("form_known")
        self.fill_form()
        self.at("notice", show=False)
        self.confirm_conditions()
        self.photograph("notice_held")
        hand.touch("primaryButton")
        self.at("materials", show=False)
        self.photograph("materials_held")
        hand.touch("own_hukou_book")
        self._rest()
        hand.touch("open_hukou_book")
        hand.touch("fromLicence")
        self._rest()
        self.photograph("licence")
        self.reuse = False
        self.leave()

    def own_cases(self) -> None:
        """Tap the card, see the cases and one of them."""
        hand = self.hand
        hand.touch("startButton")
        self.at("home", show=False)
        hand.touch("myCases")
        self.at("cases_card")
        self.tap(CARD)
        hand.until(lambda: bool(self._rows("cases", "rows")), "one's own cases")
        self.at("my_cases")
        hand.touch(f"case_{self._rows('cases', 'rows')[0].submissionNo}")
        self.at("case")
        self.leave()

    def husband_begins(self, query: str, item: str) -> None:
        """He looks for an item, agrees, lays down his card and applies for himself."""
        hand = self.hand
        hand.touch("startButton")
        self.at("home", show=False)
        hand.type("searchField", query)
        hand.touch(f"hit_{item}")
        self.at("guide", show=False)
        hand.touch("primaryButton")
        self.at("purpose", show=False)
        hand.touch("primaryButton")
        self.at("card", show=False)
        self.who_with(HUSBAND)
        hand.touch("forMyself")

    def unfinished_prints(self) -> None:
        """A receipt that got stuck and one without paper; then staff look at what is left of them and print one."""
        hand = self.hand
        hand.touch("startButton")
        self.at("home", show=False)
        hand.touch("myCases")
        self.at("cases_card", show=False)
        self.tap(CARD)
        self.at("my_cases", show=False)
        hand.until(lambda: bool(self._rows("cases", "rows")), "one's own cases")
        hand.touch(f"case_{self._rows('cases', 'rows')[0].submissionNo}")
        self.at("case", show=False)
        self._print_in_vain("jam", "clear")
        self._print_in_vain("paper_out", "refill")
        self.leave()
        self.log_in()
        self.photograph("home_staff")
        hand.touch("openPrints")
        self.at("open_prints")
        hand.touch(f"printOpen_{self._rows('prints', 'rows')[-1].entry}")
        hand.until(lambda: self._part("prints").printing.outcome == "printed", "printed")
        self._rest()
        self.photograph("open_prints_printed")
        hand.touch(f"cameOut_{self._rows('prints', 'rows')[0].entry}")
        hand.until(lambda: not self._rows("prints", "rows"), "settled")
        self._rest()
        self.photograph("open_prints_none")
        self.leave()

    def supervising(self) -> None:
        """A supervisor looks at the day and prints its sheet."""
        hand = self.hand
        self.log_in(DEMO_SUPERVISOR)
        self.to_the_day()
        self.photograph("supervisor")
        hand.touch("primaryButton")
        hand.until(lambda: self._part("supervisor").printing.outcome == "printed", "the sheet")
        self._rest()
        self.photograph("supervisor_printed")
        self.leave()

    def to_the_day(self) -> None:
        """From the first page to the reckoning of today."""
        self.hand.touch("supervise")
        self.at("supervisor", show=False)
        self.hand.until(lambda: bool(self._part("supervisor").known), "the day")
        self._rest()

    def log_in(self, who: Operator = DEMO_CLERK) -> None:
        """A member of staff takes the keyboard."""
        self.hand.touch("staffButton")
        self.at("staff_login", show=False)
        self.hand.type("staffId_input", who.staff_id)
        self.hand.type("staffPin_input", DEMO_PIN)
        self.hand.touch("primaryButton")
        self.at("home", show=False)

    def _print_in_vain(self, trouble: str, mend: str) -> None:
        self.devices.simulate("printer", trouble)
        try:
            self.hand.touch("printAgain")
            self.hand.until(lambda: self._part("cases").printing.outcome == "failed", "not printed")
        finally:
            self.devices.simulate("printer", mend)
        self._rest()

    def who_with(self, card: str) -> None:
        """Lay a card down and come to the question for whom; what was kept before is left where it is."""
        self.tap(card)
        self.hand.until(lambda: self.state() in ("who", "kept"), "who")
        if self.state() == "kept":
            self.at("kept")
            self.hand.touch("startNew")
        self.at("who")

    def to_form(self) -> None:
        """Answer the plain questions."""
        self.hand.until(lambda: self.state() in ("scenario", "form"), "scenario")
        while self.state() == "scenario":
            self._answer_scenario()
        self.at("form")

    def below_the_camera(self) -> None:
        """A sheet, a blurred one and both sides of an ID card, taken with the document camera."""
        hand, materials = self.hand, self._part("materials")
        self.devices.simulate("camera", "take_away")
        self.to_card()
        self.to_notice()
        hand.touch("primaryButton")
        self.at("materials", show=False)
        hand.touch(f"open_{self._missing()}")
        hand.touch("photograph")
        self._sees("nothing", "camera")
        self.devices.simulate("camera", "lay", page="household-register")
        self._sees("still", "camera_still")
        self._sees("taken", "camera_taken")
        self.devices.simulate("camera", "blurred")
        self.devices.simulate("camera", "lay", page="lease")
        hand.until(lambda: materials.property("doubt") != "", "a doubt")
        self._rest()
        self.photograph("page_doubted")
        hand.touch("acceptDoubted")
        self.devices.simulate("camera", "reset")
        self.devices.simulate("camera", "lay", page="id-front")
        hand.touch("photograph")
        hand.touch("takeIdCard")
        self._sees("taken", "camera_id_card")
        self.devices.simulate("camera", "lay", page="id-back")
        hand.until(lambda: not materials.camera.property("active"), "both sides")
        self._rest()
        self.photograph("id_card_page")
        self.devices.simulate("camera", "reset")
        self.leave()

    def _sees(self, sight: str, name: str) -> None:
        camera = self._part("materials").camera
        self.hand.until(lambda: bool(camera.property("showing")) and camera.property("sight") == sight, sight)
        self.hand.settle(0.05)
        self.photograph(name)

    def _answer_plainly(self, name: str) -> None:
        asked, visit = self._part("mayGet"), self._part("visit")
        before = asked.number
        self.hand.touch(name)
        self.hand.until(lambda: asked.number != before and not visit.busy, "the next question")

    def _answer_member(self) -> None:
        hand, members = self.hand, self._part("members")
        hand.until(lambda: members.property("phase") in ("asking", "list"), "the questions about a member")
        if members.property("phase") == "asking":
            self._rest()
            self.photograph("member_questions")
            for question in self._rows("members", "questions"):
                if question.required and not question.value and not question.chosen:
                    self._answer(question, self._sample().get(question.field))
            hand.touch("primaryButton")
        hand.until(lambda: members.property("phase") == "list", "the list of members")
        self._rest()
