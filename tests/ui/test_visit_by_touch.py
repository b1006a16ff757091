"""A whole visit by touch: real desk, real store, shipped simulators."""

import subprocess
import sys

from tests.ui.conftest import Show


def test_a_resident_walks_from_the_first_touch_to_the_printed_receipt(show: Show) -> None:
    shown = show()
    number = shown.tour.whole()
    case = shown.store.cases.show(number)

    assert case.submission_no == number
    assert list((shown.stage.data / "papers").glob(f"*receipt-{number}.pdf"))


def test_in_large_type_one_question_stands_alone_and_the_visit_can_be_walked(show: Show) -> None:
    shown = show(size="1080x1920", large_type=True)
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.tour.to_receipt()

    assert shown.tour.number().startswith("T")


def test_this_qt_loses_no_reference_to_none_or_true() -> None:
    """PySide6 6.12 on Python 3.11 drops one with every call and ends the process (docs/decisions/0004)."""
    code = (
        "import sys\n"
        "from PySide6.QtCore import QObject, Signal\n"
        "class S(QObject):\n"
        "    s = Signal()\n"
        "o = S()\n"
        "before = sys.getrefcount(None), sys.getrefcount(True)\n"
        "for _ in range(5000):\n"
        "    o.setObjectName('x'); o.s.emit()\n"
        "after = sys.getrefcount(None), sys.getrefcount(True)\n"
        "sys.exit(any(a - b < -5 for a, b in zip(after, before)))\n"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
