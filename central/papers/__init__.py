"""The authority's papers: 受理通知书, 不予受理通知书, 补正告知书. The typography is `kiosk.papers`'."""

from central.papers.acceptance import acceptance_notice
from central.papers.correction import correction_notice
from central.papers.refusal import refusal_notice

__all__ = ["acceptance_notice", "correction_notice", "refusal_notice"]
