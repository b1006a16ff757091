"""Holds any platform against `docs/sync-protocol.md` by speaking to it as a terminal would.

`probe` is the terminal, `checking` what a check is; the checks themselves stand by section: `meeting` (enrolment),
`signing`, `forms`, `pieces` (frames) and `news` (changes, inquiries).
"""
