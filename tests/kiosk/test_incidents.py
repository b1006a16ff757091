"""Whatever goes wrong while somebody stands there, nobody is named in what is told of it."""

import io
import json
import logging
import subprocess
import sys
from typing import Any

import pytest

from kiosk.cli.answer import fail, message_of
from kiosk.cli.health.finding import Finding, looked, trouble
from kiosk.failure import Failure, KioskError
from kiosk.incidents import Plain, told
from kiosk.words import Audience, failure_words

PERSON = {
    "name": "演示·张小凤",
    "id_no": "00000019500101001X",
    "address": "演示县测试镇近办村一组七号",
    "phone": "15400000001",
}


def raised(failure: Failure) -> KioskError:
    """The failure, as it comes out of work on a person: they stand in the frame, and in what it was raised from."""
    with pytest.raises(KioskError) as caught:
        work_on(dict(PERSON), failure)
    return caught.value


def work_on(person: dict[str, str], failure: Failure) -> None:
    try:
        int(f"{person}")
    except ValueError as error:
        raise KioskError(failure, reason="here", count=len(person)) from error


def named(text: str) -> list[str]:
    """What of the person stands in a text, however JSON or repr write it."""
    forms = {kind: (word, json.dumps(word)[1:-1], ascii(word)[1:-1]) for kind, word in PERSON.items()}
    return [kind for kind, words in forms.items() if any(word in text for word in words)]


def as_logged(error: BaseException) -> str:
    """What a log line with the exception holds, written as every process of ours writes it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Plain("%(message)s"))
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "it failed: %s", (error,), (type(error), error, None))
    handler.emit(record)
    return out.getvalue()


def as_answered(error: KioskError, capsys: pytest.CaptureFixture[str], *, as_json: bool) -> str:
    with pytest.raises(SystemExit):
        fail(error, as_json=as_json)
    return "".join(capsys.readouterr())


def as_diagnosed(error: KioskError) -> str:
    def look() -> Any:
        raise error

    (found,) = looked("database", look)
    other: Finding = trouble("line", error.failure)
    return json.dumps([found.as_json(), other.as_json()], ensure_ascii=False) + found.cause.zh + found.action.en


def test_no_failure_of_the_list_names_anybody_wherever_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for failure in Failure:
        error = raised(failure)
        everywhere = [
            str(error),
            repr(error),
            message_of(error),
            told(error),
            as_logged(error),
            as_diagnosed(error),
            *(as_answered(error, capsys, as_json=as_json) for as_json in (False, True)),
            *(
                f"{words.cause}{words.action}"
                for audience in Audience
                for words in (failure_words(failure, audience, "zh"), failure_words(failure, audience, "en"))
            ),
        ]
        assert failure.code in everywhere[0]
        assert [named(text) for text in everywhere if named(text)] == [], failure.code


def test_an_exception_nobody_foresaw_is_told_by_kind_and_place_and_without_its_words() -> None:
    error = raised(Failure.STORE_FULL)
    lines = told(error).splitlines()

    assert named(str(error.__cause__)) == list(PERSON)
    assert lines[0] == "KioskError store.full"
    assert "ValueError" in lines
    assert [line for line in lines if "test_incidents.py:" in line and line.endswith("in work_on")]


def fallen(program: str) -> str:
    """What stands on standard error after a program fell over."""
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", program], capture_output=True, check=False)
    assert done.returncode == 1
    return done.stderr.decode()


@pytest.mark.parametrize(
    "entry", ["kiosk.cli as c; c.kiosk = fall; c.main()", "central.cli as c; c.central = fall; c.main()"]
)
def test_a_command_that_falls_over_says_where_and_names_nobody(entry: str) -> None:
    fall = f"def fall(**_: object) -> None: int('{PERSON['name']}')\n"
    usual, ours = fallen(f"{fall}fall()"), fallen(f"{fall}import {entry}")

    assert named(usual) == ["name"]
    assert ours.startswith("unexpected: ValueError\n")
    assert " in fall\n" in ours
    assert named(ours) == []


def test_a_thread_that_falls_over_names_nobody() -> None:
    program = (
        "import threading\nfrom kiosk import incidents\nincidents.install()\n"
        f"thread = threading.Thread(target=int, args=('{PERSON['id_no']}',)); thread.start(); thread.join()\n"
        "class Bad:\n    def __del__(self): int('" + PERSON["phone"] + "x')\n"
        "Bad()\n"
        "import logging\n"
        "try: int('" + PERSON["phone"] + "x')\nexcept ValueError as e: logging.getLogger('a').error('it', exc_info=e)\n"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", program], capture_output=True, check=True)
    said = done.stderr.decode()

    assert said.count("ValueError") == 3
    assert named(said) == []
