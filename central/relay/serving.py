"""The hub as a process: one door for terminals nearby, one thread that carries."""

from collections.abc import Callable
from pathlib import Path

import uvicorn

from central.log import make_log
from central.relay.door import Hub, create_hub
from central.relay.forwarding import Forwarder, Forwarding
from central.relay.joining import PlatformDoor, identity_of
from central.relay.keeping import Keeper
from central.relay.room import Allowance
from central.serving import Announcing, listen, url_of
from sync.wire.stick.distant import DistantStick


def run(
    data: Path,
    platform: str,
    code: str | None,
    host: str,
    port: int,
    every: float,
    *,
    allowance: Allowance,
    announce: Callable[[str], None],
) -> None:
    """Be the hub of a data directory until a signal ends it; `announce` hears where terminals reach it.

    Raises:
        KioskError: it is not enrolled and cannot be, or cannot listen there.
    """
    identity = identity_of(data, platform.rstrip("/"), code)
    keeper, door = Keeper(data, allowance), PlatformDoor(data, identity)
    forwarding = Forwarding(Forwarder(keeper.stick, DistantStick(identity.terminal, door.ask), make_log()), every)
    listening, _ = listen(host, port)
    app = create_hub(Hub(identity, keeper, forwarding.brought.set))
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="off", ws="none")
    forwarding.start()
    try:
        Announcing(config, lambda: announce(url_of(listening))).run(sockets=[listening])
    finally:
        forwarding.stop()
        door.close()
