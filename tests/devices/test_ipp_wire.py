"""IPP and PWG Raster as bytes, and a printer's address at which something else answers."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.ipp import raster
from devices.printer.ipp.client import Client
from devices.printer.ipp.codec import (
    Attribute,
    Collection,
    Group,
    IppFormatError,
    Message,
    Tag,
    Value,
    attribute,
    decode,
    encode,
)
from devices.printer.ipp.reasons import refused
from devices.printer.ipp.transport import HttpRefusedError, Line, LostError, Reach, endpoint_of
from kiosk.failure import Failure, KioskError
from tests.devices import fuzz_ipp

_NAMES = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=12)
_NUMBERS = st.integers(-(2**31), 2**31 - 1)
_WORDS = st.text(max_size=30)
_PLAIN: st.SearchStrategy[tuple[int, Value]] = st.one_of(
    st.tuples(st.sampled_from([Tag.INTEGER, Tag.ENUM]), _NUMBERS),
    st.tuples(st.just(Tag.BOOLEAN), st.booleans()),
    st.tuples(st.sampled_from([Tag.TEXT, Tag.NAME, Tag.KEYWORD, Tag.URI, Tag.MIME]), _WORDS),
    st.tuples(st.just(Tag.RANGE), st.tuples(_NUMBERS, _NUMBERS)),
    st.tuples(st.just(Tag.RESOLUTION), st.tuples(_NUMBERS, _NUMBERS, st.integers(3, 4))),
    st.tuples(st.just(Tag.OCTETS), st.binary(max_size=20)),
)
_ATTRIBUTES: st.SearchStrategy[Attribute] = st.recursive(
    st.builds(lambda name, pair: Attribute(name, pair[0], (pair[1],)), _NAMES, _PLAIN),
    lambda inner: st.builds(
        lambda name, members: Attribute(name, Tag.COLLECTION, (Collection(tuple(members)),)),
        _NAMES,
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@given(st.lists(_ATTRIBUTES, max_size=5), st.binary(max_size=50))
def test_a_message_comes_back_as_it_was_sent(attributes: list[Attribute], document: bytes) -> None:
    message = Message(0x0002, (Group(Tag.OPERATION, tuple(attributes)),), 7, document)
    assert decode(encode(message)) == message


@given(st.binary(max_size=300))
def test_bytes_that_are_no_message_are_refused_and_nothing_else_happens(junk: bytes) -> None:
    for data in (junk, b"\x02\x00\x00\x00\x00\x00\x00\x01" + junk):
        try:
            decode(data)
        except IppFormatError:
            continue


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_message_with_one_wrong_byte_is_read_or_refused(place: int, value: int) -> None:
    media = Collection((attribute("media-size-name", Tag.KEYWORD, "iso_a4_210x297mm"),))
    groups = (
        Group(Tag.OPERATION, (attribute("attributes-charset", Tag.CHARSET, "utf-8"),)),
        Group(Tag.PRINTER, (attribute("media-col-ready", Tag.COLLECTION, media), attribute("x", Tag.ENUM, 3, 4))),
    )
    data = bytearray(encode(Message(0, groups)))
    data[place % len(data)] = value
    try:
        decode(bytes(data))
    except IppFormatError:
        return


def test_several_values_of_one_attribute_stay_together() -> None:
    message = Message(0, (Group(Tag.JOB, (attribute("job-state-reasons", Tag.KEYWORD, "a", "b"),)),))
    assert decode(encode(message)).of(Tag.JOB) == [{"job-state-reasons": ("a", "b")}]


def test_a_collection_inside_itself_without_end_is_refused() -> None:
    deep = b"\x34\x00\x01x\x00\x00" + b"\x4a\x00\x00\x00\x01x\x34\x00\x00\x00\x00" * 5000
    with pytest.raises(IppFormatError):
        decode(b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + deep)


def test_an_answer_larger_than_any_printer_gives_is_refused() -> None:
    huge = b"\x44\x00\x01x" + struct.pack(">H", 60_000) + b"y" * 60_000
    with pytest.raises(IppFormatError):
        decode(b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + huge * 40 + b"\x03")


@given(st.data())
def test_a_page_comes_back_from_raster_pixel_by_pixel(data: st.DataObject) -> None:
    width, height = data.draw(st.integers(1, 300)), data.draw(st.integers(1, 5))
    depth = data.draw(st.sampled_from([1, 3]))
    some = data.draw(st.lists(st.integers(0, 255), min_size=1, max_size=40))
    pixels = bytes(some[index // 7 % len(some)] for index in range(width * height * depth))
    page = raster.Bitmap(width, height, depth, 300, pixels)
    assert list(raster.decode(b"".join(raster.encode([page, page], 2)))) == [page, page]


@given(st.binary(max_size=200), st.integers(0, 2200))
def test_raster_that_is_torn_is_refused(junk: bytes, cut: int) -> None:
    whole = b"".join(raster.encode([raster.Bitmap(20, 20, 1, 300, bytes(range(200)) * 2)], 1))
    if len(raster.SYNC) < cut < len(whole):
        with pytest.raises(raster.RasterError):
            list(raster.decode(whole[:cut]))
    for data in (raster.SYNC + junk, whole[:cut] + junk, junk):
        try:
            list(raster.decode(data))
        except raster.RasterError:
            continue


# what else may answer


@contextmanager
def answering(*pieces: bytes, pause: float = 0.0) -> Iterator[str]:
    """Somebody who is no printer: says its pieces to everybody, with a pause between them, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    ending = threading.Event()

    def serve() -> None:
        while not ending.is_set():
            try:
                near, _ = listener.accept()
            except OSError:
                return
            with near:
                near.recv(1 << 16)
                for piece in pieces:
                    if ending.wait(pause):
                        return
                    try:
                        near.sendall(piece)
                    except OSError:
                        break

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"ipp://127.0.0.1:{listener.getsockname()[1]}/ipp/print"
    finally:
        ending.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@contextmanager
def client(uri: str) -> Iterator[Client]:
    line = Line(endpoint_of(uri))
    try:
        yield Client(line, uri, "test")
    finally:
        line.close()


_HTML = b"<html>log in</html>"


@pytest.mark.parametrize(
    ("pieces", "error"),
    [
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n" + _HTML,), LostError),
        ((b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",), HttpRefusedError),
        ((b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n",), HttpRefusedError),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort",), LostError),
        ((b"SSH-2.0-OpenSSH\r\n",), LostError),
        ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",), LostError),
        ((b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",), LostError),
        ((), LostError),
    ],
)
def test_somebody_else_at_the_printers_address_is_no_printer(pieces: tuple[bytes, ...], error: type[Exception]) -> None:
    with answering(*pieces) as uri, client(uri) as asking, pytest.raises(error):
        asking.printer(1.0)


def test_an_answer_that_drips_ends_at_the_deadline_of_the_whole() -> None:
    begun = time.monotonic()
    with answering(*[b"H"] * 200, pause=0.05) as uri, client(uri) as asking, pytest.raises(LostError) as caught:
        asking.printer(0.6)
    assert (caught.value.why, caught.value.reach) == ("too_late", Reach.WHOLE)
    assert time.monotonic() - begun < 4.0


def test_an_answer_without_end_is_not_read_to_the_end() -> None:
    endless = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (1 << 20)
    with answering(endless, *[b"x" * (1 << 20)] * 20) as uri, client(uri) as asking, pytest.raises(LostError):
        asking.printer(5.0)


def test_a_request_can_be_given_up_while_it_waits() -> None:
    with answering(b"", pause=5.0) as uri, client(uri) as asking:
        begun = time.monotonic()
        asking.tick = lambda: time.monotonic() - begun > 0.3
        with pytest.raises(LostError) as caught:
            asking.printer(4.0)
    assert caught.value.why == "given_up"
    assert time.monotonic() - begun < 2.5


def test_nobody_at_the_address_means_that_nothing_has_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        uri = f"ipp://127.0.0.1:{taken.getsockname()[1]}/"
    with client(uri) as asking, pytest.raises(LostError) as caught:
        asking.printer(1.0)
    assert caught.value.reach is Reach.NOTHING


@pytest.mark.parametrize(
    "uri", ["", "http://h/", "ipp://", "ipp://h:port/", "ipp://user@h/", "socket://h:9100", "ipp://[::1"]
)
def test_an_address_that_is_none_is_named_as_a_wrong_setting(uri: str) -> None:
    with pytest.raises(KioskError, match=r"terminal\.config_invalid"):
        endpoint_of(uri)


@pytest.mark.parametrize("target", fuzz_ipp.TARGETS, ids=lambda target: target.__name__)
def test_no_bytes_at_all_crash_or_hang_the_reading_of_a_printers_answer(target: fuzz_ipp.Target) -> None:
    assert fuzz_ipp.run(target, 0.7, seed=20260101) > 20


def test_a_very_long_list_in_an_answer_is_read_in_no_time() -> None:
    begun = time.monotonic()
    fuzz_ipp.messages(
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x34\x00\x01x\x00\x00\x4a\x00\x00\x00\x01y"
        + b"\x21\x00\x00\x00\x04abcd" * 110_000
    )
    assert time.monotonic() - begun < 3.0


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (0x0502, Failure.PRINTER_OFFLINE),
        (0x050A, Failure.PRINTER_OFFLINE),
        (0x0503, Failure.PRINT_REFUSED),
        (0x0507, Failure.PRINTER_BUSY),
        (0x050B, Failure.PRINTER_BUSY),
        (0x0403, Failure.DEVICE_FORBIDDEN),
    ],
)
def test_a_printer_out_of_service_is_told_from_one_that_does_not_speak_our_version(
    status: int, failure: Failure
) -> None:
    assert refused(status).failure is failure
