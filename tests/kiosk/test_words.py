"""Words for failures: complete, plain, and in step with the page technicians read."""

import re
from pathlib import Path

import pytest

from kiosk.failure import Failure
from kiosk.words import Audience, failure_words
from kiosk.words.document import failures_document

ROOT = Path(__file__).parents[2]
NEVER_TO_RESIDENTS = ("同步", "队列", "草稿", "会话", "校验失败", "适老模式", "提交成功")


@pytest.mark.parametrize("failure", list(Failure), ids=lambda failure: failure.code)
def test_every_failure_has_cause_and_action_for_everybody(failure: Failure) -> None:
    for audience in Audience:
        chinese, english = (failure_words(failure, audience, language) for language in ("zh", "en"))

        assert re.search(r"[\u4e00-\u9fff].*。$", chinese.cause), audience
        assert re.search(r"[\u4e00-\u9fff].*。$", chinese.action), audience
        assert re.fullmatch(r"[\x20-\x7e]+\.", english.cause), audience
        assert re.fullmatch(r"[\x20-\x7e]+\.", english.action), audience


@pytest.mark.parametrize("word", NEVER_TO_RESIDENTS)
def test_residents_never_read_the_names_of_techniques(word: str) -> None:
    texts = [failure_words(failure, Audience.RESIDENT, "zh") for failure in Failure]

    assert [text for text in texts if word in text.cause + text.action] == []


def test_the_failures_page_is_in_step_with_code_and_words() -> None:
    assert (ROOT / "docs" / "failures.md").read_text(encoding="utf-8") == failures_document()


def test_codes_are_unique_and_found_again() -> None:
    assert [Failure.of(failure.code) for failure in Failure] == list(Failure)
