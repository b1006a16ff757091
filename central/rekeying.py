"""A new key for terminals to seal to, because the old one is old, or somebody may have seen it.

The root states it; the statement goes to every terminal as a posting, over the line, by hub and by stick. Terminals
move over when they have read it; until then, and for what they sealed before, the former keys are kept.
"""

from central import keys
from central.office import STATEMENT, Office
from central.store import audit, postings, settings
from kiosk.model.board import PLATFORM_KEYS, PostedKeys, Topic, write_keys
from kiosk.seal.keys import sealing_public
from kiosk.seal.statements import PlatformStatement, make_platform_statement


def renew_platform_key(office: Office, *, actor: str) -> bytes:
    """Make it, keep it, state and announce it; its public half. `office` goes on with the old one: open it anew.

    The key is durable before one transaction states it; broken off before that, an unused key lies beside the others.
    Nobody may serve this platform meanwhile (`central.office.lock_office`): it would not know the key.

    Raises:
        KioskError: `STORE_FULL` and others.
    """
    own, now = office.keys, office.now()
    public = sealing_public(keys.add_platform_key(office.data / "keys"))
    stated = PlatformStatement(office.name, own.record_public, public, own.rescue_public, now)
    statement = make_platform_statement(own.root, stated)
    with office.store.write() as connection:
        settings.put(connection, STATEMENT, statement)
        content = write_keys(PostedKeys(statement))
        postings.put(connection, Topic.KEYS, PLATFORM_KEYS, terminal="", at=now, content=content)
        audit.note(connection, now, "keys.renewed", "platform", actor, key=public.hex()[:16])
    return public
