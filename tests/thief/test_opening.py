"""With the whole disk and its key file: what was handed in stays shut; drafts open for their card or login alone."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from kiosk.cli.samples import sample_page
from kiosk.failure import Failure, KioskError
from kiosk.identity.masking import mask_name
from kiosk.model.payload import decode_payload
from kiosk.model.people import Assurance, CardMedium, IdCard
from kiosk.seal import drafts, wraps
from local_db.driver import connect
from local_db.keys import FileKey
from local_db.opening import FILE_NAME
from local_db.store import open_store
from tests.local_db.making import PLATFORM_PRIVATE
from tests.thief.scene import CLERK, HANDED_IN, KEPT, OF_CLERK, PAGES, PIN, Scene, desk_of
from tests.thief.thief import Thief


def handed_in(scene: Scene, thief: Thief) -> list[bytes]:
    """Whatever of the sealed payloads and pages of what was handed in opens."""
    with closing(connect(scene.data / FILE_NAME, FileKey(scene.data).key(), "ro")) as database:
        payloads = database.execute("SELECT payload, event_id FROM outbox_payloads JOIN outbox USING (seq)").fetchall()
        pages = database.execute(
            "SELECT b.digest, m.wrap, b.platform_wrap, b.draft_wrap FROM outbox_materials m"
            " JOIN blobs b ON b.id = m.blob"
        ).fetchall()
    assert len(payloads) == 2, "the case and the complaint"
    assert len(pages) >= PAGES
    opened = [thief.open_record(payload, (f"form/{event_id}",)) for payload, event_id in payloads]
    for digest, wrap, platform_wrap, draft_wrap in pages:
        assert draft_wrap is None
        sealed = thief.files[f"blobs/{digest.hex()[:2]}/{digest.hex()}"]
        opened += [thief.open_page(sealed, one, None) for one in {wrap, platform_wrap}]
    return [plain for plain in opened if plain is not None]


def kept(scene: Scene, thief: Thief, case_id: str) -> list[bytes]:
    """Whatever of a draft opens: the draft itself, then its pages under its own key or any other."""
    with closing(connect(scene.data / FILE_NAME, FileKey(scene.data).key(), "ro")) as database:
        row = database.execute(
            "SELECT sealed, wrapped_key, release_wrap FROM drafts WHERE case_id = ?", (case_id,)
        ).fetchone()
        pages = database.execute(
            "SELECT digest, platform_wrap, draft_wrap FROM draft_blobs d JOIN blobs b ON b.id = d.blob"
            " WHERE case_id = ?",
            (case_id,),
        ).fetchall()
    assert len(pages) >= PAGES
    opened = [thief.open_draft(case_id, *row)]
    for digest, platform_wrap, draft_wrap in pages:
        sealed = thief.files[f"blobs/{digest.hex()[:2]}/{digest.hex()}"]
        opened.append(thief.open_page(sealed, platform_wrap, draft_wrap))
    return [plain for plain in opened if plain is not None]


def test_nothing_handed_in_opens_with_any_key_on_the_disk(scene: Scene, thief: Thief) -> None:
    assert len(thief.keys) > 300
    assert handed_in(scene, thief) == []


def test_no_kept_draft_nor_its_pages_open_with_any_key_on_the_disk(scene: Scene, thief: Thief) -> None:
    assert kept(scene, thief, scene.kept) == []
    assert kept(scene, thief, scene.of_clerk) == []


def test_the_same_tries_open_everything_once_the_right_key_is_among_them(scene: Scene, thief: Thief) -> None:
    """So that what was tried above was tried rightly."""
    with_platform = handed_in(scene, Thief(scene.data, PLATFORM_PRIVATE))
    assert scene.page in with_platform
    assert HANDED_IN.name.encode() in b"".join(_form(plain) for plain in with_platform)

    of_card = drafts.card_kek(thief.secret, KEPT.secret)
    draft_key = wraps.unwrap_under(_wrapped_key(scene, scene.kept), of_card)
    draft, *pages = kept(scene, Thief(scene.data, draft_key, of_card), scene.kept)
    assert KEPT.id_no.encode() in draft
    assert pages == [scene.page] * len(pages) != []


def _form(plain: bytes) -> bytes:
    try:
        draft = decode_payload(plain).draft
    except KioskError:
        return b""
    return draft.applicant.person.name.encode() if draft.applicant else b""


def _wrapped_key(scene: Scene, case_id: str) -> bytes:
    with open_store(scene.data) as store:
        return store.drafts.load(case_id).wrapped_key


def printed(card: IdCard) -> Iterator[bytes]:
    """What stands on the card, each part and what somebody might make of them, and pictures they may have."""
    dates = [f"{day:{shape}}" for day in (card.birth, card.valid_from, card.valid_to) if day for shape in _SHAPES]
    parts = [card.name, card.sex, card.nation, card.address, card.issuer, card.id_no, mask_name(card.name), *dates]
    texts = [*parts, *("".join(pair) for pair in product(parts, parts)), "".join(parts), "|".join(parts)]
    for text in texts:
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            told = text.encode(encoding)
            yield from (told, told.ljust(256, b"\0"), told.ljust(1024, b"\0"), hashlib.sha256(told).digest())
    photograph = sample_page().read_bytes()
    yield from (bytes(256), bytes(1024), b"\xff" * 1024, photograph, photograph[:1024])


_SHAPES = ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d")


def test_who_knows_everything_printed_on_the_card_and_has_the_disk_opens_no_draft(scene: Scene, thief: Thief) -> None:
    wrapped, tried = _wrapped_key(scene, scene.kept), 0
    for guess in printed(KEPT):
        for salt in (thief.secret, FileKey(scene.data).key()):
            for kek in _derived(salt, guess):
                tried += 1
                with pytest.raises(KioskError) as refused:
                    wraps.unwrap_under(wrapped, kek)
                assert refused.value.failure is Failure.DRAFT_LOCKED
    assert tried > 3000
    wraps.unwrap_under(wrapped, drafts.card_kek(thief.secret, KEPT.secret))


def _derived(secret: bytes, guess: bytes) -> Iterator[bytes]:
    yield drafts.login_kek(secret, guess)
    try:
        yield drafts.card_kek(secret, guess)
    except KioskError as error:
        assert (error.failure, len(guess) < 16) == (Failure.DRAFT_LOCKED, True)  # noqa: PT017 -- too short to be one


FORGED = {
    "another chip": replace(KEPT, secret=bytes(range(256))),
    "an empty chip": replace(KEPT, secret=bytes(256)),
    "the printed photograph": replace(KEPT, secret=sample_page().read_bytes()[:1024]),
    "no chip": replace(KEPT, secret=b""),
    "a social-security card with that number": replace(
        KEPT, secret=KEPT.id_no.encode(), medium=CardMedium.SOCIAL_SECURITY
    ),
    "one bit of the photo block wrong": replace(KEPT, secret=bytes([KEPT.secret[0] ^ 1]) + KEPT.secret[1:]),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_card_made_from_what_is_printed_resumes_nothing_at_the_terminal(scene: Scene, forged: str) -> None:
    with open_store(scene.data) as store:
        desk = desk_of(store, scene.data)
        session = desk.open_session()
        desk.identify(session, FORGED[forged])
        with pytest.raises(KioskError) as refused:
            desk.resume(session, scene.kept)
        assert refused.value.failure is Failure.DRAFT_LOCKED
        assert session.draft is None

        right = desk.open_session()
        desk.identify(right, KEPT)
        assert desk.resume(right, scene.kept).case_id == scene.kept


def test_a_typed_identity_resumes_nothing(scene: Scene) -> None:
    with open_store(scene.data) as store:
        desk = desk_of(store, scene.data)
        session = desk.open_session()
        desk.state_identity(session, KEPT.person(), Assurance.STATED)
        assert desk.kept(session) == ()
        with pytest.raises(KioskError) as refused:
            desk.resume(session, scene.kept)
    assert refused.value.failure is Failure.DRAFT_LOCKED


def test_a_clerks_draft_opens_for_that_login_and_not_for_its_resident_nor_for_another_clerk(scene: Scene) -> None:
    with open_store(scene.data) as store:
        desk = desk_of(store, scene.data)
        theirs, boss, clerk = desk.open_session(), desk.open_session(), desk.open_session()
        card = replace(KEPT, id_no=OF_CLERK.id_no, name=OF_CLERK.name, birth=OF_CLERK.birth or date.min)
        desk.identify(theirs, card)
        desk.staff_login(boss, "boss", PIN)
        for other in (theirs, boss):
            assert scene.of_clerk not in {one.case_id for one in desk.kept(other)}
            with pytest.raises(KioskError) as refused:
                desk.resume(other, scene.of_clerk)
            assert refused.value.failure is Failure.DRAFT_LOCKED
        desk.staff_login(clerk, CLERK.staff_id, PIN)
        draft = desk.resume(clerk, scene.of_clerk)
    assert draft.applicant is not None
    assert draft.applicant.person.id_no == OF_CLERK.id_no
