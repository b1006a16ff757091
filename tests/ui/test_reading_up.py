"""What everybody has to know, and what one may want to read: notices on the first screens, policies and questions."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.byways import Byways
from kiosk.cli.stage import Stage
from kiosk.config import USUAL_HOTLINE
from kiosk.failure import Failure, KioskError
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.views import View, apply, faults, sampled
from ui.languages import FOLDER


@pytest.fixture
def clean_board(stage: Stage) -> Iterator[None]:
    """What a test publishes is taken away after it: the platform is shared."""
    yield
    for name in ("tour", "later"):
        with suppress(KioskError):  # it was taken away already, or never published
            stage.at_platform("notices", "withdraw", name)


def shows(articles: Any, name: str) -> bool:
    """Whether the list holds this one article alone."""
    return [row.name for row in articles.rows.rows] == [name]


def look(shown: Shown, notices: int) -> None:
    def so() -> bool:
        shown.part("board").look()
        return bool(shown.part("board").notices.count == notices)

    shown.hand.until(so, f"{notices} notices")


def publish(shown: Shown, title: str, name: str, until: str = "2099-11-25T18:00") -> None:
    shown.stage.at_platform("notices", "publish", title, "--name", name, "--from", "2020-01-01T08:00", "--until", until)


@pytest.mark.usefixtures("clean_board")
def test_a_notice_stands_on_the_first_screens_until_the_platform_takes_it_away(show: Show) -> None:
    shown = show()
    publish(shown, "今晚八点起系统维护", "tour")
    look(shown, 1)
    assert "今晚八点起系统维护" in shown.texts()
    assert "1月1日 08:00 到 11月25日 18:00" in shown.texts()
    shown.hand.touch("startButton")
    shown.hand.find("myCases")
    assert "今晚八点起系统维护" in shown.texts()
    publish(shown, "后来的一条", "later")
    shown.part("board").look()
    shown.hand.settle(0.3)
    assert "后来的一条" not in shown.texts(), "a screen does not change under a finger"
    shown.stage.at_platform("notices", "withdraw", "tour")
    look(shown, 0)
    assert "今晚八点起系统维护" not in shown.texts()


@pytest.mark.usefixtures("clean_board")
def test_who_listens_hears_the_notice_where_the_visit_begins(show: Show) -> None:
    shown = show(voice="always")
    publish(shown, "明天上午停电", "tour")
    look(shown, 1)
    shown.hand.touch("startButton")
    shown.hand.until(lambda: "明天上午停电" in shown.part("voice").caption, "the notice in the caption")
    assert "1月1日8点0分" in shown.part("voice").caption


def test_policies_are_found_by_words_initials_and_what_stands_in_them_and_lead_to_the_guide(show: Show) -> None:
    shown = show()
    hand, articles = shown.hand, shown.part("articles")
    hand.touch("startButton")
    hand.touch("articles")
    hand.until(lambda: articles.rows.count == 4, "all articles")
    assert [row.asOf for row in articles.rows.rows] == sorted((row.asOf for row in articles.rows.rows), reverse=True)
    for words, name in (
        ("异地", "medical-elsewhere"),
        ("cjrzznlb", "disability-card-where"),
        ("canjirenzheng", "disability-card-where"),
        ("医生上门", "disability-card-where"),
        ("演示民发", "old-age-policy"),
    ):
        hand.find("articleSearch").setProperty("text", "")
        hand.type("articleSearch", words)
        hand.until(partial(shows, articles, name), f"{words}: {name}")
    hand.touch("article_old-age-policy")
    hand.find("articleText")
    assert "来源：演示县民政局" in shown.texts()
    assert "数据截至 2026年10月15日" in shown.texts()
    hand.touch("about_512B0003600037")
    hand.until(lambda: shown.part("visit").state == "guide", "the guide")


def test_with_no_network_the_articles_are_read_all_the_same(show: Show) -> None:
    shown = show()
    shown.stage.link.cut()
    try:
        shown.hand.touch("startButton")
        shown.hand.touch("articles")
        shown.hand.touch("article_winter-hours")
        shown.hand.find("articleText")
        assert "上午九点开门" in shown.texts()
        shown.hand.touch("backButton")
        shown.hand.find("article_winter-hours")
    finally:
        shown.stage.link.restore()


@pytest.mark.parametrize("elder", [False, True])
def test_these_screens_are_whole_clear_and_named(show: Show, pseudo: Path, *, elder: bool) -> None:
    found: list[str] = []
    stops: list[str] = []

    def measure(state: str) -> None:
        stops.append(state)
        for view in sampled(len(stops)):
            apply(shown, view)
            found.extend(f"{state} {view}: {fault}" for fault in faults(shown, view))
        apply(shown, View((1920, 1080), "elder" if elder else "normal", "zh"))

    shown = show(measure, languages=(FOLDER, pseudo), large_type=elder)
    Byways(shown.screen, shown.hand, shown.stage.devices, measure, at_platform=shown.stage.at_platform).reading_up()
    assert stops == ["attract_notice", "home_notice", "articles", "article"]
    assert found == [], "\n".join(found)


@pytest.fixture
def another_hotline(stage: Stage, tmp_path: Path) -> Iterator[str]:
    """A place where people call another number, as its platform has told all terminals."""
    number = "0000-7654321"
    file = tmp_path / "settings.toml"
    file.write_text(f'[point]\nhotline = "{number}"\n', encoding="utf-8")
    stage.at_platform("settings", "publish", str(file))
    yield number
    stage.at_platform("settings", "withdraw")


def test_another_number_to_call_is_named_wherever_one_is_named(show: Show, another_hotline: str) -> None:
    shown = show(voice="always")

    def so() -> bool:
        shown.part("board").look()
        return bool(shown.part("board").hotline == another_hotline)

    shown.hand.until(so, "the number from afar")
    assert another_hotline in shown.texts()
    shown.tour.to_guide()
    shown.part("guide").open("places")
    shown.hand.until(lambda: another_hotline in shown.texts(), "whom to ask")
    shown.part("guide").printWhole()
    shown.hand.until(lambda: shown.part("guide").printing_whole.outcome == "printed", "the guide on paper")
    paper = shown.newest_paper()
    shown.part("visit").show_problem(Failure.ITEM_WITHDRAWN)
    problem = shown.part("visit").problem().action
    shown.part("voice").say(f"请打 {another_hotline}。")
    heard = shown.part("voice").caption
    shown.part("voice").say(f"请打 {USUAL_HOTLINE}。")

    assert another_hotline in problem
    assert another_hotline in heard == shown.part("voice").caption
    assert f"政务服务热线 {another_hotline}" in paper, "the guide's own words may name what they like"
    assert f"政务服务热线 {USUAL_HOTLINE}" not in paper
    assert USUAL_HOTLINE not in shown.texts() + problem
