"""One thing looked at: how it is, why, and the one thing to do next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.cli.answer import in_chinese
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject


class Health(StrEnum):
    """Well, worth a look, or in need of somebody."""

    WELL = "well"
    AMBER = "amber"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in both languages: the sheet that is printed is Chinese whatever the machine speaks."""

    zh: str = ""
    en: str = ""

    def here(self) -> str:
        """In the language of this environment."""
        return self.zh if in_chinese() else self.en


NOTHING = Phrase()


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor.

    `name` is a word of `NAMES`, for a device its kind and place (`idcard`, `printer-2`). `cause` and `action` are empty
    where all is well, `failure` is a code of docs/failures.md, `seconds` how long a self-test round took.
    """

    name: str
    health: Health
    state: Phrase
    cause: Phrase = NOTHING
    action: Phrase = NOTHING
    failure: str | None = None
    seconds: float | None = None

    def as_json(self) -> JsonObject:
        """In the language of this environment."""
        answer: JsonObject = {
            "name": self.name,
            "health": self.health.value,
            "state": self.state.here(),
            "cause": self.cause.here(),
            "action": self.action.here(),
            "failure": self.failure,
        }
        return answer if self.seconds is None else {**answer, "seconds": round(self.seconds, 2)}

    def title(self) -> Phrase:
        """What was looked at, for people."""
        kind, _, place = self.name.partition("-")
        known = NAMES.get(kind, Phrase(kind, kind))
        return Phrase(f"{known.zh} {place}".strip(), f"{known.en} {place}".strip())


NAMES = {
    "config": Phrase("配置", "settings"),
    "disk": Phrase("磁盘", "disk"),
    "memory": Phrase("内存", "memory"),
    "key": Phrase("密钥", "key"),
    "database": Phrase("数据库", "database"),
    "seal": Phrase("加密套件", "sealing"),
    "terminal": Phrase("终端", "terminal"),
    "clock": Phrase("时间", "clock"),
    "catalogue": Phrase("事项目录", "catalogue"),
    "journal": Phrase("日志链", "journal"),
    "retention": Phrase("到期删除", "deletion"),
    "line": Phrase("线路", "line"),
    "papers": Phrase("打印", "papers"),
    "screen": Phrase("屏幕", "screen"),
    "voice": Phrase("朗读", "voice"),
    "devices": Phrase("设备", "devices"),
    "idcard": Phrase("读卡器", "card reader"),
    "scanner": Phrase("扫描仪", "scanner"),
    "camera": Phrase("高拍仪", "camera"),
    "barcode": Phrase("扫码枪", "code reader"),
    "phone": Phrase("手机传", "phone"),
    "stick": Phrase("U 盘", "USB stick"),
    "printer": Phrase("打印机", "printer"),
    "pcscd": Phrase("读卡服务", "card service"),
    "cupsd": Phrase("打印服务", "print service"),
    "sandbox": Phrase("文件隔离", "file sandbox"),
    "ocr": Phrase("文字识别", "page reading"),
}


def well(name: str, zh: str, en: str) -> Finding:
    """Nothing to do."""
    return Finding(name, Health.WELL, Phrase(zh, en))


def trouble(
    name: str, error: KioskError | Failure, state: Phrase | None = None, health: Health = Health.BAD
) -> Finding:
    """What an expected failure means for a technician, cause and next action."""
    failure = error.failure if isinstance(error, KioskError) else error
    info = error.info if isinstance(error, KioskError) else {}
    # `detail` is what a driver told, and says itself what it is.
    details = ", ".join(str(value) if key == "detail" else f"{key}={value}" for key, value in info.items())
    cause, action = words(failure)
    cause = bracketed(cause, details)
    return Finding(name, health, state or Phrase("不可用", "does not work"), cause, action, failure.code)


def bracketed(cause: Phrase, details: str) -> Phrase:
    """A cause with its details in brackets, before the full stop."""
    if not details:
        return cause
    return Phrase(f"{cause.zh.removesuffix('。')}（{details}）。", f"{cause.en.removesuffix('.')} ({details}).")


def words(failure: Failure) -> tuple[Phrase, Phrase]:
    """Cause and next action in the technician's words."""
    from kiosk.words import Audience, failure_words  # noqa: PLC0415 -- only when something failed

    chinese = failure_words(failure, Audience.TECHNICIAN, "zh")
    english = failure_words(failure, Audience.TECHNICIAN, "en")
    return Phrase(chinese.cause, english.cause), Phrase(chinese.action, english.action)


def looked(name: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a look finds, or the failure that kept it from looking."""
    try:
        yield from look()
    except KioskError as error:
        yield trouble(name, error)
