"""Who cannot read the screen hears it; nobody near hears who they are."""

import shutil
import stat
import time
import wave
from pathlib import Path

import pytest

from kiosk.config import SPEAK_WITH
from kiosk.visit import VisitState
from tests.ui.conftest import Show, Shown
from ui.voice.private import may_be_said
from ui.voice.prompts import prompt

REAL = pytest.mark.skipif(shutil.which(SPEAK_WITH[0]) is None, reason="espeak-ng is not installed")

TOLD = ("home", "guide", "card", "form", "notice", "materials", "readback", "receipt", "goodbye")


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `aplay` that keeps what it is given to play; its folder."""
    kept = tmp_path / "heard"
    kept.mkdir()
    _program(tmp_path / "aplay", f'cat > "{kept}/$$.part" && mv "{kept}/$$.part" "{kept}/$$.wav"')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return kept


@pytest.fixture
def spoken(tmp_path: Path, heard: Path) -> tuple[str, ...]:
    """A `speak_with` that keeps every sentence it is given, one a line, and reads as fast as one can listen."""
    assert heard.is_dir()
    _program(tmp_path / "speak", f'cat >> "{tmp_path}/said"; echo >> "{tmp_path}/said"')
    return (str(tmp_path / "speak"),)


def _said(tmp_path: Path) -> str:
    return (tmp_path / "said").read_text(encoding="utf-8")


@REAL
def test_the_first_sentence_is_real_speech_and_the_screen_does_not_wait_for_it(show: Show, heard: Path) -> None:
    shown = show()
    began = time.monotonic()
    shown.part("preferences").set_spoken(True)
    took = time.monotonic() - began
    shown.hand.until(lambda: any(heard.glob("*.wav")), "speech")
    with wave.open(str(next(heard.glob("*.wav")))) as speech:
        loudest = max(
            abs(int.from_bytes(speech.readframes(1), "little", signed=True)) for _ in range(speech.getframerate())
        )

    assert took < 0.1
    assert loudest > 1000
    assert shown.hand.find("caption").property("text")


def test_a_whole_visit_is_told_and_no_name_number_or_answer_is_among_it(
    show: Show, tmp_path: Path, spoken: tuple[str, ...]
) -> None:
    shown = show(speak_with=spoken)
    private: set[str] = set()

    def look(state: str) -> None:
        visit = shown.part("visit")
        for person in (visit.session.applicant, visit.session.draft and visit.session.draft.applicant):
            if person is not None:
                private.update({person.person.name, person.person.id_no, person.person.address})
        if visit.session.draft is not None:
            answers = [str(one) for one in visit.session.draft.answers.values()]
            private.update(one for one in answers if len(one) > 3)
        if state in {"form", "notice", "readback", "receipt"}:
            shown.part("voice").readPage()
        _listen(shown)

    shown.tour.photograph = look
    shown.hand.touch("voiceToggle")
    _listen(shown)
    number = shown.tour.whole()
    said = _said(tmp_path)

    assert [state for state in TOLD if prompt(VisitState(state)) not in said] == []
    assert "打好了，请在出纸口取走。" in said
    assert "这是本机的预先核对，以受理部门告知为准。" in said
    assert len(private) > 4
    assert {word for word in private if word and word in said} == set()
    assert number not in said


def _listen(shown: Shown) -> None:
    shown.hand.until(lambda: not shown.part("voice").property("speaking"), "the end of the sentence")


def test_every_control_that_gets_the_focus_is_named_and_a_field_only_tells_whether_it_is_filled(
    show: Show, tmp_path: Path, spoken: tuple[str, ...]
) -> None:
    shown = show(speak_with=spoken)
    shown.hand.touch("startButton")
    shown.tour.at("home")
    shown.hand.touch("voiceToggle")
    shown.hand.find("searchField").forceActiveFocus()
    _listen(shown)
    shown.hand.type("searchField", "演示·张秀英")
    shown.hand.find("searchField").forceActiveFocus()
    _listen(shown)
    shown.part("voice").readPage()
    _listen(shown)
    said = _said(tmp_path)

    assert "填写框，还没填" in said
    assert "填写框，已经填了" in said
    assert "常办的事" in said
    assert "张秀英" not in said


def test_where_nothing_can_be_played_the_words_stand_on_the_screen(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "aplay", "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    shown = show(speak_with=("/bin/cat",))
    shown.hand.touch("startButton")
    shown.hand.touch("voiceToggle")
    shown.hand.until(lambda: not shown.part("voice").property("audible"), "that nothing is heard")
    shown.hand.settle(0.05)

    assert "请选择要办的事" in shown.hand.find("caption").property("text")
    assert "没有声音，请看字" in shown.texts()


def test_a_sound_card_that_hangs_is_given_up_and_holds_nothing_up(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "aplay", "exec sleep 600")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("ui.voice.speaker._START_MS", 200)
    monkeypatch.setattr("ui.voice.speaker._CHARACTER_MS", 1)
    shown = show(speak_with=("/bin/cat",))
    shown.part("preferences").set_spoken(True)
    shown.hand.until(lambda: not shown.part("voice").property("audible"), "that the player was given up")
    shown.hand.touch("startButton")

    assert shown.tour.state() == "home"
    assert not shown.part("voice").property("speaking")


def test_the_idle_clock_waits_for_the_end_of_a_sentence(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "aplay", "exec sleep 600")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    shown = show(speak_with=("/bin/cat",))
    shown.hand.touch("startButton")
    shown.part("preferences").set_spoken(True)
    idle = shown.part("idle")
    speaking = idle._clock.busy_since is not None
    shown.part("voice").hush()

    assert speaking
    assert idle._clock.busy_since is None


def test_a_missing_program_is_no_trouble(show: Show) -> None:
    shown = show(speak_with=("/nowhere/speak",))
    shown.hand.touch("startButton")
    shown.part("preferences").set_spoken(True)
    shown.hand.until(lambda: not shown.part("voice").property("audible"), "that nothing is heard")

    assert shown.tour.state() == "home"


def test_the_next_person_hears_nothing_unless_they_ask(show: Show, spoken: tuple[str, ...]) -> None:
    shown = show(speak_with=spoken)
    shown.hand.touch("startButton")
    shown.part("preferences").set_spoken(True)
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")
    shown.hand.touch("primaryButton")
    shown.tour.at("attract", show=False)

    assert not shown.part("preferences").property("spoken")
    assert shown.part("voice").property("caption") == ""


@pytest.mark.parametrize("text", ["您是 张*", "编号 T00042A202611240001", "11010519491231002X", "张秀英，请签名"])
def test_a_sentence_with_something_private_is_not_said(text: str) -> None:
    assert not may_be_said(text, frozenset({"张秀英"}), "12345")


@pytest.mark.parametrize("text", ["咨询投诉电话 12345", "第 3 步，共 8 步", "80 岁以上"])
def test_public_numbers_are_said(text: str) -> None:
    assert may_be_said(text, frozenset({"张秀英"}), "12345")
