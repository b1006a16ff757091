"""Publishing a catalogue: from an authoring folder to the version in force."""

from pathlib import Path

from central.authoring import build_package
from central.office import Office
from central.store import audit, catalogues
from kiosk.catalogue.package import read_package
from kiosk.failure import Failure, KioskError


def publish(office: Office, folder: Path, *, actor: str) -> tuple[int, bool]:
    """Publish a folder as the next version: the version now in force, and whether anything changed.

    Raises:
        KioskError: `CATALOGUE_BROKEN` naming the place, and what else building raises; `STORE_BUSY` when another
            process published meanwhile.
    """
    before = office.catalogues.in_force()
    version = before.version + 1 if before else 1
    now = office.now()
    package = build_package(folder, record_private=office.keys.record, version=version, issued_at=now)
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
