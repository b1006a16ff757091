"""The line at the end of a test run: how many real stacks ran, and why the others did not. Works under pytest-xdist."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.stacks import needing

_PROPERTY = "stack"


class StackCount:
    """A pytest plug-in: carries what `need` was asked from the test's process to the one that reports."""

    def __init__(self) -> None:
        self._ran: set[str] = set()
        self._left_out: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[Any]:
        """Note on the test that asked which stacks it asked for."""
        while needing.asked:
            item.user_properties.append((_PROPERTY, list(needing.asked.pop(0))))
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect the notes, wherever the test ran."""
        for name, value in report.user_properties:
            if name == _PROPERTY and isinstance(value, list | tuple):
                stack, why = map(str, value)
                if why:
                    self._left_out[stack] = why
                else:
                    self._ran.add(stack)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell the count."""
        left_out = {stack: why for stack, why in self._left_out.items() if stack not in self._ran}
        if not (self._ran or left_out):
            return
        names = f": {', '.join(sorted(self._ran))}" if self._ran else ""
        terminalreporter.write_line(f"real stacks: {len(self._ran)} of {len(self._ran) + len(left_out)} ran{names}")
        for stack, why in sorted(left_out.items()):
            terminalreporter.write_line(f"real stacks: {stack} was left out: {why}")
