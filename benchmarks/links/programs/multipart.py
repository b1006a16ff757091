"""One multipart POST per application, as form collectors and most kiosks send; a broken POST is sent again whole.

`multipart.py server ADDRESS PORT STORE` · `multipart.py client ADDRESS PORT QUEUE`
"""

import email.parser
import email.policy
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests
from tenacity import retry, wait_exponential, wait_random

PATIENCE = 120
"""Seconds. requests sends a body with one call that must end within the connect time-out: with less, a scan never
passes a line of 128 kbit/s and starts over for ever."""


def durable(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".tmp")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def serve(address: str, port: int, store: Path) -> None:
    lock = threading.Lock()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = PATIENCE

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its base names it so
            pass

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = self.rfile.read(size)
            if len(body) < size:
                self.close_connection = True
                return
            head = b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n"
            message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
            parts = {part.get_filename(): bytes(part.get_payload(decode=True) or b"") for part in message.iter_parts()}
            name = json.loads(parts["form.json"])["id"]
            with lock:
                for file, data in sorted(parts.items(), reverse=True):
                    durable(store / name / str(file), data)
            self.send_response(201)
            self.send_header("Content-Length", "0")
            self.end_headers()

    ThreadingHTTPServer((address, port), Door).serve_forever()


def deliver(address: str, port: int, queue: Path) -> None:
    session = requests.Session()

    @retry(wait=wait_exponential(multiplier=1, max=30) + wait_random(0, 1))
    def send(folder: Path) -> None:
        files = [("f", (one.name, one.open("rb"))) for one in sorted(folder.iterdir()) if not one.name.startswith(".")]
        session.post(
            f"http://{address}:{port}/submission", files=files, timeout=(PATIENCE, PATIENCE)
        ).raise_for_status()

    for folder in sorted(queue.iterdir()):
        if not (folder / ".sent").exists():
            send(folder)
            (folder / ".sent").touch()


if __name__ == "__main__":
    (serve if sys.argv[1] == "server" else deliver)(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
