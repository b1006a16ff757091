"""The table at the end of a test run. Works under pytest-xdist."""

from datetime import UTC, datetime
from typing import Final

import pytest

from tests.proofs import Prove
from tests.proofs.rows import PAGE, Figures, page, renew, rows

_PROPERTY: Final = "proof"


@pytest.fixture
def prove(request: pytest.FixtureRequest) -> Prove:
    """See `tests.proofs`."""
    known = rows()

    def tell(row: str, **figures: float) -> None:
        assert row in known, f"no tests/proofs/rows/{row}.toml"
        request.node.user_properties.append((_PROPERTY, [row, dict(figures)]))

    return tell


class ProofTable:
    """A pytest plug-in: collects the figures wherever a test ran, and prints them."""

    def __init__(self) -> None:
        self._found: dict[str, list[Figures]] = {}
        self._short: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect."""
        if report.when != "call":
            return
        for name, value in report.user_properties:
            if name == _PROPERTY and isinstance(value, list | tuple):
                row, figures = value
                self._found.setdefault(str(row), []).append(dict(figures))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A whole long run in which a figure stays behind its bar has failed."""
        config = session.config
        if hasattr(config, "workerinput") or not config.getoption("--long"):
            return
        known = rows()
        whole = {name: known[name].together(found) for name, found in self._found.items()}
        self._short = [f"{name}: {what}" for name in whole for what in known[name].missed(whole[name])]
        if config.args == config.getini("testpaths"):
            self._short += [f"{name}: not measured" for name in known.keys() - whole.keys()]
            if self._short and session.exitstatus == 0:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if config.getoption("--renew-proofs"):
            for name, figures in whole.items():
                renew(name, figures, datetime.now(UTC).date().isoformat())
            PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print."""
        known = rows()
        if self._found:
            terminalreporter.section("proofs")
        for name, found in sorted(self._found.items()):
            row = known[name]
            terminalreporter.write_line(f"{row.promise}: {row.worded(row.together(found))} (long: {row.bar()})")
        for what in sorted(self._short):
            terminalreporter.write_line(f"behind its bar: {what}", red=True)
