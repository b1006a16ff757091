"""The photograph in an identity card: from the reader to the authority, and nowhere for who has no use for it."""

import base64
import io
import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Happening

import pytest
from PIL import Image

from central.casebook import open_case
from central.export import export_cases
from central.office import open_office
from devices.idcard.cards import pick
from devices.idcard.simulated.picture import HEIGHT, WIDTH
from kiosk.cli.samples import sample_page
from kiosk.cli.simulators import config_lines
from kiosk.cli.stage import Stage, open_stage
from kiosk.cli.wiring import new_desk, open_terminal
from kiosk.config import FILE_NAME
from kiosk.desk.desk import Desk
from kiosk.desk.session import Session
from kiosk.model.case import Signature
from kiosk.model.devices import CardRead, Event, Failed, ReadCard
from kiosk.model.notice import Answer
from kiosk.model.payload import encode_payload
from kiosk.model.people import IdCard
from kiosk.seal import content
from tests.stacks.pty import played_reader

SOCIAL_CARD, PENSION = "512B0070200003", "990101360002"
CARD = "zhang-xiuying"
BLOCK = pick(None, CARD).chip()[1]
PICTURE = b"\x89PNG\r\n\x1a\n"
SECONDS = 60.0


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A terminal whose card reader is played on a pty and whose photo decoder knows the marked photo alone."""
    data = tmp_path_factory.mktemp("terminal")
    with played_reader("--already-read", "free", "--card", CARD) as reader:
        settings = {"idcard": {**reader.settings["idcard"], "photo_decoder": "demo"}}
        (data / FILE_NAME).write_text(config_lines(settings), encoding="utf-8")
        with open_stage(data) as opened:
            yield opened


@dataclass(frozen=True)
class Counter:
    """One terminal's desk over its real devices, and what of a visit can be looked at from outside."""

    stage: Stage
    desk: Desk

    def read_card(self) -> IdCard:
        events: list[Event] = []
        ended = Happening()

        def hear(event: Event) -> None:
            events.append(event)
            if isinstance(event, CardRead | Failed):
                ended.set()

        self.stage.devices.start(ReadCard(), hear)
        assert ended.wait(SECONDS)
        return next(event.card for event in events if isinstance(event, CardRead))

    def hand_in(self, item_code: str, **scenarios: str) -> tuple[str, bytes]:
        """One whole visit: the number of its case, and the draft as it lay in the store, opened."""
        session = self.desk.open_session()
        self.desk.identify(session, self.read_card())
        self._fill(session, item_code, scenarios)
        draft = self._stored_draft(session)
        for view in self.desk.materials(session):
            if view.line.answer in (Answer.BLOCKS, Answer.MAY_FOLLOW):
                self.desk.add_pages(session, view.line.ref, view.line.member, [(sample_page().read_bytes(), "jpg")])
        stroke = tuple((100 + 8 * step, 180 + (step % 5) * 12, 16 * step) for step in range(40))
        self.desk.sign(session, Signature(800, 300, (stroke,), datetime.now(UTC)))
        self.desk.readback(session)
        number = self.desk.submit(session).submission_no
        session.wipe()
        return number, draft

    def _fill(self, session: Session, item_code: str, scenarios: dict[str, str]) -> None:
        item = self.desk.item(item_code)
        self.desk.open_case(session, item.code)
        for scenario in item.scenarios:
            self.desk.choose(session, scenario.id, scenarios.get(scenario.id, scenario.choices[0].id))
        sample = {name: value for form in item.forms for name, value in form.sample.items()}
        assert not self.desk.answer(session, {**sample, **self.desk.form(session).answers})
        for condition in item.conditions:
            if not condition.expr:
                self.desk.confirm_condition(session, condition.id)

    def _stored_draft(self, session: Session) -> bytes:
        case_id = session.current().case_id
        with closing(open_terminal(self.stage.data)) as store:
            sealed = store.drafts.load(case_id).sealed
        return content.decrypt(sealed, session.key(), content.DRAFT + case_id.encode())

    def delivered(self, number: str) -> None:
        deadline = time.monotonic() + SECONDS
        while not self.desk.delivered(number):
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.fixture(scope="module")
def counter(stage: Stage) -> Iterator[Counter]:
    with closing(open_terminal(stage.data)) as store:
        yield Counter(stage, new_desk(stage.data, store, devices=stage.devices))


def exported(stage: Stage, number: str, folder: Path) -> Path:
    """What `central export` writes for one case."""
    with closing(open_office(stage.data / "platform")) as office:
        (one,) = [one for one in export_cases(office, folder) if one.number == number]
    assert (one.failure, one.missing) == ("", 0)
    return folder / number


def payload(stage: Stage, number: str) -> bytes:
    """Every event of a case, opened with the platform's own key."""
    with closing(open_office(stage.data / "platform")) as office, office.store.read() as connection:
        return b"".join(encode_payload(event.payload) for event in open_case(office, connection, number).events)


def holds_photograph(data: bytes) -> bool:
    """The block or the picture, as bytes or as JSON writes bytes."""
    head = base64.b64encode(BLOCK)[:40]
    return BLOCK[:30] in data or PICTURE in data or head in data or base64.b64encode(PICTURE)[:9] in data


def test_the_photograph_of_the_card_reaches_the_authority_for_the_item_that_asks_for_it(
    counter: Counter, tmp_path: Path
) -> None:
    number, draft = counter.hand_in(SOCIAL_CARD, photo="id_photo")
    counter.delivered(number)
    folder = exported(counter.stage, number, tmp_path)

    assert (folder / "portrait.wlt").read_bytes() == BLOCK
    with Image.open(io.BytesIO((folder / "portrait.png").read_bytes())) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    form = json.loads((folder / "form.json").read_text(encoding="utf-8"))
    assert form["draft"]["applicant"]["portrait"] == ["portrait.wlt", "portrait.png"]
    assert holds_photograph(draft)
    assert holds_photograph(payload(counter.stage, number)), "else the search below would find nothing anywhere"


@pytest.mark.parametrize(
    ("item", "scenarios"), [(PENSION, {}), (SOCIAL_CARD, {"photo": "new_photo"})], ids=["never_asks", "brings_another"]
)
def test_a_case_that_does_not_use_the_photograph_keeps_it_nowhere(
    counter: Counter, tmp_path: Path, item: str, scenarios: dict[str, str]
) -> None:
    number, draft = counter.hand_in(item, **scenarios)
    counter.delivered(number)
    folder = exported(counter.stage, number, tmp_path)

    assert not [path.name for path in folder.rglob("*") if path.name.startswith("portrait")]
    assert not [
        path.name for path in folder.rglob("*") if path.suffix != ".jpg" and holds_photograph(path.read_bytes())
    ]
    assert not holds_photograph(payload(counter.stage, number))
    if item == PENSION:
        assert not holds_photograph(draft)


def test_no_photograph_lies_open_on_the_terminal_or_the_platform(counter: Counter) -> None:
    """All files of both, the sealed database, its log and every journal among them."""
    data = counter.stage.data
    cards = data / "sim" / "cards"
    written = [path for path in data.rglob("*") if path.is_file() and cards not in path.parents]
    assert not [path.name for path in written if path.suffix != ".jpg" and holds_photograph(path.read_bytes())]
