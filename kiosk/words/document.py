"""`python -m kiosk.words.document` draws `docs/failures.md` from the failures and their words."""

from kiosk.failure import Failure, Retry
from kiosk.words import Audience, failure_words

_HELPERS = {
    Retry.AUTO: "time alone",
    Retry.PERSON: "the person at the screen",
    Retry.STAFF: "staff",
    Retry.TECHNICIAN: "a technician",
}

_HEAD = """# Failures

Every expected failure, its cause and the one thing to do next. Drawn from `kiosk/failure.py` and
`kiosk/words/failures.toml` by `python -m kiosk.words.document`; a test fails when this page is stale. Anything that is
not listed here is a bug.
"""


def failures_document() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for failure in Failure:
        technician = failure_words(failure, Audience.TECHNICIAN, "en")
        chinese = failure_words(failure, Audience.TECHNICIAN, "zh")
        resident = failure_words(failure, Audience.RESIDENT, "zh")
        parts.append(
            f"## `{failure.code}`\n\n"
            f"{technician.cause} **{technician.action}** Helped by {_HELPERS[failure.retry]}. "
            f"In code: `Failure.{failure.name}`.\n\n"
            f"{chinese.cause}{chinese.action}\n\n"
            f"The resident reads: {resident.cause}{resident.action}\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    import sys

    sys.stdout.write(failures_document())
