"""`central notices …`, `central articles …`, `central settings …`, `central holidays …`."""

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from central import board
from central.cli.answer import REFUSED, data_option, fail, json_option, message_of, print_json, usable
from central.office import open_office
from central.store.postings import StoredPosting
from kiosk.calendar import SHANGHAI
from kiosk.failure import Failure, KioskError
from kiosk.model.board import Article, Notice, NoticeKind, Topic, read_content
from kiosk.posted import EVERYWHERE

_ACTOR: Final = "operator"
_TIMES: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def notices() -> None:
    """Emergency notices on every screen: power cuts, weather, maintenance, closing."""


@notices.command("publish")
@click.argument("title")
@click.option("--kind", type=click.Choice([str(one) for one in NoticeKind]), default="other", show_default=True)
@click.option("--until", required=True, type=click.DateTime(_TIMES), help="When it is over (Asia/Shanghai).")
@click.option("--from", "begins", type=click.DateTime(_TIMES), help="When it begins; now unless told.")
@click.option("--text", default="", help="More words below the title.")
@click.option("--title-en", default="", help="The title in English.")
@click.option("--text-en", default="", help="The words below it in English.")
@click.option("--terminal", default="", help="Only this terminal; every terminal unless told.")
@click.option("--name", default="", help="Take the place of the notice with this name.")
@data_option
@json_option
@usable
def publish_notice(
    title: str,
    kind: str,
    until: datetime,
    begins: datetime | None,
    data: Path,
    db: str | None,
    terminal: str,
    name: str,
    *,
    as_json: bool,
    **words: str,
) -> None:
    """Publish a notice. Terminals show it from their next look at the platform until it is over or withdrawn."""
    with open_office(data, db) as office:
        now = office.now().astimezone(SHANGHAI).replace(second=0, microsecond=0)
        starts = begins.replace(tzinfo=SHANGHAI) if begins else now
        ends = until.replace(tzinfo=SHANGHAI)
        if ends <= max(starts, now):
            raise click.BadParameter("it would be over before it begins, or is over already", param_hint="--until")
        content = {"kind": kind, "title": title, "begins": starts, "ends": ends, **words}
        named = name or f"N{now:%Y%m%d%H%M}-{len(board.standing(office, Topic.NOTICE)) + 1}"
        stored = board.post(office, Topic.NOTICE, named, content, actor=_ACTOR, terminal=terminal)
    _told(stored, as_json=as_json)


@notices.command("list")
@data_option
@json_option
@usable
def list_notices(data: Path, db: str | None, *, as_json: bool) -> None:
    """Notices that stand, those that are over included."""
    with open_office(data, db) as office:
        now = office.now()
        rows = [_notice_row(one, now) for one in board.standing(office, Topic.NOTICE)]
    _list(rows, as_json=as_json)


@notices.command("withdraw")
@click.argument("name")
@data_option
@json_option
@usable
def withdraw_notice(name: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Take a notice away before it is over. Exit 1: there is none."""
    _withdraw(Topic.NOTICE, name, data, db, as_json=as_json)


@click.group()
def articles() -> None:
    """Policies, questions many ask, announcements: to be read and searched at every terminal, offline."""


@articles.command("publish")
@click.argument("file", type=_file)
@data_option
@json_option
@usable
def publish_articles(file: Path, data: Path, db: str | None, *, as_json: bool) -> None:
    """Publish the articles of a TOML file, `[[article]]` each; those that did not change are not sent again."""
    from central.articles import publish, read_articles  # noqa: PLC0415 -- brings pinyin tables

    with open_office(data, db) as office:
        changed = publish(office, read_articles(file), actor=_ACTOR)
    if as_json:
        print_json({"published": changed})
    else:
        click.echo("\n".join(changed) or "Nothing changed.")


@articles.command("list")
@data_option
@json_option
@usable
def list_articles(data: Path, db: str | None, *, as_json: bool) -> None:
    """Articles that stand."""
    with open_office(data, db) as office:
        rows = [_article_row(one) for one in board.standing(office, Topic.ARTICLE)]
    _list(rows, as_json=as_json)


@articles.command("withdraw")
@click.argument("name")
@data_option
@json_option
@usable
def withdraw_article(name: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Take an article away. Exit 1: there is none."""
    _withdraw(Topic.ARTICLE, name, data, db, as_json=as_json)


@click.group()
def settings() -> None:
    """Settings of terminals that may be set from afar; what a technician wrote there goes before."""


@settings.command("publish")
@click.argument("file", type=_file)
@click.option("--terminal", default="", help="Only this terminal; every terminal unless told.")
@data_option
@json_option
@usable
def publish_settings(file: Path, terminal: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Publish a TOML file of `[point]`, `[line]`, `[desk]`, `[screen]` in place of what was published before."""
    with open_office(data, db) as office:
        content, name = _toml(file), terminal or EVERYWHERE
        stored = board.post(office, Topic.SETTINGS, name, content, actor=_ACTOR, terminal=terminal)
    _told(stored, as_json=as_json)


@settings.command("show")
@data_option
@json_option
@usable
def show_settings(data: Path, db: str | None, *, as_json: bool) -> None:
    """What was published: for all, then for single terminals."""
    with open_office(data, db) as office:
        rows = [_settings_row(one) for one in board.standing(office, Topic.SETTINGS)]
    _list(rows, as_json=as_json)


@settings.command("withdraw")
@click.option("--terminal", default="", help="Only what was published for this terminal.")
@data_option
@json_option
@usable
def withdraw_settings(terminal: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Take published settings away: terminals go back to their own. Exit 1: there are none."""
    _withdraw(Topic.SETTINGS, terminal or EVERYWHERE, data, db, as_json=as_json)


@click.group()
def holidays() -> None:
    """The holiday table that working days are counted by."""


@holidays.command("publish")
@click.argument("file", type=_file)
@data_option
@json_option
@usable
def publish_holidays(file: Path, data: Path, db: str | None, *, as_json: bool) -> None:
    """Publish a table, as JSON, without a new catalogue: `{"years": {"2027": {"holidays", "workdays"}}, "source"}`."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise KioskError(Failure.POSTING_UNREADABLE, where=file.name) from error
    with open_office(data, db) as office:
        stored = board.post(office, Topic.HOLIDAYS, EVERYWHERE, content, actor=_ACTOR)
    _told(stored, as_json=as_json)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KioskError(Failure.CONFIG_INVALID, where=file.name) from error


def _withdraw(topic: Topic, name: str, data: Path, db: str | None, *, as_json: bool) -> None:
    with open_office(data, db) as office:
        gone = board.withdraw(office, topic, name, actor=_ACTOR)
    if not gone:
        error = KioskError(Failure.POSTING_UNREADABLE, reason="absent")
        fail(error.failure.code, message_of(error), as_json=as_json, status=REFUSED)
    if as_json:
        print_json({"ok": True, "name": name})
    else:
        click.echo(f"{name}: withdrawn")


def _told(stored: StoredPosting, *, as_json: bool) -> None:
    if as_json:
        print_json({"ok": True, "name": stored.name, "sequence": stored.sequence})
    else:
        click.echo(f"{stored.name}: published")


def _list(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))


def _row(one: StoredPosting) -> dict[str, Any]:
    return {"name": one.name, "posted_at": _told_at(one.at), "terminal": one.terminal or None}


def _notice_row(one: StoredPosting, now: datetime) -> dict[str, Any]:
    notice = read_content(one.content, Notice)
    times = {"begins": _told_at(notice.begins), "ends": _told_at(notice.ends)}
    return _row(one) | {"kind": str(notice.kind), "title": notice.title, **times, "over": notice.over(now)}


def _article_row(one: StoredPosting) -> dict[str, Any]:
    article = read_content(one.content, Article)
    return _row(one) | {"kind": str(article.kind), "title": article.title, "as_of": article.as_of.isoformat()}


def _settings_row(one: StoredPosting) -> dict[str, Any]:
    return _row(one) | {"settings": msgspec.json.decode(one.content)}


def _told_at(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
