"""A legal paper as PDF. Imported on use, because fonts and layout are needed only where papers are drawn."""

from central.decisions import LegalPaper, PaperKind


def draw(paper: LegalPaper) -> bytes:
    """The PDF of a paper."""
    from central import papers  # noqa: PLC0415 -- see above

    drawn = {
        PaperKind.ACCEPTANCE: papers.acceptance_notice,
        PaperKind.REFUSAL: papers.refusal_notice,
        PaperKind.CORRECTION: papers.correction_notice,
    }
    return drawn[paper.kind](paper)
