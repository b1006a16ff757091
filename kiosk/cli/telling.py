"""What everybody is told and what people have to say, walked by touch: notices, articles, feedback and its answer."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiosk.cli.tour import Tour
from kiosk.config import USUAL_HOTLINE
from kiosk.failure import KioskError

NOTICE = (
    "周三白天停电，便民服务点暂停办理",
    *("--title-en", "No power on Wednesday: the service point is closed"),
    *("--text", f"这台机器停电时不能用。急事请打 {USUAL_HOTLINE}，或到乡镇便民服务中心。"),
    *("--text-en", f"This machine is off as well. Call {USUAL_HOTLINE} or go to the township service centre."),
)
FEEDBACK = "指南里说要居住证明，窗口说早就不要了"
ANSWER = "谢谢您。居住证明确实取消了，指南今天已经改好，明天各台机器上就是新的。"


@dataclass(slots=True)
class Telling(Tour):
    """Ways that need no application. `at_platform` does what an operator does there; None: nobody does."""

    at_platform: Callable[..., None] | None = None

    def reading_up(self) -> None:
        """A notice on the first screens, and what there is to read."""
        hand, articles = self.hand, self._part("articles")
        self._post_notice()
        self.photograph("attract_notice")
        hand.touch("startButton")
        self.at("home", show=False)
        self.photograph("home_notice")
        hand.touch("articles")
        self.at("articles", show=False)
        hand.until(lambda: articles.rows.count > 0, "articles")
        self._rest()
        self.photograph("articles")
        hand.type("articleSearch", "gljt")
        hand.until(lambda: articles.rows.count == 1, "what was searched for")
        hand.touch(f"article_{articles.rows.rows[0].name}")
        hand.until(lambda: articles.items.count > 0, "the items it speaks of")
        self._rest()
        self.photograph("article")
        self.leave()
        self._withdraw_notice()

    def saying_something(self) -> None:
        """A guide is wrong: the number at once, the slip, and the answer that came."""
        hand, feedback = self.hand, self._part("feedback")
        hand.touch("startButton")
        self.at("home", show=False)
        hand.touch("feedback")
        self.at("feedback")
        hand.touch("feedbackGuide")
        hand.type("feedbackText_input", FEEDBACK)
        self.photograph("feedback_write")
        hand.touch("primaryButton")
        hand.until(lambda: feedback.phase == "sent", "the number")
        hand.until(lambda: feedback.paper.state in ("printed", "failed"), "the slip")
        self._rest()
        self.photograph("feedback_sent")
        number, code = feedback.number, feedback.code.replace(" ", "")
        hand.touch("primaryButton")
        self.at("home", show=False)
        hand.touch("feedback")
        hand.touch("feedbackAsk")
        hand.type("feedbackNumber_input", number.split("-")[2])
        hand.type("feedbackQuery_input", code)
        self.photograph("feedback_ask")
        self._answered(number)
        hand.touch("primaryButton")
        hand.until(lambda: feedback.phase == "answer", "the answer")
        self._rest()
        self.photograph("feedback_answer")
        self.leave()

    def leave(self) -> None:
        """End the visit and come back to the attract picture."""
        self.hand.touch("finishVisit")
        self.hand.touch("reallyFinish")
        self.at("goodbye", show=False)
        self.hand.touch("backButton" if self.hand.seen("backButton") else "primaryButton")
        self.at("attract", show=False)

    def _answered(self, number: str) -> None:
        """Have it answered, once the platform has it, and let the answer come."""
        if self.at_platform is None:
            return
        book = self._part("visit").desk
        self.patiently("feedback", "answer", number, ANSWER)
        self.hand.until(lambda: book.line_status().queued == 0, "everything delivered")
        self.hand.settle(2.0)

    def patiently(self, *arguments: str) -> None:
        """Do this at the platform as soon as what it is about has arrived there."""
        patience = 40
        for _ in range(patience):
            if self.at_platform is None:
                return
            with suppress(KioskError):
                self.at_platform(*arguments)
                return
            self.hand.settle(0.5)

    def _post_notice(self) -> None:
        if self.at_platform is not None:
            times = ("--from", "2099-11-25T08:00", "--until", "2099-11-25T18:00")
            self.at_platform("notices", "publish", NOTICE[0], "--name", "tour", "--kind", "power", *NOTICE[1:], *times)
            self._board_has(1)

    def _withdraw_notice(self) -> None:
        if self.at_platform is not None:
            self.at_platform("notices", "withdraw", "tour")
            self._board_has(0)

    def _board_has(self, notices: int) -> None:
        board = self._part("board")

        def so() -> bool:
            board.look()
            return bool(board.notices.count == notices)

        self.hand.until(so, f"{notices} notices")
        self._rest()
