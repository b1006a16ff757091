"""What a turn for news costs: a hundredth of the catalogue changed, and nothing changed.

`python -m benchmarks.catalogue_turn [ITEMS]` (default 5,000) publishes a catalogue and, a day later, one with a
hundredth of its items changed in three fields each, and lets a terminal ask twice, over HTTP on loopback. Bytes are
those of HTTP, heads included.
"""

import json
import shutil
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.generated import generated_items
from benchmarks.table import print_table
from central import fleet, publishing
from central.office import open_office
from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.agent import Agent, RunReport
from sync.link import Link
from sync.provision import provision_online
from tests.sync.platform import Platform

ITEMS = 5_000
BARS = {"a hundredth changed": 5_000, "nothing new": 700}


def main() -> int:
    """Print the figures; 1 when a turn costs more than it may."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as folder:
        seen = measure(Path(folder), count)
    rows = [
        (name, str(report.turns), str(report.sent_bytes), str(report.received_bytes), f"{seconds * 1000:.0f}")
        for name, report, seconds in seen
    ]
    print_table((f"{count:,} items", "turns", "bytes up", "bytes down", "ms"), rows)
    print("bars: " + ", ".join(f"{name} {bar} bytes, one turn" for name, bar in BARS.items()))
    return int(any(report.turns != 1 or _bytes(report) > BARS[name] for name, report, _ in seen))


def measure(folder: Path, count: int) -> list[tuple[str, RunReport, float]]:
    """What both turns were, and how long they took."""
    items = list(generated_items(count))
    _publish(folder, items)
    platform = Platform(folder / "platform")
    try:
        with open_office(folder / "platform") as office:
            code = fleet.new_code(office, actor="bench", region12="000000000000").text
        with closing(open_store(folder / "terminal", create=True)) as store:
            provision_online(platform.url, code, store, SystemClock())
            link = Link(platform.url)
            agent = Agent(store, link, SystemClock())
            agent.run_once()
            held = store.shelf.version()
            _publish(folder, [_changed(item) if place % 100 == 0 else item for place, item in enumerate(items)])
            seen = [(name, *_timed(agent)) for name in BARS]
            link.close()
            assert store.shelf.version() > held
    finally:
        platform.kill()
    return seen


def _timed(agent: Agent) -> tuple[RunReport, float]:
    began = time.perf_counter()
    return agent.run_once(), time.perf_counter() - began


def _changed(item: dict[str, Any]) -> dict[str, Any]:
    promise = {**item["promise"], "days": item["promise"]["days"] - 1}
    return {**item, "version": item["version"] + 1, "promise": promise, "as_of": "2026-11-20"}


def _publish(folder: Path, items: list[dict[str, Any]]) -> None:
    source = folder / "catalogue"
    shutil.rmtree(source, ignore_errors=True)
    (source / "items").mkdir(parents=True)
    for place, item in enumerate(items):
        (source / "items" / f"{place:05d}.json").write_text(json.dumps(item, ensure_ascii=False))
    for name in ("catalogue.toml", "holidays.json"):
        (source / name).write_bytes((Path(publishing.__file__).parent / "samples" / name).read_bytes())
    with open_office(folder / "platform", found=True) as office:
        publishing.publish(office, source, actor="bench")


def _bytes(report: RunReport) -> int:
    return report.sent_bytes + report.received_bytes


if __name__ == "__main__":
    sys.exit(main())
