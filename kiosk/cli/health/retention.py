"""Whether what is over is gone: the last deletion, and files that should have gone since."""

from datetime import timedelta

from kiosk.calendar import SHANGHAI
from kiosk.cli.health.finding import Finding, Health, Phrase, well
from kiosk.cli.wiring import clock_of
from kiosk.model.retention import Erased
from kiosk.ports import Store

_LATE = timedelta(days=1)


def look_at_retention(store: Store) -> Finding:
    """One finding; nothing counts as late by a clock that is not believed."""
    clock, last = clock_of(store), store.erasure.last()
    late = store.erasure.overdue(clock.now() - _LATE) if clock.trusted() else 0
    if late:
        return Finding(
            "retention",
            Health.AMBER,
            Phrase(f"{late} 个文件到期了还在", f"{late} files past their time are still here"),
            Phrase(
                "送件程序没有运行，或还没有核对过时间。", "The agent does not run, or its clock is not confirmed yet."
            ),
            Phrase("请启动 kiosk sync，联网一次。", "Start kiosk sync and let it reach the platform once."),
        )
    if last is None:
        return well("retention", "还没有到期的东西", "nothing was over yet")
    return _told(last)


def _told(last: Erased) -> Finding:
    day = f"{last.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    zh = f"{day} 删除材料 {last.materials} 份、表单 {last.forms} 份、草稿 {last.drafts} 份"
    en = f"{day}: {last.materials} materials, {last.forms} forms, {last.drafts} drafts deleted"
    if last.clean:
        return well("retention", f"{zh}，已核对删净", f"{en}, and looked for: gone")
    why = (
        Phrase(f"{last.left} 个文件删不掉。", f"{last.left} files could not be deleted.")
        if last.left
        else Phrase("数据库的日志文件还没有清空。", "The database's log was not emptied yet.")
    )
    again = Phrase(
        "一小时内自动再试；一直这样请检查磁盘。", "It is tried again within the hour; if it stays, check the disk."
    )
    return Finding("retention", Health.AMBER, Phrase(zh, en), why, again)
