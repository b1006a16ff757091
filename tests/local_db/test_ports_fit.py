"""mypy proves that the storage answers the ports; at run time every promised name is there."""

from kiosk import ports
from local_db.store import Store


def as_port(store: Store) -> ports.Store:
    """Typed on purpose: this line stops type-checking the day a signature drifts."""
    port: ports.Store = store
    return port


def test_every_name_the_ports_promise_is_there(store: Store) -> None:
    port = as_port(store)
    aggregates = {
        "drafts": ports.Drafts,
        "blobs": ports.Blobs,
        "cases": ports.Cases,
        "outbox": ports.Outbox,
        "erasure": ports.Erasure,
        "inbox": ports.Inbox,
        "shelf": ports.Shelf,
        "packages": ports.Packages,
        "papers": ports.Papers,
        "journal": ports.Journal,
        "staff": ports.Staff,
        "settings": ports.Settings,
    }
    for name, protocol in aggregates.items():
        promised = {method for method in vars(protocol) if not method.startswith("_")}
        missing = {method for method in promised if not callable(getattr(getattr(port, name), method, None))}
        assert not missing, f"{name} lacks {missing}"
