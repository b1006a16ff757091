"""POST /v1/stick: what a township hub carries, kept as a stick is and taken in as a stick is."""

import threading
from http import HTTPStatus

from litestar import Response, post
from litestar.concurrency import sync_to_thread

from central.courier.giving import give
from central.courier.registering import register
from central.courier.taking import take_folder
from central.office import Office
from central.relay.keeping import Keeper
from central.routes.door import Caller, admit, signed_body
from central.routes.office import Asked, office_of
from central.routes.refusing import Turned
from central.store import terminals
from kiosk.failure import KioskError
from sync.wire.coding import MEDIA_TYPE, WireError, decode, encode
from sync.wire.stick.distant import MOST_QUESTION_BYTES, PATH, StickAnswer, StickQuestion
from sync.wire.stick.labels import FILE, read_label
from sync.wire.stick.medium import Stick, folder_of

_taking = threading.Lock()


@post(PATH, status_code=HTTPStatus.OK)
async def stick(request: Asked) -> Response[bytes]:
    """One verb on the folder kept for this hub. Nothing in it is believed for being brought by it."""
    caller = await admit(request)
    body = await signed_body(request, caller, MOST_QUESTION_BYTES)
    answer = await sync_to_thread(_stick, office_of(request), caller, body)
    return Response(encode(answer), media_type=MEDIA_TYPE)


def _stick(office: Office, caller: Caller, body: bytes) -> StickAnswer:
    try:
        question = decode(body, StickQuestion)
    except WireError as error:
        raise Turned(HTTPStatus.BAD_REQUEST) from error
    if question.terminal != caller.terminal.id:
        raise Turned(HTTPStatus.UNAUTHORIZED)
    keeper = Keeper(office.data / "hubs" / caller.terminal.id)
    if question.do == "take":
        return _take(office, keeper.stick, question)
    if question.do == "holds" and question.place[1:2] == ("blobs",) and _arrived(office, question):
        return StickAnswer(have=question.size)
    if question.place == (FILE,):
        _label(office, keeper.stick, caller.terminal.id)
    return keeper.answer(question, lambda _folder: True)


def _label(office: Office, kept: Stick, hub: str) -> None:
    """The hub's folder is registered as a stick is, by the hub being enrolled."""
    try:
        read_label(kept, office.name, office.keys.record_public)
    except KioskError:
        register(office, kept, hub, "", actor=hub)


def _arrived(office: Office, question: StickQuestion) -> bool:
    """Whether the file has come some other way, so that it need not travel."""
    terminal = question.place[0][:-1].upper()
    if len(question.digest) != 32 or not question.size:  # noqa: PLR2004 -- SHA-256
        return False
    return office.blobs.have(terminal, question.digest, question.size) == question.size


def _take(office: Office, kept: Stick, question: StickQuestion) -> StickAnswer:
    (folder,) = question.place[:1] or ("",)
    if folder not in kept.terminals():
        return StickAnswer()
    with _taking:
        try:
            taken = take_folder(office, kept, folder)
            with office.store.read() as connection:
                terminal = terminals.find(connection, folder[:-1].upper())
            if taken.failure is None and terminal is not None and folder == folder_of(terminal.id, terminal.epoch):
                give(office, kept, terminal, taken)
                _tidy(office, kept, folder, terminal.id)
        except KioskError as error:
            return StickAnswer(failure=error.failure.code)
    return StickAnswer(failure=taken.failure.code if taken.failure else "")


def _tidy(office: Office, kept: Stick, folder: str, terminal: str) -> None:
    """What was taken in whole lies here twice."""
    for two in kept.folders((folder, "blobs")):
        for name in kept.folders((folder, "blobs", two)):
            if office.blobs.holds_named(terminal, name.partition(".")[0]):
                kept.discard((folder, "blobs", two, name))
