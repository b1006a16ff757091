"""What the platform says of itself: JSON lines on stderr with ids, counts and failure codes, never personal data."""

import sys

import structlog
from structlog.typing import FilteringBoundLogger

_INFO = 20


def make_log() -> FilteringBoundLogger:
    """A log on stderr."""
    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_INFO),
    )
    return logger
