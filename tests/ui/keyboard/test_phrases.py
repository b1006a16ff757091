"""Names, places, words of items and addresses typed as whole pinyin: the first offer is what was meant."""

from tests.ui.keyboard.phrases import phrases, share_first
from ui.keyboard.pinyin import Decoder


def test_of_three_hundred_phrases_nineteen_of_twenty_stand_first(decoder: Decoder) -> None:
    assert len(list(phrases("phrases.txt"))) == 300
    assert share_first(decoder, "phrases.txt", name_misses=True) >= 0.95


def test_a_hundred_phrases_nobody_worked_towards_do_hardly_worse(decoder: Decoder) -> None:
    assert len(list(phrases("held_out.txt"))) == 100
    assert share_first(decoder, "held_out.txt", name_misses=False) >= 0.88
