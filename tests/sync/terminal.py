"""One enrolled data directory behind a line, opened in this process."""

from collections.abc import Callable
from pathlib import Path

from kiosk.clock import CLOCK_MARK, SystemClock
from kiosk.config import LineConfig
from kiosk.ports import Clock
from local_db.store import open_store
from sync.agent import Agent
from sync.link import Link, LinkOptions

QUICK = LinkOptions(connect=2.0, answer=5.0)


class Terminal:
    """Store, link and agent as `kiosk sync --once` wires them."""

    def __init__(
        self,
        data: Path,
        url: str,
        *,
        clock: Clock | None = None,
        make_link: Callable[[str, LinkOptions], Link] = Link,
        options: LinkOptions = QUICK,
        rules: Callable[[], LineConfig] = LineConfig,
    ) -> None:
        self.data = data
        self.store = open_store(data)
        self.clock = clock or SystemClock(lambda: self.store.settings.get(CLOCK_MARK))
        self.link = make_link(url, options)
        self.agent = Agent(self.store, self.link, self.clock, rules)

    @property
    def name(self) -> str:
        return self.store.settings.identity().terminal

    def close(self) -> None:
        self.link.close()
        self.store.close()
