"""A legal paper as PDF. Imported on use, because fonts and layout are needed only where papers are drawn."""

from central.decisions import LegalPaper, PaperKind


def draw(paper: LegalPaper) -> bytes:
    """The PDF of a paper."""
    from central.papers import acceptance_notice, correction_notice, refusal_notice  # noqa: PLC0415 -- see above

    drawn = {
        PaperKind.ACCEPTANCE: acceptance_notice,
        PaperKind.REFUSAL: refusal_notice,
        PaperKind.CORRECTION: correction_notice,
    }
    return drawn[paper.kind](paper)
