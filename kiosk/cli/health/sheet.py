"""The daily inspection sheet 设备巡检表, from the findings the doctor has just shown."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from kiosk.calendar import SHANGHAI
from kiosk.cli.health.finding import Finding, Health, Phrase, looked, well
from kiosk.cli.health.terminal import identity_of
from kiosk.cli.wiring import new_press
from kiosk.config import read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import DeviceKind, PageSize, PrintPaper
from kiosk.papers.content import InspectionLine, InspectionPaper


def make_sheet(
    data: Path,
    at: datetime,
    findings: Sequence[Finding],
    tested: Sequence[Finding],
    *,
    file: Path | None,
    on_paper: bool,
) -> Iterator[Finding]:
    """Write it, print it; a finding only where that did not go well.

    Raises:
        KioskError: `STORE_UNREADABLE` when the file cannot be written, `PRINT_REFUSED` when it cannot be drawn.
    """
    identity = identity_of(data)
    paper = InspectionPaper(
        terminal=f"{identity.terminal}{identity.epoch}" if identity else "未登记",
        point_name=identity.point_name if identity else "未登记的终端",
        checked_at=at,
        lines=tuple(_line(finding) for finding in findings),
        tested=tuple(_line(finding) for finding in tested),
        demo=bool(identity and identity.demo),
    )
    pdf = new_press().draw(paper)
    if file is not None:
        _write(file, pdf)
    if on_paper:
        yield from looked("printer", lambda: [_print(data, pdf, at)])


def _line(finding: Finding) -> InspectionLine:
    took = "" if finding.seconds is None else f"，用时 {finding.seconds:.1f} 秒"
    remark = finding.cause.zh + finding.action.zh
    return InspectionLine(finding.title().zh, finding.health.value, finding.state.zh + took, remark)


def _write(file: Path, pdf: bytes) -> None:
    """Whole or not at all."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(pdf)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KioskError(Failure.STORE_UNREADABLE, role="sheet") from error


def _print(data: Path, pdf: bytes, at: datetime) -> Finding:
    from devices.config import table_of  # noqa: PLC0415 -- drivers only for who prints
    from devices.host import DeviceHost  # noqa: PLC0415
    from kiosk.cli.health.rounds import Bench  # noqa: PLC0415

    printers = table_of(read_config(data).devices).get(DeviceKind.PRINTER.value, [])
    with DeviceHost({DeviceKind.PRINTER.value: printers}, data) as host:
        if not any(PageSize.A4 in offer.sizes for offer in host.papers()):
            return Finding(
                "printer",
                Health.AMBER,
                Phrase("巡检表没有打", "the sheet was not printed"),
                Phrase("没有能打 A4 的打印机。", "No printer here takes A4."),
                Phrase("用 --sheet 存成 PDF。", "Write it with --sheet."),
            )
        bench = Bench(host, "printer", "", simulated=False, seconds=0.0)
        bench.ask(PrintPaper(pdf, f"inspection-{at.astimezone(SHANGHAI):%Y%m%d}"))
    return well("printer", "巡检表打好了", "the inspection sheet is printed")
