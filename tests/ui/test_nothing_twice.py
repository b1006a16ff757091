"""Nothing is asked twice, and few touches are needed: by touch, with a platform, agent and terminal of its own."""

import os
import subprocess
import sys

import pytest

from kiosk.cli.byways import DAUGHTER
from kiosk.cli.headless import CARD, ITEM
from kiosk.cli.stage import Stage
from kiosk.model.case import MaterialSource, OriginKind
from tests.ui.conftest import Show, Shown
from tests.ui.knowing import choose, end, fill, scanned, sign_and_confirm, to_purpose, walk_of

CONFIRMATION = "990101360002"


@pytest.fixture(scope="module")
def stage(knowing_stage: Stage) -> Stage:
    """What this platform knows of people is what these tests tell it."""
    return knowing_stage


def test_a_resident_whose_card_answers_everything_needs_nine_touches_to_the_receipt(show: Show) -> None:
    shown = show()
    hand, walk = walk_of(shown)
    walk.at("attract")
    hand.touch("startButton")
    walk.at("home")
    hand.touch("topic_离职退休")
    hand.touch(f"hit_{CONFIRMATION}")
    walk.at("guide")
    hand.touch("primaryButton")
    walk.at("purpose")
    hand.touch("primaryButton")
    walk.at("card")
    walk.tap(CARD)
    walk.at("notice")
    hand.touch("primaryButton")
    number = sign_and_confirm(hand, walk)
    touches = hand.touches
    end(hand, walk)

    assert touches <= 9, touches
    assert shown.store.cases.show(number).item_code == CONFIRMATION


def make_popular(shown: Shown) -> None:
    """Somebody else has applied for the item here before, so that it stands among what is done most."""
    environment = {**os.environ, "KIOSK_DATA": str(shown.stage.data)}
    command = [sys.executable, "-m", "kiosk.cli", "apply"]
    line = subprocess.run([*command, "--example", ITEM], check=True, capture_output=True, env=environment).stdout
    subprocess.run([*command, "-"], check=True, capture_output=True, env=environment, input=line)


def test_a_daughter_hands_in_three_papers_for_her_mother_with_eighteen_touches(show: Show) -> None:
    shown = show(size="1080x1920")
    make_popular(shown)
    fill(
        shown.stage,
        phone="0000-7000006",
        hukou_local=True,
        living="和子女住",
        emergency_name="演示·李晓芳",
        emergency_phone="0000-7000007",
        bank_account="6200000000000000001",
    )
    hand, walk = walk_of(shown)
    to_purpose(hand, walk, ITEM)
    walk.tap(DAUGHTER)
    walk.at("who")
    hand.touch("forFamily")
    walk.at("other")
    hand.touch("relation_parent")
    walk._rest()
    walk.tap(CARD)
    walk.at("scenario")
    choose(shown, hand, "bank_card", "away")
    walk.at("form")
    asked = [row.field for row in shown.part("form").questions.rows]
    sources = {row.field: row.source for row in shown.part("form").knownAnswers.rows}
    hand.touch("primaryButton")
    walk.at("notice")
    hand.touch("confirm_no_double")
    walk._rest()
    hand.touch("primaryButton")
    walk.at("materials")
    wanted = [row.key for row in shown.part("materials").rows.rows if not row.optional]
    hand.touch("scan_hukou_book")
    for _ in wanted:
        scanned(shown, hand)
        hand.touch("primaryButton")
    number = sign_and_confirm(hand, walk)
    touches = hand.touches
    end(hand, walk)

    assert wanted == ["hukou_book", "bank_card", "alive_check"]
    assert asked == []
    assert sources["name"] == "身份证上的"
    assert sources["living"] == "演示人口库里登记的，2026年10月8日"
    assert touches <= 18, touches
    assert shown.store.cases.show(number).item_code == ITEM


def test_what_was_told_and_handed_in_before_is_not_asked_again(show: Show) -> None:
    """The daughter's case of the test before answers everything her mother would be asked now."""
    shown = show(size="1280x800")
    hand, walk = walk_of(shown)
    to_purpose(hand, walk, ITEM)
    walk.tap(CARD)
    walk.at("who")
    hand.touch("forMyself")
    walk.at("scenario")
    choose(shown, hand, "bank_card", "in_county")
    walk.at("form")
    again = [row.field for row in shown.part("form").questions.rows]
    hand.touch("primaryButton")
    walk.at("notice")
    walk.confirm_conditions()
    hand.touch("primaryButton")
    walk.at("materials")
    again += [row.key for row in shown.part("materials").rows.rows if row.standing == "missing" and not row.optional]
    origins = {row.key: row.origin for row in shown.part("materials").rows.rows if row.standing == "held"}
    draft = shown.part("visit").session.draft
    held = {one.material_id: one for one in draft.materials}
    hand.touch("own_bank_card")
    hand.until(lambda: not shown.part("visit").busy, "taken back")
    walk._rest()
    after = {row.key: row.standing for row in shown.part("materials").rows.rows}
    walk.leave()

    assert len(again) == 0, again
    assert held["hukou_book"].source is MaterialSource.REUSE
    assert held["hukou_book"].origin is not None
    assert held["hukou_book"].origin.kind is OriginKind.CASE
    assert "80周岁以上高龄津贴" in origins["hukou_book"]
    assert after["bank_card"] == "missing"
    assert after["hukou_book"] == "held"
