import io
import os
import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from devices.idcard.cards import card_names, pick
from devices.scanner.pages import a4_pixels, page_names
from kiosk.failure import Failure
from kiosk.identity.ids import parse_id_number
from kiosk.model.devices import CardRead, Failed, Finished, PageScanned, PrintPaper, Progress, ReadCard, ScanPages
from kiosk.model.people import IdType
from tests.devices.device_bench import ask, begin, paper, running, small_pdf, until

READER = {"idcard": "sim"}
PRINTER = {"printer": "sim"}
SCANNER = {"scanner": "sim"}


# the reader


def test_every_demo_card_reads_as_its_file_says_and_has_bytes_of_its_own(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        names = host.simulate("idcard", "cards")
        assert names == card_names(tmp_path)
        host.simulate("idcard", "slow", seconds=0)
        read = []
        for name in [*names, *names]:
            host.simulate("idcard", "tap", name=name)
            event = ask(host, ReadCard())
            assert isinstance(event, CardRead)
            wanted = pick(tmp_path, name).card
            assert (event.card.name, event.card.id_no, event.card.birth) == (wanted.name, wanted.id_no, wanted.birth)
            read.append(event.card)
        assert {card.id_type for card in read} == set(IdType)
        assert len({card.secret for card in read}) == len(names)


def test_demo_cards_carry_right_numbers_of_people_who_do_not_exist(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "state")
        for name in card_names(tmp_path):
            card = pick(tmp_path, name).card
            number = parse_id_number(card.id_no, None, card.id_type)
            assert number.sex in {"", card.sex}
            assert number.birth in {None, card.birth}
            assert card.name.startswith("演示·")
            assert number.synthetic or card.id_type is not IdType.RESIDENT_ID


def test_a_card_of_ones_own_can_be_added_as_a_file(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "cards")
        own = (tmp_path / "sim/cards/li-xiaofang.json").read_text(encoding="utf-8").replace("演示·李晓芳", "测试甲")
        (tmp_path / "sim/cards/own.json").write_text(own, encoding="utf-8")
        (tmp_path / "sim/cards/broken.json").write_text('{"title": "broken", "card": {}}', encoding="utf-8")
        host.simulate("idcard", "tap", name="own")
        event = ask(host, ReadCard())
        assert isinstance(event, CardRead)
        assert event.card.name == "测试甲"
        assert "broken" not in host.simulate("idcard", "cards")


def test_a_card_pulled_half_way_is_not_read_at_all(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "pull_mid_read")
        host.simulate("idcard", "tap", name="li-xiaofang")
        seen, _ = begin(host, ReadCard())
        assert seen.failure() is Failure.CARD_PULLED
        assert [event.fraction for event in seen.events if isinstance(event, Progress)] == [0.25, 0.5]
        host.simulate("idcard", "tap", name="li-xiaofang")
        assert isinstance(ask(host, ReadCard()), CardRead)


def test_a_card_lifted_by_hand_in_the_middle_is_pulled_too(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "slow", seconds=0.3)
        host.simulate("idcard", "tap", name="li-xiaofang")
        seen, _ = begin(host, ReadCard())
        until(lambda: len(seen.events) > 0)
        host.simulate("idcard", "lift")
        assert seen.failure() is Failure.CARD_PULLED


def test_a_worn_chip_is_unreadable_once_and_reads_the_next_time(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "unreadable")
        host.simulate("idcard", "tap", name="li-xiaofang")
        assert begin(host, ReadCard())[0].failure() is Failure.CARD_UNREADABLE
        assert isinstance(ask(host, ReadCard()), CardRead)


# the scanner


def test_pages_come_in_the_order_they_were_put_in_at_the_size_that_was_asked_for(tmp_path: Path) -> None:
    with running(tmp_path, SCANNER) as host:
        host.simulate("scanner", "load", pages="id-card,mandate")
        seen, ticket = begin(host, ScanPages(dpi=150, colour=False))
        assert seen.last() == Finished(ticket, 2)
        pages = seen.pages()
        assert [(page.extension, page.width, page.height) for page in pages] == [("jpg", *a4_pixels(150))] * 2
        for page in pages:
            with Image.open(io.BytesIO(page.image)) as image:
                assert (image.size, image.mode) == (a4_pixels(150), "L")
        assert pages[0].image != pages[1].image
        assert begin(host, ScanPages())[0].failure() is Failure.SCANNER_EMPTY


def test_a_scanner_takes_no_more_pages_than_it_was_asked_for(tmp_path: Path) -> None:
    with running(tmp_path, SCANNER) as host:
        host.simulate("scanner", "load", pages=["id-card", "mandate", "lease"])
        seen, ticket = begin(host, ScanPages(dpi=75, max_pages=2))
        assert seen.last() == Finished(ticket, 2)
        assert host.simulate("scanner", "state")["feeder"] == ["lease"]


def test_an_untouched_scanner_feeds_one_sample_after_the_other(tmp_path: Path) -> None:
    with running(tmp_path, SCANNER) as host:
        images = set()
        for _ in page_names(tmp_path):
            seen, ticket = begin(host, ScanPages(dpi=75))
            assert seen.last() == Finished(ticket, 1)
            images.add(seen.pages()[0].image)
        assert len(images) == len(page_names(tmp_path)) >= 8


def test_a_blank_page_is_seen_in_its_picture_and_the_pages_before_it_stay(tmp_path: Path) -> None:
    with running(tmp_path, SCANNER) as host:
        host.simulate("scanner", "load", pages="id-card,blank,mandate")
        seen, ticket = begin(host, ScanPages(dpi=100))
        assert seen.last() == Failed(ticket, Failure.SCANNER_BLANK, "page=2")
        assert len(seen.pages()) == 1


def test_a_page_that_stops_half_way_is_refused(tmp_path: Path) -> None:
    with running(tmp_path, SCANNER) as host:
        host.simulate("scanner", "short_page")
        seen, _ = begin(host, ScanPages(dpi=100))
        assert seen.failure() is Failure.SCANNER_SHORT_PAGE
        assert seen.pages() == []


def test_a_jam_keeps_the_pages_before_it_and_stays_until_it_is_cleared(tmp_path: Path) -> None:
    with running(tmp_path, SCANNER) as host:
        host.simulate("scanner", "load", pages="id-card,mandate,lease")
        host.simulate("scanner", "jam", after=2)
        seen, _ = begin(host, ScanPages(dpi=75))
        assert seen.failure() is Failure.SCANNER_JAM
        assert len(seen.pages()) == 2
        assert host.status()[0].failure == Failure.SCANNER_JAM.code
        assert begin(host, ScanPages())[0].failure() is Failure.SCANNER_JAM
        host.simulate("scanner", "clear")
        host.simulate("scanner", "rotate")
        assert isinstance(ask(host, ScanPages(dpi=75)), Finished)


def test_a_scan_called_off_in_the_middle_stops_and_tells_no_more_pages(tmp_path: Path) -> None:
    with running(tmp_path, SCANNER) as host:
        host.simulate("scanner", "load", pages=["lease"] * 20)
        host.simulate("scanner", "slow", seconds=0.15)
        seen, ticket = begin(host, ScanPages(dpi=75))
        until(lambda: len(seen.pages()) == 2)
        host.cancel(ticket)
        assert seen.failure(1.0) is Failure.DEVICE_CANCELLED
        assert isinstance(seen.events[-1], Failed)
        assert len(seen.pages()) <= 3
        assert len(host.simulate("scanner", "state")["feeder"]) >= 15


def test_a_hundred_pages_of_a_megabyte_arrive_byte_for_byte_and_never_touch_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, temp = tmp_path / "sim" / "pages", tmp_path / "tmp"
    own.mkdir(parents=True)
    temp.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    out = io.BytesIO()
    Image.effect_noise(a4_pixels(75), 120).save(out, "JPEG", quality=60)
    # A JPEG ends at its end mark; what follows makes each page another one and a megabyte long.
    pages = [out.getvalue() + os.urandom(1_000_000 - len(out.getvalue())) for _ in range(100)]
    for number, page in enumerate(pages):
        (own / f"big-{number:03d}.jpg").write_bytes(page)
    before = _files(tmp_path)
    with running(tmp_path, SCANNER) as host:
        host.simulate("scanner", "load", pages=[f"big-{number:03d}" for number in range(100)])
        host.simulate("scanner", "slow", seconds=0)
        files: set[Path] = set()

        def on_event(event: object) -> None:
            seen(event)  # type: ignore[arg-type]
            if isinstance(event, PageScanned) and len(seen.pages()) % 20 == 0:
                files.update(_files(tmp_path))

        seen, ticket = begin(host, ScanPages(dpi=75, colour=False, max_pages=1, finish=False))
        assert seen.last() == Finished(ticket, 1)
        host.simulate("scanner", "load", pages=[f"big-{number:03d}" for number in range(100)])
        host.start(ScanPages(dpi=75, colour=False, max_pages=100, finish=False), on_event)
        assert seen.last(60) == Finished(seen.events[-1].ticket, 100)
    assert [page.image for page in seen.pages()[1:]] == pages
    assert {path for path in files | _files(tmp_path) if path.suffix != ".part"} - before <= {
        tmp_path / "sim/scanner.json"
    }


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


# the printer


def test_a_printed_paper_lies_in_the_tray_byte_for_byte(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        pdf = small_pdf(3)
        seen, ticket = begin(host, PrintPaper(pdf, "receipt-T0001A202601010000012"))
        assert seen.last() == Finished(ticket, 3)
        (printed,) = (tmp_path / "papers").iterdir()
        assert re.fullmatch(r"[0-9]{8}-[0-9]{6}-receipt-T0001A202601010000012\.pdf", printed.name)
        assert printed.read_bytes() == pdf
        document = pypdfium2.PdfDocument(printed)
        assert len(document) == 3
        document.close()


def test_papers_of_one_second_and_one_title_do_not_overwrite_each_other(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", "slow", seconds=0)
        for _ in range(5):
            assert isinstance(ask(host, paper(title="same")), Finished)
        assert len(list((tmp_path / "papers").iterdir())) == 5


def test_no_title_leads_out_of_the_tray(tmp_path: Path) -> None:
    titles = ["../../etc/passwd", "a/b\0c", "", ".hidden", "回执-" + "长" * 300]
    with running(tmp_path, PRINTER) as host:
        for title in titles:
            assert isinstance(ask(host, paper(title=title)), Finished)
        printed = list((tmp_path / "papers").iterdir())
        assert len(printed) == len(titles)
        assert all(path.suffix == ".pdf" and not path.name.startswith(".") for path in printed)


def test_without_paper_nothing_comes_out_and_the_paper_prints_after_the_refill(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", "paper_out")
        seen, ticket = begin(host, paper())
        assert seen.last() == Failed(ticket, Failure.PRINTER_PAPER_OUT)
        assert list((tmp_path / "papers").iterdir()) == []
        assert host.status()[0].failure == Failure.PRINTER_PAPER_OUT.code
        host.simulate("printer", "refill")
        assert isinstance(ask(host, paper()), Finished)
        until(lambda: host.status()[0].ready)  # a look begun before the refill may still bring its old word


def test_paper_that_is_still_out_after_a_restart_is_still_out(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", "paper_out")
    with running(tmp_path, PRINTER) as host:
        assert begin(host, paper())[0].failure() is Failure.PRINTER_PAPER_OUT
        host.simulate("printer", "reset")
        assert isinstance(ask(host, paper()), Finished)


def test_a_printer_that_is_offline_prints_nothing_until_it_is_back(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", "offline")
        assert begin(host, paper())[0].failure() is Failure.PRINTER_OFFLINE
        assert list((tmp_path / "papers").iterdir()) == []
        host.simulate("printer", "online")
        assert isinstance(ask(host, paper()), Finished)


@pytest.mark.parametrize(("action", "args"), [("jam", {}), ("sheets", {"count": 1})])
def test_a_paper_stuck_half_way_is_uncertain_and_not_whole_in_the_tray(
    tmp_path: Path, action: str, args: dict[str, int]
) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", action, **args)
        assert begin(host, paper(2))[0].failure() is Failure.PRINT_UNCERTAIN
        assert list((tmp_path / "papers").iterdir()) == []
        stuck = Failure.PRINTER_JAM if action == "jam" else Failure.PRINTER_PAPER_OUT
        assert begin(host, paper())[0].failure() is stuck
        host.simulate("printer", "clear")
        host.simulate("printer", "refill")
        assert isinstance(ask(host, paper()), Finished)


def test_progress_is_told_sheet_by_sheet(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        seen, _ = begin(host, paper(4))
        assert isinstance(seen.last(), Finished)
        assert [event.fraction for event in seen.events if isinstance(event, Progress)] == [0.25, 0.5, 0.75, 1.0]
