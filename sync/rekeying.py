"""Moving over to the key that the platform wants to be sealed to from now on."""

from datetime import datetime
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.model.board import PLATFORM_KEYS, PostedKeys, Topic, read_content
from kiosk.ports import Store
from kiosk.seal.statements import PlatformStatement, read_platform_statement

_STATED_AT: Final = "platform.stated_at"
"""When the statement was issued that this terminal last followed: an older one is not followed again."""


def follow_platform_key(store: Store) -> None:
    """Seal to the key of the newest statement that was posted; once, however often it is asked.

    Raises:
        KioskError: `PLATFORM_ROOT_WRONG` where the root did not sign it or it is another platform's,
            `POSTING_UNREADABLE`. This terminal then seals as before.
    """
    posted = next((one for one in store.board.held(Topic.KEYS) if one.name == PLATFORM_KEYS), None)
    if posted is None:
        return
    identity = store.settings.identity()
    stated = read_platform_statement(identity.root_key, read_content(posted.content, PostedKeys).statement)
    if stated.platform != identity.platform_id or stated.record_key != identity.record_key:
        raise KioskError(Failure.PLATFORM_ROOT_WRONG, reason="name")
    if stated.platform_key != identity.platform_key and _newer(store, stated):
        with store.write_tx():
            store.settings.seal_to(stated.platform_key)
            store.settings.put(_STATED_AT, stated.issued_at.isoformat().encode())


def _newer(store: Store, stated: PlatformStatement) -> bool:
    held = store.settings.get(_STATED_AT)
    return held is None or stated.issued_at > datetime.fromisoformat(held.decode())
