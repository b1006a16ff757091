"""The terminal without its devices: settings, disk, key, database and what stands in it, clock and line."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kiosk.calendar import SHANGHAI
from kiosk.cli.health.finding import Finding, Health, Phrase, looked, trouble, well, words
from kiosk.cli.health.memory import look_at_memory
from kiosk.cli.health.panel import look_at_screen
from kiosk.cli.health.retention import look_at_retention
from kiosk.cli.wiring import clock_of, open_terminal
from kiosk.clock import CLOCK_MARK, read_mark
from kiosk.config import FILE_NAME as CONFIG_FILE
from kiosk.config import read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.printing import OpenEnd
from kiosk.model.terminal import LineStatus, LinkState, ScansWait, TerminalIdentity, Waiting
from kiosk.ports import Store

_LEAST_FREE_BYTES = 512 * 1024 * 1024
_OLD_CATALOGUE_DAYS = 30
_WAITS = {
    ScansWait.METERED: Phrase("网络按流量计费（metered）", "the line is metered"),
    ScansWait.BUDGET: Phrase("流量上限到了（budget_mb）", "the data budget is spent (budget_mb)"),
    ScansWait.NIGHT: Phrase("不在送扫描件的时段（scans_between）", "not their hours (scans_between)"),
}
_SOURCES = {
    "file": Phrase("来自密钥文件", "from a file"),
    "systemd": Phrase("来自 systemd 凭据", "from a systemd credential"),
    "tpm": Phrase("由 TPM 封存", "sealed by the TPM"),
}

_SUITE_WORDS = {
    "aes": Phrase("AES-256-GCM，SHA-256", "AES-256-GCM, SHA-256"),
    "sm": Phrase("SM4-GCM，SM3（支持 SM3/SM4，未经测评）", "SM4-GCM, SM3 (SM3/SM4 supported, not assessed)"),
}


def look_at_terminal(data: Path) -> Iterator[Finding]:
    """One finding each, in the order somebody would look. Without a database nothing behind it is asked."""
    yield from looked("config", lambda: _config(data))
    yield from looked("disk", lambda: [_disk(data)])
    yield from looked("memory", lambda: [look_at_memory()])
    yield from looked("key", lambda: [_key(data)])
    yield from looked("screen", lambda: look_at_screen(data))
    try:
        store = open_terminal(data)
    except KioskError as error:
        yield trouble("database", error)
        return
    with closing(store):
        yield from looked("database", lambda: [_database(store)])
        yield from looked("terminal", lambda: [_terminal(store)])
        yield from looked("clock", lambda: [_clock(store)])
        yield from looked("catalogue", lambda: [_catalogue(store)])
        yield from looked("journal", lambda: [_journal(store)])
        yield from looked("retention", lambda: [look_at_retention(store)])
        yield from looked("line", lambda: [_line(data, store)])
        yield from looked("papers", lambda: [_papers(store)])


def identity_of(data: Path) -> TerminalIdentity | None:
    """Who this terminal is, None where it is none yet."""
    try:
        with closing(open_terminal(data)) as store:
            return store.settings.identity()
    except KioskError:
        return None


def _config(data: Path) -> Iterator[Finding]:
    settings = read_config(data)
    if (data / CONFIG_FILE).exists():
        yield well("config", "可以读取", "readable")
    else:
        yield well("config", "默认值", "defaults")
    yield Finding("seal", Health.WELL, _SUITE_WORDS[settings.seal.suite])


def _disk(data: Path) -> Finding:
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        raise KioskError(Failure.STORE_UNREADABLE, role="data") from error
    megabytes = free // (1024 * 1024)
    state = Phrase(f"剩余 {megabytes} MB", f"{megabytes} MB free")
    if free < _LEAST_FREE_BYTES:
        return trouble("disk", Failure.STORE_FULL, state)
    return Finding("disk", Health.WELL, state)


def _key(data: Path) -> Finding:
    from local_db.keys import FILE_NAME as KEY_FILE  # noqa: PLC0415
    from local_db.keys import Standing, provider_for  # noqa: PLC0415
    from local_db.opening import FILE_NAME  # noqa: PLC0415

    provider = provider_for(data)
    try:
        provider.key()
    except KioskError as error:
        if error.failure is not Failure.KEY_ABSENT or (data / FILE_NAME).exists():
            raise
        return Finding(
            "key",
            Health.AMBER,
            Phrase("还没有", "none yet"),
            Phrase("终端还没有登记。", "The terminal is not enrolled."),
            Phrase("登记终端时自动生成。", "Enrolling the terminal makes it."),
        )
    source = _SOURCES.get(provider.name, Phrase(f"来自 {provider.name}", f"from {provider.name}"))
    if provider.standing is Standing.GREEN and not (provider.name == "tpm" and (data / KEY_FILE).exists()):
        return Finding("key", Health.WELL, source)
    return Finding(
        "key",
        Health.AMBER,
        source,
        Phrase(
            "密钥文件也在盘上，拿走磁盘的人也拿到了它。", "The key file is on the disk: whoever takes that has it too."
        ),
        Phrase("请用 kiosk key to-tpm，或改用 systemd 凭据。", "Use kiosk key to-tpm, or a systemd credential."),
    )


def _database(store: Store) -> Finding:
    from local_db.salvage import report_of  # noqa: PLC0415

    done = report_of(store.settings)
    if done is None:
        return well("database", "能用密钥打开，结构是最新的", "opens with its key, schema is current")
    taken = done.taken
    lost = ", ".join(taken.lost)
    return Finding(
        "database",
        Health.AMBER,
        Phrase(
            f"损坏后重建：救回 {taken.cases} 件，其中 {taken.waiting} 件待送；丢失 {len(taken.lost)} 件",
            f"begun anew after damage: {taken.cases} cases saved, {taken.waiting} of them to be sent, "
            f"{len(taken.lost)} lost",
        ),
        Phrase(
            f"有 {done.damaged_pages} 页损坏，旧库在 aside/{done.kept}。{f'丢失的编号：{lost}' if lost else ''}",
            f"{done.damaged_pages} pages were damaged; the old one lies in aside/{done.kept}. "
            f"{f'Numbers lost: {lost}' if lost else ''}",
        ),
        Phrase(
            "请更换磁盘；丢失编号的办件请联系当事人重交。", "Replace the disk; ask the people of lost numbers back."
        ),
    )


def _terminal(store: Store) -> Finding:
    identity = store.settings.identity()
    if (why := store.settings.stopped()) is not None:
        return trouble("terminal", KioskError(Failure.TERMINAL_STOPPED, reason=why))
    demo = Phrase("（演示）", " (demo)") if identity.demo else Phrase()
    return well(
        "terminal",
        f"{identity.terminal}，第 {identity.epoch} 期，{identity.point_name}{demo.zh}",
        f"{identity.terminal} epoch {identity.epoch}, {identity.point_name}{demo.en}",
    )


def _clock(store: Store) -> Finding:
    clock = clock_of(store)
    time = f"{clock.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if clock.trusted():
        return well("clock", time, time)
    mark = read_mark(store.settings.get(CLOCK_MARK))
    steady = mark.steady() if mark else None
    if steady is not None:
        known = f"{steady.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        why = Phrase(
            f"按平台时间推算现在是 {known}，本机时间被改过；办件按推算的时间。",
            f"By the platform's time it is {known}; this clock was set. Cases go by the platform's time.",
        )
    else:
        why = Phrase(
            "比已知的平台时间早太多或晚太多，或早于本软件的日期。",
            "It lies too far from the platform's last time, or before this software's own date.",
        )
    return Finding(
        "clock",
        Health.BAD,
        Phrase(f"{time} 不可信", f"{time} is not believed"),
        why,
        Phrase("照常办事；请校准时间并检查主板电池。", "Work goes on; set the time and check the board's battery."),
    )


def _catalogue(store: Store) -> Finding:
    head = store.shelf.head()
    age = (clock_of(store).now() - head.issued_at).days
    state = Phrase(
        f"第 {head.version} 版，{head.items} 个事项，截至 {head.as_of}",
        f"version {head.version}, {head.items} items, as of {head.as_of}",
    )
    if age <= _OLD_CATALOGUE_DAYS:
        return Finding("catalogue", Health.WELL, state)
    return Finding(
        "catalogue",
        Health.AMBER,
        state,
        Phrase(f"已有 {age} 天没有更新。", f"It is {age} days old."),
        Phrase(
            "联网后自动更新；没有网络时用 kiosk catalogue import。",
            "It updates with the line; without: kiosk catalogue import.",
        ),
    )


def _journal(store: Store) -> Finding:
    position, _ = store.journal.verify()
    return well("journal", f"{position} 条，链条完整", f"{position} entries, chain whole")


def _line(data: Path, store: Store) -> Finding:
    from sync.line import AgentLine  # noqa: PLC0415

    status = AgentLine(data, store.outbox.counts).status()
    zh = f"待送出 {status.queued} 件，停下 {status.parked} 件"
    en = f"{status.queued} waiting, {status.parked} parked"
    if status.state is LinkState.SILENT:
        return Finding(
            "line",
            Health.BAD,
            Phrase(f"没有人在送；{zh}", f"nobody sends; {en}"),
            Phrase("送件程序没有运行。", "The agent is not running."),
            Phrase("请启动 kiosk sync（或它的系统服务）。", "Start kiosk sync, or its service."),
        )
    if status.failure == Failure.AGENT_FAULTY.code:
        return trouble("line", Failure.AGENT_FAULTY, Phrase(zh, en))
    return _contact(status, zh, en)


def _contact(status: LineStatus, zh: str, en: str) -> Finding:
    online = status.state is not LinkState.OFFLINE
    state = Phrase(f"在线；{zh}", f"online; {en}") if online else Phrase(f"离线；{zh}", f"offline; {en}")
    if status.parked:
        return Finding(
            "line",
            Health.AMBER,
            state,
            Phrase("有件停下了，不会自己再送。", "Something is parked and will not go by itself."),
            Phrase(
                "请看 kiosk cases list，处理后 kiosk cases resend。", "See kiosk cases list, then kiosk cases resend."
            ),
        )
    if online:
        return Finding("line", Health.WELL, _and_why(state, status.waiting))
    failure = next((one for one in Failure if one.code == status.failure), None)
    cause, action = words(failure) if failure else (Phrase("还没有联系上。", "No contact yet."), Phrase())
    return Finding("line", Health.AMBER, state, cause, action, status.failure)


def _and_why(state: Phrase, waiting: Waiting | None) -> Phrase:
    """What scans wait for and until when, by the technician's own settings."""
    if waiting is None:
        return state
    why = _WAITS[waiting.why]
    if waiting.until is None:
        return Phrase(f"{state.zh}；扫描件在等：{why.zh}", f"{state.en}; scans wait: {why.en}")
    until = f"{waiting.until.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return Phrase(f"{state.zh}；扫描件等到 {until}：{why.zh}", f"{state.en}; scans wait until {until}: {why.en}")


def _papers(store: Store) -> Finding:
    found = store.papers.open_ends()
    if not found:
        return well("papers", "每一张都有结果", "every print has a known end")
    uncertain = sum(one.end is OpenEnd.UNCERTAIN for one in found)
    parked = len(found) - uncertain
    return Finding(
        "papers",
        Health.AMBER,
        Phrase(f"{uncertain} 张不知道打完没有，{parked} 张等打印机", f"{uncertain} of unknown end, {parked} waiting"),
        Phrase("打印机没有说打完，或当时打不了。", "The printer did not report their end, or could not print."),
        Phrase(
            "请看 kiosk papers list：看过出纸口用 settle 登记，没有打的从办件里打印。",
            "See kiosk papers list: look into the tray and settle them, print what is missing from its case.",
        ),
    )
