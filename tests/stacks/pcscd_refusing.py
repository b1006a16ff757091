"""`python -m tests.stacks.pcscd_refusing SOCKET`: a pcscd that lets nobody in, as one whose polkit says no.

It speaks pcsc-lite's own protocol (winscard_msg.h) as far as a client gets then: the exchange of versions, and the
request for a context, which is answered SCARD_W_SECURITY_VIOLATION. For machines whose pcscd never asks polkit.
"""

import socket
import struct
import sys
import threading

SECURITY_VIOLATION = 0x8010006A
_ESTABLISH, _VERSION = 0x01, 0x11


def serve(client: socket.socket) -> None:
    """Answer one client until it goes."""
    with client, client.makefile("rb") as incoming:
        while len(head := incoming.read(8)) == 8:
            size, command = struct.unpack("=II", head)
            body = incoming.read(size)
            if command == _VERSION:
                client.sendall(body[:8] + struct.pack("=I", 0))
            elif command == _ESTABLISH:
                client.sendall(body[:8] + struct.pack("=I", SECURITY_VIOLATION))
            else:
                return


def main(path: str) -> None:
    """Listen until the input ends."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        threading.Thread(target=_accept, args=(server,), daemon=True).start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()


def _accept(server: socket.socket) -> None:
    while True:
        client, _ = server.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1])
