"""What speaks against a page beside its looks: words on it that say it is another paper, or another person's card."""

from typing import Final

from kiosk.catalogue.item import MaterialRule
from kiosk.failure import Failure
from kiosk.model.case import Draft
from kiosk.model.devices import PageScanned
from kiosk.pagetext import is_titled, shows_id_number

ID_CARD: Final = "身份证"
_FORM: Final = "申请表格"


def worth_reading(rule: MaterialRule) -> bool:
    """Whether words on a page of this material can say that it is a wrong one."""
    return rule.type == _FORM or ID_CARD in rule.name


def doubt_of(page: PageScanned, rule: MaterialRule, draft: Draft, member: str | None) -> Failure | None:
    """The first thing a person should look at before the page is used; a hint, and never the last word."""
    if page.findings:
        return page.findings[0]
    if not page.text:
        return None
    if ID_CARD in rule.name:
        number = _number(draft, member)
        return Failure.PAGE_OTHER_NUMBER if number and shows_id_number(page.text, number) is False else None
    return Failure.PAGE_OTHER_FORM if rule.type == _FORM and is_titled(page.text, rule.name) is False else None


def _number(draft: Draft, member: str | None) -> str:
    if member is not None:
        return next((one.person.id_no for one in draft.members if one.ref == member), "")
    # Whose card it is, the applicant's or the agent's, the material's name says to people only.
    return draft.applicant.person.id_no if draft.applicant and draft.agent is None else ""
