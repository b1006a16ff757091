"""Materials: every page is encrypted once, when it is captured, and durable before it counts."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.calendar import add_working_days
from kiosk.catalogue.item import MaterialRule, Need, Obtain, Scope, ServiceItem
from kiosk.desk.equipment import Equipment
from kiosk.desk.filekinds import checked_extension
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.case import SIGNATURE_SHEET, BlobRef, Channel, Draft, Material, MaterialSource, Signature, Trust
from kiosk.ports import SealedBlob
from kiosk.seal import content, drafts, wraps

File = tuple[bytes, str]

_STANDS_ALONE = frozenset({MaterialSource.PLEDGE, MaterialSource.REUSE, MaterialSource.ELICENCE})
"""What pages taken now replace, instead of joining it."""


def add_files(
    kit: Equipment,
    session: Session,
    item: ServiceItem,
    material_id: str,
    member: str | None,
    files: Sequence[File],
    source: MaterialSource,
    *,
    original_seen: bool = False,
) -> Draft:
    """The draft with these pages added behind those the material already has.

    Raises:
        KioskError: `MATERIAL_UNKNOWN`, `MEMBERS_INVALID`, `FILE_TOO_LARGE`, `FILE_KIND_UNKNOWN`, `STORE_FULL`.
    """
    draft = session.current()
    rule_of(item, draft, material_id, member)
    kinds = [checked_extension(data, extension, kit.config.largest_file_bytes) for data, extension in files]
    kept = tuple(_keep(kit, session, data, kind) for (data, _), kind in zip(files, kinds, strict=True))
    before = find(draft, material_id, member)
    pages = (before.files if before and before.source not in _STANDS_ALONE else ()) + kept
    seen = original_seen and (session.operator is not None or draft.channel is Channel.APPLY)
    material = Material(
        material_id=material_id,
        source=source,
        files=pages,
        member=member,
        original_seen=seen,
        trust=Trust.B if seen else Trust.C,
        collected_at=kit.now(),
    )
    return put(draft, material)


def page(kit: Equipment, session: Session, material_id: str, member: str | None, index: int) -> File:
    """One page read back while it is still a draft: plain bytes and extension.

    Raises:
        KioskError: `MATERIAL_UNKNOWN`, `DRAFT_LOCKED`, `BLOB_DAMAGED`.
    """
    ref = _page_ref(session.current(), material_id, member, index)
    key = wraps.unwrap_under(kit.store.blobs.draft_wrap(ref.digest), session.key())
    return content.decrypt(kit.store.blobs.read(ref.digest), key, content.PAGE), ref.extension


def remove_page(session: Session, material_id: str, member: str | None, index: int) -> Draft:
    """The draft without that page; the material goes with its last one."""
    draft = session.current()
    _page_ref(draft, material_id, member, index)
    material = find(draft, material_id, member)
    if material is None:
        raise KioskError(Failure.MATERIAL_UNKNOWN)
    rest = tuple(ref for place, ref in enumerate(material.files) if place != index)
    return put(draft, replace(material, files=rest)) if rest else without(draft, material_id, member)


def move_page(session: Session, material_id: str, member: str | None, index: int, to: int) -> Draft:
    """The draft with one page at another place."""
    draft = session.current()
    material = find(draft, material_id, member)
    if material is None or not (0 <= index < len(material.files) and 0 <= to < len(material.files)):
        raise KioskError(Failure.MATERIAL_UNKNOWN, reason="page")
    pages = list(material.files)
    pages.insert(to, pages.pop(index))
    return put(draft, replace(material, files=tuple(pages)))


def pledge(kit: Equipment, session: Session, item: ServiceItem, material_id: str, member: str | None) -> Draft:
    """The draft with a promise in place of the material, where the item takes one.

    Raises:
        KioskError: `MATERIAL_UNKNOWN`; `MATERIALS_MISSING` when the item takes no promise for it.
    """
    draft = session.current()
    rule = rule_of(item, draft, material_id, member)
    may_follow = rule.need is Need.MAY_FOLLOW and rule.follow_days > 0
    if not may_follow and rule.obtain_by is not Obtain.PLEDGE:
        raise KioskError(Failure.MATERIALS_MISSING, reason="no_pledge")
    until = add_working_days(kit.today(), rule.follow_days, kit.store.shelf.holidays()).day if may_follow else None
    material = Material(
        material_id=material_id,
        source=MaterialSource.PLEDGE,
        member=member,
        trust=Trust.D,
        pledged_until=until,
        collected_at=kit.now(),
    )
    return put(without(draft, material_id, member), material)


def take_back(session: Session, material_id: str, member: str | None) -> Draft:
    """The draft without that material or promise."""
    return without(session.current(), material_id, member)


def sign_on_paper(kit: Equipment, session: Session, files: Sequence[File]) -> Draft:
    """The draft signed by a fingerprint and a witness on paper; the scanned sheet is part of it.

    Raises:
        KioskError: `SIGNATURE_MISSING` without a page, `FILE_TOO_LARGE`, `FILE_KIND_UNKNOWN`, `STORE_FULL`.
    """
    if not files:
        raise KioskError(Failure.SIGNATURE_MISSING)
    kinds = [checked_extension(data, extension, kit.config.largest_file_bytes) for data, extension in files]
    kept = tuple(_keep(kit, session, data, kind) for (data, _), kind in zip(files, kinds, strict=True))
    sheet = Material(SIGNATURE_SHEET, MaterialSource.SCAN, kept, collected_at=kit.now())
    draft = unsigned(session.current())
    return replace(draft, materials=(*draft.materials, sheet), signature=Signature(0, 0, (), kit.now(), on_paper=True))


def unsigned(draft: Draft) -> Draft:
    """The draft without signature or fingerprint sheet: either stands for what was read, and not for a change of it."""
    rest = tuple(part for part in draft.materials if part.material_id != SIGNATURE_SHEET)
    return replace(draft, materials=rest, signature=None)


def digests(draft: Draft) -> tuple[str, ...]:
    """The sealed files a draft holds."""
    return tuple(ref.digest for material in draft.materials for ref in material.files)


def find(draft: Draft, material_id: str, member: str | None) -> Material | None:
    """The material as handed in so far."""
    return next((part for part in draft.materials if part.material_id == material_id and part.member == member), None)


def rule_of(item: ServiceItem, draft: Draft, material_id: str, member: str | None) -> MaterialRule:
    """The item's rule for a material, with the member it is for where it is asked of each.

    Raises:
        KioskError: `MATERIAL_UNKNOWN`, `MEMBERS_INVALID`.
    """
    rule = next((rule for rule in item.materials if rule.id == material_id), None)
    if rule is None:
        raise KioskError(Failure.MATERIAL_UNKNOWN)
    known = {person.ref for person in draft.members}
    if (rule.scope is Scope.MEMBER and member not in known) or (rule.scope is Scope.CASE and member is not None):
        raise KioskError(Failure.MEMBERS_INVALID, reason="member")
    return rule


def _keep(kit: Equipment, session: Session, data: bytes, extension: str) -> BlobRef:
    key = content.new_key()
    sealed = content.encrypt(data, key, content.PAGE, kit.suite)
    platform_wrap = wraps.wrap_for_platform(key, kit.store.settings.identity().platform_key, kit.suite)
    draft_wrap = wraps.wrap_under(key, session.key(), kit.suite)
    mark = drafts.content_tag(kit.store.provider_secret, data)
    return kit.store.blobs.keep(SealedBlob(sealed, extension, platform_wrap, draft_wrap, mark))


def _page_ref(draft: Draft, material_id: str, member: str | None, index: int) -> BlobRef:
    material = find(draft, material_id, member)
    if material is None or not 0 <= index < len(material.files):
        raise KioskError(Failure.MATERIAL_UNKNOWN, reason="page")
    return material.files[index]


def put(draft: Draft, material: Material) -> Draft:
    """The draft with this material in place of what stood for it."""
    others = tuple(
        part for part in draft.materials if (part.material_id, part.member) != (material.material_id, material.member)
    )
    return unsigned(replace(draft, materials=(*others, material)))


def without(draft: Draft, material_id: str, member: str | None) -> Draft:
    """The draft without that material or promise."""
    rest = tuple(part for part in draft.materials if (part.material_id, part.member) != (material_id, member))
    return unsigned(replace(draft, materials=rest))
