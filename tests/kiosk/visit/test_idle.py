"""Nobody is thrown out while they read, and nobody's papers stay open after they left."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.visit import Idle, IdleClock, Phase


def test_after_a_minute_comes_a_countdown_and_then_the_end() -> None:
    clock = IdleClock(1000.0)
    assert clock.read(1000.0) == Idle(Phase.ACTIVE)
    assert clock.read(1059.9) == Idle(Phase.ACTIVE)
    assert clock.read(1060.0) == Idle(Phase.WARN, 30)
    assert clock.read(1060.5) == Idle(Phase.WARN, 30)
    assert clock.read(1089.5) == Idle(Phase.WARN, 1)
    assert clock.read(1090.0) == Idle(Phase.EXPIRED)
    assert clock.read(99999.0) == Idle(Phase.EXPIRED)


def test_in_the_large_text_view_everything_takes_twice_as_long() -> None:
    clock = IdleClock(0.0).sized(elder=True)
    assert clock.read(119.0) == Idle(Phase.ACTIVE)
    assert clock.read(120.0) == Idle(Phase.WARN, 60)
    assert clock.read(180.0) == Idle(Phase.EXPIRED)
    assert clock.sized(elder=False).read(119.0) == Idle(Phase.EXPIRED)


def test_asking_for_more_time_gives_the_whole_time_again() -> None:
    clock = IdleClock(0.0).touched(80.0)
    assert clock.read(139.0) == Idle(Phase.ACTIVE)
    assert clock.read(140.0) == Idle(Phase.WARN, 30)


def test_while_the_terminal_works_the_clock_stands_still() -> None:
    clock = IdleClock(0.0).busy(50.0)
    assert clock.read(5000.0) == Idle(Phase.ACTIVE)
    assert clock.busy(60.0) == clock
    after = clock.ready(5000.0)
    assert after.read(5009.0) == Idle(Phase.ACTIVE)
    assert after.read(5010.0) == Idle(Phase.WARN, 30)
    assert after.ready(6000.0) == after


def test_a_touch_during_the_work_counts_from_the_touch() -> None:
    clock = IdleClock(0.0).busy(50.0).touched(55.0).ready(100.0)
    assert clock.read(159.9) == Idle(Phase.ACTIVE)
    assert clock.read(160.0) == Idle(Phase.WARN, 30)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["touched", "busy", "ready"]), st.floats(0, 40)), max_size=30),
    st.sampled_from([IdleClock(0.0), IdleClock(0.0, elder=True)]),
)
def test_whoever_does_something_every_forty_seconds_is_never_warned(
    acts: list[tuple[str, float]], clock: IdleClock
) -> None:
    now = 0.0
    for act, wait in acts:
        now += wait
        clock = getattr(clock, act)(now).touched(now)
        assert clock.read(now) == Idle(Phase.ACTIVE)
        assert clock.read(now + 40.0).phase is Phase.ACTIVE
