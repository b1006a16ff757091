"""The proof table says what was measured, and can say that a bar is missed."""

import pytest

from tests.proofs.rows import PAGE, page, rows


def test_the_page_shows_the_rows_as_they_are() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert page(text) == text, "run: ./dev prove --renew-proofs"


@pytest.mark.parametrize("name", rows())
def test_every_row_words_the_figures_its_bars_are_about(name: str) -> None:
    row = rows()[name]
    barred = {*row.at_least, *row.at_most}

    assert barred
    assert all(f"{{{one}}}" in row.says for one in barred)
    assert row.command.startswith("./dev ")
    assert not row.measured or not row.missed(row.measured)


def test_a_figure_behind_its_bar_or_not_measured_is_named() -> None:
    row = rows()["crash-images"]

    assert row.missed({"images": 5000, "wrong": 0}) == []
    assert row.missed({"images": 4999, "wrong": 1}) == ["images", "wrong"]
    assert row.missed({"images": 9000}) == ["wrong"]


def test_what_several_tests_find_is_added_up() -> None:
    row = rows()["crash-images"]

    assert row.together([{"images": 2, "wrong": 0}, {"images": 3, "wrong": 1}]) == {"images": 5, "wrong": 1}
