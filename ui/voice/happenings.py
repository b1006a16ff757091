"""What happens by itself within a step, in words: a card is read, a page scanned, a paper printed, time runs out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from ui.controllers.card import CardController
from ui.controllers.form import FormController
from ui.controllers.idle import IdleWatch
from ui.controllers.voice import VoiceController
from ui.printing import PrintedPaper

_COUNTED = frozenset({30, 20, 10, 5})


@dataclass(frozen=True, slots=True)
class Sources:
    """Whose doings are told: of all papers, and of whatever has a scanner at work (`scanning`)."""

    card: CardController
    form: FormController
    idle: IdleWatch
    printing: Sequence[PrintedPaper]
    scanning: Sequence[QObject]


def tell_what_happens(voice: VoiceController, sources: Sources) -> None:
    """Have `voice` say every one of these as it happens."""
    card, form, idle = sources.card, sources.form, sources.idle
    voice.tell(card, "changed", lambda: _card(card.property("phase")))
    voice.tell(form, "changed", lambda: _mistakes(form.property("mistakes")))
    for paper in sources.printing:
        voice.tell(paper, "changed", _printing(paper))
    for one in sources.scanning:
        voice.tell(one, "changed", _scanning(one))
    voice.tell(idle, "secondsLeftChanged", lambda: _countdown(idle.property("secondsLeft")))


def _card(phase: str) -> str:
    translate = QCoreApplication.translate
    return {
        "reading": translate("Voice", "正在读取，请不要拿开。"),
        "read": translate("Voice", "读好了，请收好您的身份证。"),
    }.get(phase, "")


def _mistakes(count: int) -> str:
    return QCoreApplication.translate("Voice", "还有 %1 处要改。").replace("%1", str(count)) if count else ""


def _printing(paper: PrintedPaper) -> Callable[[], str]:
    def sentence() -> str:
        translate = QCoreApplication.translate
        return {
            "printing": translate("Voice", "正在打印。"),
            "printed": translate("Voice", "打好了，请在出纸口取走。"),
            "failed": paper.problem().cause + paper.problem().action,
        }.get(paper.outcome, "")

    return sentence


def _scanning(controller: QObject) -> Callable[[], str]:
    was = False

    def sentence() -> str:
        nonlocal was
        translate = QCoreApplication.translate
        if controller.property("scanning"):
            was = True
            return translate("Voice", "正在扫描，请不要动材料。")
        return translate("Voice", "扫描好了。") if was else ""

    return sentence


def _countdown(seconds: int) -> str:
    if seconds not in _COUNTED:
        return ""
    words = QCoreApplication.translate("Voice", "您还在吗？%1 秒后会自动结束。还需要时间，请按“确定”键。")
    return words.replace("%1", str(seconds))
