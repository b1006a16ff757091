import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from devices.channel import LARGEST_MEMORY
from devices.config import SIMULATED, choices, table_of
from devices.host import DeviceHost
from devices.idcard.cards import pick
from devices.limits import Limits
from devices.orders import Ended, Order
from devices.seat import Seat
from devices.switchboard import Switchboard
from kiosk.config import DeviceConfig
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import (
    CardRead,
    DeviceKind,
    Event,
    Failed,
    Finished,
    PageSize,
    PrintPaper,
    ReadCard,
    Request,
    ScanPages,
    Ticket,
)
from kiosk.ports import Devices
from tests.devices.device_bench import PATIENCE, QUICK, Seen, ask, begin, paper, pid_of, running, small_pdf, until

READER = {"idcard": "sim"}
PRINTER = {"printer": "sim"}
SCANNER = {"scanner": "sim"}


def test_the_host_is_what_the_inside_asks_for(tmp_path: Path) -> None:
    with running(tmp_path, SIMULATED) as host:
        devices: Devices = host
        assert devices.kinds() == (DeviceKind.ID_CARD, DeviceKind.SCANNER, DeviceKind.PRINTER)


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ({"idcard": "acme"}, "unknown_driver"),
        ({"idcard": ["sim", "acme"]}, "unknown_driver"),
        ({"idcard": {}}, "unknown_driver"),
        ({"toaster": "sim"}, "unknown_kind"),
        ({"printer": 7}, "shape"),
        ({"printer": {"driver": "sim", "sizes": ["A4"]}}, "shape"),
        ({"printer": {"driver": "sim", "sizes": "A5"}}, "unknown_size"),
    ],
)
def test_a_device_nobody_knows_is_refused_before_anything_starts(
    tmp_path: Path, config: dict[str, object], reason: str
) -> None:
    with pytest.raises(KioskError) as refused:
        DeviceHost(config, tmp_path)
    assert refused.value.failure is Failure.CONFIG_INVALID
    assert refused.value.info["reason"] == reason


def test_the_settings_of_a_terminal_name_its_devices() -> None:
    settings = DeviceConfig(
        idcard="sim, sim", options={"idcard-2": {"port": "/dev/ttyUSB0"}, "printer": {"sizes": "A4"}}
    )
    found = choices(table_of(settings))
    assert [choice.name for choice in found] == ["idcard", "idcard-2", "scanner", "printer"]
    assert found[1].options == {"port": "/dev/ttyUSB0"}
    assert found[3].sizes == {PageSize.A4}


def test_calls_return_at_once_even_while_no_driver_answers(tmp_path: Path) -> None:
    with running(tmp_path, SIMULATED, replace(QUICK, idle=60.0, card_silence=60.0)) as host:
        pids = [pid_of(host, kind) for kind in SIMULATED]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        took = []
        pdf = paper(50)
        for _ in range(40):
            for call in (
                lambda: host.start(ReadCard(), Seen()),
                lambda: host.start(pdf, Seen()),
                lambda: host.cancel(host.start(ScanPages(), Seen())),
                lambda: host.watch_card(lambda _: None),
                host.status,
            ):
                begun = time.perf_counter()
                call()
                took.append(time.perf_counter() - begun)
        # A call that waited for a driver would wait for ever; one in twenty may meet a busy machine.
        assert sorted(took)[int(len(took) * 0.95)] < 0.05


def test_a_card_is_read_whole_through_the_bytes_of_its_chip(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        seen, ticket = begin(host, ReadCard())
        host.simulate("idcard", "tap", name="zhang-xiuying")
        event = seen.last()
        assert isinstance(event, CardRead)
        assert event.ticket == ticket
        assert event.card.name == "演示·张秀英"
        assert event.card.valid_to is None
        assert len(event.card.secret) == 1024
        assert event.card.secret.startswith("演示照片".encode())


def test_waiting_for_a_card_ends_when_its_time_is_up(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        seen, _ = begin(host, ReadCard(seconds=0.4))
        assert seen.failure() is Failure.CARD_ABSENT


def test_a_second_request_for_the_same_card_is_refused_and_the_first_still_gets_it(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        first, _ = begin(host, ReadCard())
        second, _ = begin(host, ReadCard())
        assert second.failure() is Failure.DEVICE_BUSY
        host.simulate("idcard", "tap", name="li-xiaofang")
        assert isinstance(first.last(), CardRead)


def test_a_request_made_right_after_a_cancel_waits_for_the_first_to_let_go(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        first, ticket = begin(host, ReadCard())
        host.cancel(ticket)
        second, _ = begin(host, ReadCard())
        assert first.failure() is Failure.DEVICE_CANCELLED
        host.simulate("idcard", "tap", name="li-xiaofang")
        assert isinstance(second.last(), CardRead)


def test_papers_asked_for_together_are_printed_in_order(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        asked = [begin(host, paper(number, f"paper-{number}")) for number in (3, 1, 2)]
        ends = [seen.last() for seen, _ in asked]
        assert ends == [Finished(ticket, pages) for (_, ticket), pages in zip(asked, (3, 1, 2), strict=True)]
        printed = sorted(tmp_path.glob("papers/*.pdf"), key=lambda path: path.stat().st_mtime_ns)
        assert [path.stem.rpartition("-")[2] for path in printed] == ["3", "1", "2"]


def test_more_papers_than_may_wait_are_refused_and_none_is_lost(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER, replace(QUICK, waiting=2)) as host:
        host.simulate("printer", "slow", seconds=0.2)
        ends = [begin(host, paper())[0] for _ in range(5)]
        events = [seen.last() for seen in ends]
        refused = [event for event in events if isinstance(event, Failed)]
        assert [event.failure for event in refused] == [Failure.DEVICE_BUSY] * 2
        assert len(list(tmp_path.glob("papers/*.pdf"))) == 3


def test_a_paper_that_waits_can_be_called_off_before_anything_is_printed(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        first, _ = begin(host, paper(4))
        second, ticket = begin(host, paper(title="never"))
        host.cancel(ticket)
        assert second.failure() is Failure.DEVICE_CANCELLED
        assert isinstance(first.last(), Finished)
        assert not list(tmp_path.glob("papers/*never*"))


def test_what_this_terminal_does_not_have_is_said_at_once(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        assert begin(host, ScanPages())[0].failure() is Failure.DEVICE_ABSENT


def test_a_paper_goes_to_the_printer_that_takes_its_size(tmp_path: Path) -> None:
    config = {"printer": [{"driver": "sim", "sizes": "A4"}, {"driver": "sim", "sizes": "80mm"}]}
    with running(tmp_path, config) as host:
        host.simulate("printer", "paper_out")
        assert isinstance(ask(host, PrintPaper(small_pdf(), "roll", PageSize.ROLL_80)), Finished)
        assert begin(host, PrintPaper(small_pdf(), "sheet", PageSize.A4))[0].failure() is Failure.PRINTER_PAPER_OUT


def test_what_is_no_whole_paper_is_refused_and_the_printer_lives_on(tmp_path: Path) -> None:
    broken = [b"", b"x" * (LARGEST_MEMORY + 1), b"%PDF-1.4 but no more", small_pdf()[:-30]]
    with running(tmp_path, PRINTER) as host:
        before = pid_of(host, "printer")
        for pdf in broken:
            assert begin(host, PrintPaper(pdf, "broken"))[0].failure() is Failure.PRINT_REFUSED
        assert isinstance(ask(host, paper()), Finished)
        assert pid_of(host, "printer") == before


def test_a_listener_that_fails_does_not_stop_the_devices(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:

        def broken(event: object) -> None:
            raise ValueError(event)

        host.start(ReadCard(seconds=0.1), broken)
        host.watch_card(broken)
        host.simulate("idcard", "tap", name="li-xiaofang")
        until(lambda: isinstance(ask(host, ReadCard()), CardRead))


def test_cards_are_told_as_they_come_and_go(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        told: list[bool] = []
        host.watch_card(told.append)
        until(lambda: told == [False])
        host.simulate("idcard", "tap", name="li-xiaofang")
        until(lambda: told == [False, True])
        late: list[bool] = []
        host.watch_card(late.append)
        until(lambda: late == [True])
        assert isinstance(ask(host, ReadCard()), CardRead)
        host.simulate("idcard", "lift")
        until(lambda: told == [False, True, False])
        assert late == [True, False]


def test_a_card_taken_while_its_reader_was_lost_is_told_when_the_reader_is_back(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        told: list[bool] = []
        host.simulate("idcard", "tap", name="li-xiaofang")
        host.watch_card(told.append)
        until(lambda: told == [True])
        host.simulate("idcard", "crash", at="idle")
        host.simulate("idcard", "lift")
        until(lambda: told == [True, False])


def test_of_two_readers_the_one_with_the_card_answers_and_the_other_is_called_off(tmp_path: Path) -> None:
    with running(tmp_path, {"idcard": ["sim", "sim"]}) as host:
        seen, ticket = begin(host, ReadCard())
        host.simulate("idcard", "tap", device=2, name="hong-kong")
        event = seen.last()
        assert isinstance(event, CardRead)
        assert event.card.name == "演示·陈嘉欣"
        host.simulate("idcard", "lift", device=2)
        again, _ = begin(host, ReadCard())
        host.simulate("idcard", "tap", name="rare-name")
        event = again.last()
        assert isinstance(event, CardRead)
        assert event.card.name == "演示·𠮷䶮㛃"
        assert event.ticket != ticket


def test_a_reader_that_is_lost_leaves_the_request_to_its_neighbour(tmp_path: Path) -> None:
    with running(tmp_path, {"idcard": ["sim", "sim"]}) as host:
        host.simulate("idcard", "unplug")
        host.simulate("idcard", "crash", device=2, times=1)
        assert begin(host, ReadCard(seconds=5))[0].failure() is Failure.DEVICE_ABSENT
        host.simulate("idcard", "tap", device=2, name="li-xiaofang")
        assert isinstance(ask(host, ReadCard()), CardRead)


def test_nothing_can_be_started_once_the_host_is_closed(tmp_path: Path) -> None:
    host = DeviceHost(READER, tmp_path)
    host.close()
    host.close()
    host.cancel(SimpleNamespace())  # type: ignore[arg-type]
    for call in (lambda: host.start(ReadCard(), Seen()), lambda: host.simulate("idcard", "lift")):
        with pytest.raises(KioskError) as refused:
            call()
        assert refused.value.failure is Failure.DEVICE_ABSENT


def test_closing_ends_every_request_and_leaves_no_process(tmp_path: Path) -> None:
    host = DeviceHost(SIMULATED, tmp_path, QUICK)
    pids = [pid_of(host, kind) for kind in SIMULATED]
    host.simulate("scanner", "hang")
    host.simulate("printer", "slow", seconds=1.0)
    requests: list[Request] = [ReadCard(), ScanPages(), paper(30), paper(title="waiting")]
    seen = [begin(host, request)[0] for request in requests]
    time.sleep(0.3)
    begun = time.monotonic()
    host.close()
    assert time.monotonic() - begun < 3.0
    assert [one.failure(0.1) for one in seen] == [
        Failure.DEVICE_CANCELLED,
        Failure.DEVICE_CANCELLED,
        Failure.PRINT_UNCERTAIN,
        Failure.DEVICE_CANCELLED,
    ]
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_drivers_die_with_a_host_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from devices.host import DeviceHost\n"
        "host = DeviceHost({'idcard': 'sim', 'printer': 'sim'}, Path(sys.argv[1]))\n"
        "host.probe(10); host.simulate('idcard', 'hang', at='idle')\n"
        "print(*[seat.child.pid for seat in host._seats], flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.replace(" ", "").strip().isdigit())
        pids = [int(word) for word in line.split()]
        process.kill()
    until(lambda: not any(_alive(pid) for pid in pids), PATIENCE)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_card_read_while_whoever_asked_gave_up_reaches_nobody(tmp_path: Path) -> None:
    (choice,) = choices({"idcard": "sim"})
    seat = Seat(choice, tmp_path, Limits(), 0.0)
    board = Switchboard((seat,), Limits(), {})
    seen: list[Event] = []
    order = Order(Ticket(DeviceKind.ID_CARD, 1), ReadCard(), seen.append)
    board.accept(order, 0.0)
    order.cancelled = True
    seat.news = [Ended(order, CardRead(order.ticket, pick(None, "li-xiaofang").card))]
    board.deliver(0.0)

    assert seen == [Failed(order.ticket, Failure.DEVICE_CANCELLED)]
