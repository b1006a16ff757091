"""Publishing a catalogue: from an authoring folder to the version in force."""

from pathlib import Path
from typing import Final

from central import feed
from central.authoring import build_package
from central.office import Office
from central.store import audit, catalogues
from kiosk.catalogue.package import read_package
from kiosk.failure import Failure, KioskError
from sync.wire.coding import MAX_BODY_BYTES

MOST_PACKAGE_BYTES: Final = MAX_BODY_BYTES - 2 * feed.MOST_BYTES
"""A package travels in one answer, beside decisions; a longer one would never arrive anywhere."""


def publish(office: Office, folder: Path, *, actor: str) -> tuple[int, bool]:
    """Publish a folder as the next version: the version now in force, and whether anything changed.

    Raises:
        KioskError: `CATALOGUE_BROKEN` naming the place (`size`: longer than a terminal takes), and what else building
            raises; `STORE_BUSY` when another process published meanwhile.
    """
    before = office.catalogues.in_force()
    version = before.version + 1 if before else 1
    now = office.now()
    package = build_package(folder, record_private=office.keys.record, version=version, issued_at=now)
    if len(package) > MOST_PACKAGE_BYTES:
        raise KioskError(Failure.CATALOGUE_BROKEN, where="size")
    head = read_package(package, office.keys.record_public).head
    digest = bytes.fromhex(head.digest)
    if before is not None and before.digest == digest:
        return before.version, False
    with office.store.write() as connection:
        if catalogues.newest(connection) != version - 1:
            raise KioskError(Failure.STORE_BUSY, reason="published_meanwhile")
        catalogues.add(connection, version, digest, now, head.items, package)
        audit.note(connection, now, "catalogue.published", str(version), actor, digest=head.digest)
    return version, True
