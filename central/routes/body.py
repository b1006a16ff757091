"""Request bodies: never longer than agreed, never waited for for ever."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Final

from central.routes.office import Asked
from central.routes.refusing import Turned

SILENCE_SECONDS: Final = 120.0
"""How long the next bytes of a body may take. The terminal notices a dead link earlier and comes again."""


async def pieces(request: Asked, most: int) -> AsyncIterator[bytes]:
    """The body as it arrives.

    Raises:
        Turned: 413 when it is longer than `most` bytes, 408 when nothing comes for too long.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise Turned(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    stream = request.stream()
    size = 0
    while True:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                piece = await anext(stream, None)
        except TimeoutError as error:
            raise Turned(HTTPStatus.REQUEST_TIMEOUT) from error
        if piece is None:
            return
        size += len(piece)
        if size > most:
            raise Turned(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if piece:
            yield piece


async def whole(request: Asked, most: int) -> bytes:
    """The whole body; raises as `pieces`."""
    return b"".join([piece async for piece in pieces(request, most)])
