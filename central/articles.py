"""Articles from an author's file to the board: read, given the sound of their titles, posted where they changed."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from central import board
from central.authoring.pinyin import sound_of
from central.office import Office
from kiosk.failure import Failure, KioskError
from kiosk.model.board import Topic


def read_articles(file: Path) -> dict[str, dict[str, Any]]:
    """The articles of a TOML file, `[[article]]` each, by their `name`.

    Raises:
        KioskError: `POSTING_UNREADABLE` naming the place.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KioskError(Failure.POSTING_UNREADABLE, where=file.name) from error
    found: dict[str, dict[str, Any]] = {}
    for place, article in enumerate(raw.get("article", [])):
        name = article.pop("name", "") if isinstance(article, dict) else ""
        if not isinstance(name, str) or not name or name in found:
            raise KioskError(Failure.POSTING_UNREADABLE, where=f"article[{place}].name")
        found[name] = article
    if not found or set(raw) != {"article"}:
        raise KioskError(Failure.POSTING_UNREADABLE, where="article")
    return found


def publish(office: Office, articles: dict[str, dict[str, Any]], *, actor: str) -> list[str]:
    """Post what is new or changed; the names of those.

    Raises:
        KioskError: `POSTING_UNREADABLE` for the first that is wrong; those before it are posted.
    """
    standing = {one.name: one.content for one in board.standing(office, Topic.ARTICLE)}
    changed = []
    for name, article in articles.items():
        sound = sound_of(str(article.get("title", "")))
        content = {**article, "pinyin": sound.pinyin, "initials": sound.initials}
        if standing.get(name) != msgspec.json.encode(content):
            board.post(office, Topic.ARTICLE, name, content, actor=actor)
            changed.append(name)
    return changed
