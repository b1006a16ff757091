"""What a check is, and how all of them are gone through."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from central.conformance.probe import FailsError, Probe
from kiosk.failure import KioskError
from sync.wire.coding import WireError


class Outcome(StrEnum):
    """How a check ended."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the page says. `must` is what a terminal relies on; the rest is good manners.

    `first` marks what everything after it stands on: where it fails the rest is not tried.
    """

    name: str
    section: str
    says: str
    run: Callable[[Probe], None]
    must: bool = True
    first: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a check, and why where it does not hold."""

    check: Check
    outcome: Outcome
    why: str = ""


class NotTriedError(Exception):
    """What the check needs was not given."""


def go_through(probe: Probe, checks: Iterable[Check]) -> list[Finding]:
    """Try every check in order, each alone."""
    findings: list[Finding] = []
    lost = ""
    for check in checks:
        finding = Finding(check, Outcome.NOT_TRIED, f"{lost} does not hold") if lost else _try(probe, check)
        findings.append(finding)
        if check.first and finding.outcome is Outcome.FAILS:
            lost = check.name
    return findings


def _try(probe: Probe, check: Check) -> Finding:
    try:
        check.run(probe)
    except NotTriedError as reason:
        return Finding(check, Outcome.NOT_TRIED, str(reason))
    except FailsError as error:
        return Finding(check, Outcome.FAILS, str(error))
    except KioskError as error:
        return Finding(check, Outcome.FAILS, f"{error.failure.code} {error.info.get('reason', '')}".strip())
    except WireError as error:
        return Finding(check, Outcome.FAILS, f"the answer cannot be read: {error}")
    except _BROKEN as error:
        return Finding(check, Outcome.FAILS, f"no answer: {type(error).__name__}")
    return Finding(check, Outcome.HOLDS)


_BROKEN: Final = (OSError, EOFError, ValueError)
