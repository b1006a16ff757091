"""The reference platform inside this process, behind a real socket: stopped and started again in a moment."""

import socket
import threading
from pathlib import Path

import uvicorn

from central import fleet
from central.app import create_app
from central.office import open_office
from tests.sync.platform_main import publish


class House:
    """Serves on the same port of loopback after every `stop` and `start`. Requests under way are cut."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._port = 0
        self.office = open_office(data, found=True)
        publish(self.office)
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(create_app(self.office), log_config=None, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()

    def restart(self) -> None:
        """With everything it had in memory forgotten."""
        self.stop()
        self.office.close()
        self.office = open_office(self.data)
        self.start()

    def close(self) -> None:
        self.stop()
        self.office.close()

    def code(self) -> str:
        return fleet.new_code(self.office, actor="test", terminal=None, region12="000000000000").text
