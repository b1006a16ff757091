"""What went wrong, in the words of whoever runs a platform: cause, then the one thing to do next."""

from typing import Final

from kiosk.failure import Failure

_WORDS: Final[dict[tuple[Failure, str], tuple[str, str]]] = {
    (Failure.KEY_ABSENT, "not_founded"): (
        "这个目录里还没有平台。请先运行 central serve。",
        "No platform was founded in this directory. Run central serve first.",
    ),
    (Failure.KEY_ABSENT, ""): (
        "平台密钥缺失或不完整。请从备份恢复 keys 目录;没有密钥就打不开已收到的材料。",
        "A platform key is missing or cut. Restore the keys directory from its backup; nothing opens without it.",
    ),
    (Failure.KEY_EXPOSED, ""): (
        "平台密钥能被其他用户读取。请把 keys 目录里的文件权限改为 0600。",
        "A platform key can be read by other users. Set the files in keys to mode 0600.",
    ),
    (Failure.AGENT_ALREADY_RUNNING, ""): (
        "另一个进程正在这个目录上提供服务。请先停止它。",
        "Another process already serves this directory. Stop it first.",
    ),
    (Failure.STORE_UNREADABLE, ""): (
        "打不开平台数据库。请检查目录、权限和磁盘。",
        "The platform's database cannot be opened. Check directory, permissions and disk.",
    ),
    (Failure.STORE_UNREADABLE, "target"): (
        "不能写到指定的地方。请检查路径、权限和磁盘。",
        "Nothing can be written there. Check the path, its rights and the disk.",
    ),
    (Failure.BLOB_DAMAGED, "rescue"): (
        "救援密钥打不开它：属于别的平台或别的终端，或文件已改动。请核对 --terminal 和文件。",
        "The rescue key does not open it: of another platform or terminal, or changed. Check --terminal and file.",
    ),
    (Failure.BLOB_DAMAGED, "absent"): (
        "这份备份里没有封给平台的密钥。请用终端目录里的 rescue.sealed。",
        "This backup holds no key for the platform. Use the rescue.sealed of the terminal's directory.",
    ),
    (Failure.BACKUP_DAMAGED, ""): (
        "备份文件开头不完整。请换一份备份，或用 rescue.sealed。",
        "The beginning of this backup is not whole. Take another one, or rescue.sealed.",
    ),
    (Failure.CATALOGUE_ABSENT, ""): (
        "还没有发布目录。请先运行 central catalogue publish。",
        "No catalogue was published yet. Run central catalogue publish first.",
    ),
    (Failure.STORE_NEWER, ""): (
        "平台数据库由更新的版本写成。请用那个版本运行;没有改动任何内容。",
        "A newer version wrote this database. Run that version; nothing was changed.",
    ),
    (Failure.STORE_CORRUPT, ""): (
        "平台数据库已损坏。请从备份恢复;没有改动任何内容。",
        "The platform's database is damaged. Restore it from its backup; nothing was changed.",
    ),
    (Failure.STORE_WRONG_KEY, ""): (
        "密钥与数据库不属于同一个平台。请恢复配套的 keys 目录。",
        "These keys belong to another platform than this database. Restore the keys that belong to it.",
    ),
    (Failure.STORE_FULL, ""): ("磁盘已满。请腾出空间再试。", "The disk is full. Free some space and try again."),
    (Failure.STORE_BUSY, ""): ("数据库正忙。请再试一次。", "The database is busy. Try again."),
    (Failure.NOT_PROVISIONED, ""): ("没有这台终端。", "There is no such terminal. See central terminals list."),
    (Failure.CASE_UNKNOWN, ""): ("没有这个办件。请核对编号。", "There is no such case. Check the number."),
    (Failure.CASE_ILLEGAL_MOVE, "incomplete"): (
        "材料还没有全部到达,暂不能决定。请等材料到齐。",
        "Files of this case are still on their way. Decide when all of them are here.",
    ),
    (Failure.CASE_ILLEGAL_MOVE, "changed"): (
        "办件刚刚有变化。请重新查看后再决定。",
        "The case changed just now. Look at it again before deciding.",
    ),
    (Failure.CASE_ILLEGAL_MOVE, ""): (
        "办件当前的状态不允许这样决定。",
        "The case is not in a state that allows this decision.",
    ),
    (Failure.CATALOGUE_BROKEN, ""): (
        "目录有误,没有发布。请按所示位置改正。",
        "The catalogue has a fault and was not published. Correct the place named.",
    ),
    (Failure.NOT_YET, "only_sqlite"): (
        "这个版本只支持 SQLite。",
        "This version works on SQLite only.",
    ),
    (Failure.COURIER_UNREGISTERED, ""): (
        "这个 U 盘没有登记。请先运行 central courier register。",
        "This stick is not registered. Run central courier register first.",
    ),
    (Failure.COURIER_FOREIGN, ""): (
        "这个 U 盘登记在别的平台名下。确要改用时请重新登记。",
        "This stick is registered to another platform. Register it anew if it is to be used here.",
    ),
    (Failure.COURIER_FULL, ""): (
        "U 盘空间不够。原有内容没有变。请清出空间或换一个。",
        "The stick is full; what was on it stands. Free space or take another one.",
    ),
    (Failure.COURIER_UNREADABLE, ""): (
        "U 盘读写不了。请检查是否插好、写保护和文件系统,再试一次。",
        "The stick cannot be read or written. Check plug, write protection and file system, then try again.",
    ),
    (Failure.CONFIG_INVALID, ""): ("设置有误。", "A setting is wrong."),
    (Failure.FEEDBACK_UNKNOWN, ""): ("没有这一件。请核对编号。", "There is no such feedback. Check the number."),
    (Failure.ANSWERS_INVALID, "length"): ("答复不能空着,也不能超过 2000 字。", "An answer has 1 to 2,000 characters."),
    (Failure.POSTING_UNREADABLE, ""): (
        "内容有误,没有发布。请按所示位置改正。",
        "Nothing was published. Correct the place named.",
    ),
    (Failure.POSTING_UNREADABLE, "absent"): ("没有这条发布的内容。", "Nothing is published under that name."),
}


def platform_words(failure: Failure, reason: str, *, chinese: bool) -> str:
    """The sentences for a failure and its reason; a failure this page does not know says its code."""
    found = _WORDS.get((failure, reason)) or _WORDS.get((failure, ""))
    if found is None:
        return failure.code
    return found[0] if chinese else found[1]
