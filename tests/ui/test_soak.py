"""The short form of `./dev bench soak`: a few visits leave nothing open behind them."""

from benchmarks.soak import Sample, Visits, slope
from tests.ui.conftest import Show


def test_visits_broken_off_leave_no_file_thread_or_item_behind(show: Show) -> None:
    shown = show()
    visits = Visits(shown.screen, shown.hand, shown.tour, 0.0)
    visits.broken_off()
    before = visits.sample(0)
    visits.broken_off()
    after = visits.sample(1)

    assert after[2:] == before[2:]
    assert after.resident - before.resident < 10


def test_a_soak_tells_growth_from_wobble() -> None:
    growing = slope([Sample(60.0 * minute, 200 + minute + minute % 2, 9, 9, 9) for minute in range(20)])
    still = slope([Sample(60.0 * minute, 200 + minute % 2, 9, 9, 9) for minute in range(20)])

    assert 55 < growing.an_hour < 65
    assert growing.an_hour > 2 * growing.error
    assert abs(still.an_hour) <= max(2.0, 2 * still.error)
