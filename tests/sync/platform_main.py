"""The reference platform in a process of its own, with the sample item these tests use in its catalogue."""

import json
import socket
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import uvicorn

import central
from central.office import Office, open_office
from central.serving import doors_of
from central.store import catalogues
from kiosk.calendar import HolidayTable
from kiosk.catalogue.package import Head, read_head, write_package

ITEM_FILE = Path(central.__file__).parent / "samples" / "items" / "14-senior-card.json"


def publish(office: Office, version: int = 1) -> None:
    """Publish a catalogue of one item, under the next version."""
    item = json.loads(ITEM_FILE.read_text(encoding="utf-8"))
    now = datetime.now(UTC)
    head = Head("demo", "演示目录", version, date(2026, 1, 1), now, demo=True)
    package = write_package(head, [item], HolidayTable({}), office.keys.record)
    digest = bytes.fromhex(read_head(package, office.keys.record_public).digest)
    with office.store.write() as connection:
        if catalogues.newest(connection) < version:
            catalogues.add(connection, version, digest, now, 1, package)


def main() -> None:
    data, port = Path(sys.argv[1]), int(sys.argv[2])
    office = open_office(data, found=True)
    publish(office)
    listener = socket.create_server(("127.0.0.1", port))
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{listener.getsockname()[1]}"}) + "\n")
    sys.stdout.flush()
    uvicorn.Server(doors_of(office)).run(sockets=[listener])


if __name__ == "__main__":
    main()
