"""What the platform posts for everybody: signed, only ever newer, over the line and on a stick."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from central import board, feed, fleet
from central.store import terminals
from kiosk.cli.sync import _rules
from kiosk.cli.wiring import settings_of
from kiosk.failure import Failure, KioskError
from kiosk.model.board import Notice, Topic, read_content
from sync.wire.messages import ChangesRequest, PostingBody
from sync.wire.records import make_record
from tests.sync.conftest import Opener
from tests.sync.courier import Courier
from tests.sync.impostor import Impostor
from tests.sync.platform import Platform
from tests.sync.strangers import Stranger
from tests.sync.terminal import Terminal

NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)


def notice(title: str = "明天上午停电", hours: int = 6) -> dict[str, Any]:
    return {"kind": "power", "title": title, "begins": NOON, "ends": NOON + timedelta(hours=hours)}


def post(platform: Platform, topic: Topic, name: str, content: Any, terminal: str = "") -> None:
    with platform.office() as office:
        board.post(office, topic, name, content, actor="test", terminal=terminal)


def another(platform: Platform) -> str:
    """The name of a further terminal, which never speaks."""
    with platform.office() as office:
        return fleet.new_code(office, actor="test", point_name="演示", region12="000000000000").terminal


def titles(terminal: Terminal) -> list[str]:
    return [read_content(one.content, Notice).title for one in terminal.store.board.held(Topic.NOTICE)]


@pytest.fixture(autouse=True)
def clean_board(platform: Platform) -> None:
    """The platform is shared by the tests of this room: what others posted is taken away."""
    with platform.office() as office:
        for topic in Topic:
            for one in board.standing(office, topic):
                board.withdraw(office, topic, one.name, actor="test")


def test_a_notice_arrives_is_replaced_and_is_taken_away(terminal: Terminal, platform: Platform) -> None:
    post(platform, Topic.NOTICE, "n1", notice())
    assert terminal.agent.run_once().failure is None
    assert titles(terminal) == ["明天上午停电"]
    post(platform, Topic.NOTICE, "n1", notice("停电改到下午"))
    post(platform, Topic.NOTICE, "n2", notice("暴雨停办"))
    terminal.agent.run_once()
    assert titles(terminal) == ["停电改到下午", "暴雨停办"]
    with platform.office() as office:
        assert board.withdraw(office, Topic.NOTICE, "n1", actor="test")
        assert not board.withdraw(office, Topic.NOTICE, "n1", actor="test")
    terminal.agent.run_once()
    assert titles(terminal) == ["暴雨停办"]
    acts = [one.act for one in terminal.store.journal.entries() if one.act == "posting.taken"]
    assert len(acts) == 4


def test_a_posting_for_one_terminal_reaches_no_other(terminal: Terminal, platform: Platform) -> None:
    post(platform, Topic.NOTICE, "theirs", notice("别处的"), terminal=another(platform))
    post(platform, Topic.NOTICE, "ours", notice("这里的"), terminal=terminal.name)
    terminal.agent.run_once()
    assert titles(terminal) == ["这里的"]
    with pytest.raises(KioskError) as taken, platform.office() as office:
        board.post(office, Topic.NOTICE, "theirs", notice(), actor="test")
    assert taken.value.info["where"] == "terminal"
    with pytest.raises(KioskError) as unknown, platform.office() as office:
        board.post(office, Topic.NOTICE, "nobody", notice(), actor="test", terminal="T00000")
    assert unknown.value.failure is Failure.NOT_PROVISIONED


def test_more_than_one_answer_holds_come_in_further_turns(terminal: Terminal, platform: Platform) -> None:
    many = board.MOST_AT_ONCE + 30
    for number in range(many):
        post(platform, Topic.NOTICE, f"many-{number}", notice(f"通知 {number}"))
    report = terminal.agent.run_once()
    assert report.failure is None
    assert titles(terminal) == [f"通知 {number}" for number in range(many)]


def test_what_nobody_signed_is_never_taken_and_is_asked_for_again(
    opened: Opener, platform: Platform, terminal: Terminal
) -> None:
    held = terminal.store.board.cursor()
    post(platform, Topic.NOTICE, "n1", notice())
    forged = PostingBody("notice", "evil", 10_000, NOON, content=b"{}")
    impostor = Impostor(platform.record_key())
    impostor.postings = (make_record("posting", forged, bytes(32)),)
    impostor.posted = 10_000
    stranger = Stranger(impostor.reply)
    lied_to = opened(stranger.url)
    assert lied_to.agent.run_once().failure == Failure.RECORD_NOT_GENUINE.code
    assert (titles(lied_to), lied_to.store.board.cursor()) == ([], held)
    stranger.close()
    terminal.agent.run_once()
    assert titles(terminal) == ["明天上午停电"]


def test_an_older_posting_said_again_changes_nothing(terminal: Terminal, opened: Opener, platform: Platform) -> None:
    post(platform, Topic.NOTICE, "n1", notice("旧的"))
    with platform.office() as office:
        (old,) = board.standing(office, Topic.NOTICE)
    post(platform, Topic.NOTICE, "n1", notice("新的"))
    terminal.agent.run_once()
    body = PostingBody(old.topic, old.name, old.sequence, old.at, content=old.content)
    impostor = Impostor(platform.record_key())
    impostor.postings, impostor.posted = (make_record("posting", body, platform.record_key()),), old.sequence
    stranger = Stranger(impostor.reply)
    opened(stranger.url).agent.run_once()
    stranger.close()
    assert titles(terminal) == ["新的"]


def test_a_terminal_that_knows_no_postings_gets_none_and_one_that_has_all_hears_nothing(platform: Platform) -> None:
    post(platform, Topic.NOTICE, "n1", notice())
    name = another(platform)
    with platform.office() as office:
        with office.store.read() as connection:
            one = terminals.find(connection, name)
        assert one is not None
        older = feed.answer(office, one, ChangesRequest(name, 0, 0), 1)
        newest = feed.answer(office, one, ChangesRequest(name, 0, 0, posted=0), 1)
        assert [one.name for one in board.standing(office, Topic.NOTICE)] == ["n1"]
        again = feed.answer(office, one, ChangesRequest(name, 0, 0, posted=newest.posted), 1)
    assert (older.postings, older.posted) == ((), 0)
    assert len(newest.postings) == 1, "what was taken away long ago is nobody's news"
    assert (again.postings, again.posted, again.more) == ((), 0, False)


def test_a_stick_brings_postings_where_there_is_no_line(
    terminal: Terminal, data: Path, platform: Platform, tmp_path: Path
) -> None:
    courier = Courier(platform, tmp_path)
    post(platform, Topic.NOTICE, "n1", notice("U 盘带来的"))
    stick = courier.stick()
    told = courier.there_and_back(data, stick)
    assert told["failure"] is None
    assert titles(terminal) == ["U 盘带来的"]
    held = terminal.store.board.cursor()
    assert held > 0
    assert courier.take(data, stick)["failure"] is None
    assert (titles(terminal), terminal.store.board.cursor()) == (["U 盘带来的"], held)


def test_settings_from_afar_fill_in_what_the_technician_left_open(
    terminal: Terminal, data: Path, platform: Platform
) -> None:
    rules = _rules(data, terminal.store)
    assert not rules().metered
    everywhere = {"line": {"metered": True, "budget_mb": 50}, "point": {"hotline": "0826-2222222"}}
    post(platform, Topic.SETTINGS, "all", everywhere)
    post(platform, Topic.SETTINGS, terminal.name, {"line": {"budget_mb": 80}}, terminal=terminal.name)
    (data / "config.toml").write_text('[point]\nhotline = "12345"\n', encoding="utf-8")
    terminal.agent.run_once()
    config = settings_of(data, terminal.store)
    assert (config.line.metered, config.line.budget_mb, config.point.hotline) == (True, 80, "12345")
    assert rules() == config.line
    with platform.office() as office:
        board.withdraw(office, Topic.SETTINGS, "all", actor="test")
    terminal.agent.run_once()
    assert (rules().metered, rules().budget_mb) == (False, 80)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"devices": {"printer": "evil"}}, "devices"),
        ({"screen": {"speak_with": ["rm"]}}, "screen.speak_with"),
        ({"line": {"budget_mb": -1}}, "line.budget_mb"),
        ({"desk": {"deliver_within_days": 90}}, "desk.deliver_within_days"),
        ({"point": {"hotline": "call me"}}, "point.hotline"),
    ],
)
def test_nothing_that_reaches_a_device_or_promises_too_much_can_be_posted(
    platform: Platform, content: dict[str, Any], where: str
) -> None:
    with pytest.raises(KioskError) as refused, platform.office() as office:
        board.post(office, Topic.SETTINGS, "all", content, actor="test")
    assert (refused.value.failure, refused.value.info["where"]) == (Failure.CONFIG_INVALID, where)


def test_a_holiday_table_counts_before_the_catalogue_that_came_earlier(terminal: Terminal, platform: Platform) -> None:
    terminal.agent.run_once()
    before = terminal.store.shelf.holidays()
    assert not before.knows(2031)
    table = {"years": {"2031": {"holidays": ["2031-01-01"], "workdays": []}}, "source": "演示通知"}
    post(platform, Topic.HOLIDAYS, "all", table)
    terminal.agent.run_once()
    after = terminal.store.shelf.holidays()
    assert date(2031, 1, 1) in after.years[2031].holidays
    assert {year: after.years[year] for year in before.years} == dict(before.years)
    with pytest.raises(KioskError) as broken, platform.office() as office:
        board.post(office, Topic.HOLIDAYS, "all", {"years": {"2031": {"holidays": ["2030-01-01"]}}}, actor="test")
    assert broken.value.failure is Failure.CATALOGUE_BROKEN
