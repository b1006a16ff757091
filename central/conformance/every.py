"""Every check, in the order they are tried: each stands on what came before."""

from dataclasses import replace

from central.conformance import forms, meeting, news, pieces, signing

CHECKS = (
    *meeting.CHECKS,
    *signing.CHECKS,
    replace(news.FETCH, first=True),
    *forms.CHECKS,
    *pieces.CHECKS,
    *news.CHECKS,
)
