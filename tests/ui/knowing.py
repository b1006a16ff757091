"""Shared by tests of what is known already: a counted hand, what the platform is told, ways from screen to screen."""

import json
from typing import Any

from central.exchange import library
from central.office import open_office
from kiosk.cli.byways import Byways
from kiosk.cli.stage import Stage
from tests.ui.conftest import Shown
from ui.hand import Hand

MOTHER = {"id_no": "000000194305120029", "name": "演示·张秀英"}
SIGNATURE = [[(0.3, 0.3), (0.4, 0.5), (0.5, 0.4), (0.6, 0.7)]]


def fill(stage: Stage, *, licences: tuple[dict[str, str], ...] = (), **facts: Any) -> None:
    """Put licences and a registry's facts of the mother into the platform's library, beside the running platform."""
    told = [
        {"holder": MOTHER, "name": name, "value": value, "source": "演示人口库", "dated": "2026-10-08"}
        for name, value in facts.items()
    ]
    entries = {"licences": [{"holder": MOTHER, **one} for one in licences], "facts": told}
    with open_office(stage.data / "platform") as office:
        library.put(office, library.read_entries(json.dumps(entries).encode()), actor="test")


class CountedHand(Hand):
    """Counts every touch; a line drawn is one, whatever is typed counts its keys."""

    touches = 0

    def touch(self, name: str) -> None:
        super().touch(name)
        self.touches += 1

    def draw(self, name: str, strokes: list[list[tuple[float, float]]]) -> None:
        super().draw(name, strokes)
        self.touches += 1

    def type(self, name: str, text: str) -> None:
        super().type(name, text)
        self.touches += len(text)


def walk_of(shown: Shown) -> tuple[CountedHand, Byways]:
    """A counted hand and the walk it does; what is held already is used."""
    hand = CountedHand(shown.screen._app, shown.screen.window, patience=10.0)
    return hand, Byways(shown.screen, hand, shown.stage.devices, lambda _: None, reuse=True)


def to_purpose(hand: CountedHand, walk: Byways, item: str) -> None:
    """From the attract picture to an item on the home screen, and agree to have looked up what is held."""
    walk.at("attract")
    hand.touch("startButton")
    walk.at("home")
    hand.touch(f"item_{item}")
    walk.at("guide")
    hand.touch("primaryButton")
    walk.at("purpose")
    hand.touch("primaryButton")
    walk.at("card")


def choose(shown: Shown, hand: Hand, *choices: str) -> None:
    """Answer the plain questions, each once it stands there."""
    for index, choice in enumerate(choices):
        hand.until(lambda: shown.part("scenario").property("index") == index, "the question")  # noqa: B023 -- waits here
        hand.until(lambda: not shown.part("visit").busy, "an answer of the desk")
        hand.settle(0.1)
        hand.touch(f"choice_{choice}")


def sign_and_confirm(hand: CountedHand, walk: Byways) -> str:
    """From the signature to the receipt; the number."""
    walk.at("signature")
    hand.draw("signaturePane", SIGNATURE)
    hand.touch("primaryButton")
    walk.at("readback")
    hand.touch("primaryButton")
    walk.at("receipt")
    hand.until(lambda: shown_print(walk) in ("printed", "failed"), "printed")
    return walk.number()


def shown_print(walk: Byways) -> str:
    """Whether the receipt came out."""
    return str(walk._part("finish").paper.state)


def scanned(shown: Shown, hand: CountedHand) -> None:
    """Wait until the page of the open material is there."""
    materials = shown.part("materials")
    hand.until(
        lambda: materials.openKey != "" and not materials.property("scanning") and len(materials.pages.rows) == 1,
        "a page",
    )
    hand.until(lambda: not shown.part("visit").busy, "kept")


def end(hand: CountedHand, walk: Byways) -> None:
    """From the receipt to the attract picture."""
    hand.touch("primaryButton")
    walk.at("rating")
    hand.touch("rate_1")
    walk.at("goodbye")
    hand.touch("primaryButton")
    walk.at("attract")
