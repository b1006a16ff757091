"""The whole guide as a paper: every section that has something to say, in the order people ask."""

from typing import Final

from kiosk.catalogue.item import ServiceItem
from kiosk.guide.rows import SECTIONS, days_of, section
from kiosk.guide.wording import as_written
from kiosk.model.devices import PageSize
from kiosk.papers.content import GuideLine, GuidePaper, GuideSection, PaperHead

_TITLES: Final = {
    "materials": "要带什么",
    "conditions": "谁能办",
    "process": "怎么办、多久",
    "fee": "收费",
    "results": "能拿到什么",
    "places": "在哪办、问谁",
    "papers": "表格和样表（自助终端上可以打印）",
    "faq": "常见问题",
    "basis": "政策依据",
    "rights": "什么情况不予受理，办不成怎么办",
    "about": "别的事项信息",
}


def guide_paper(head: PaperHead, item: ServiceItem, size: PageSize) -> GuidePaper:
    """办事指南 of an item."""
    rows = {name: section(name, item, as_written, head.hotline) for name in SECTIONS}
    place = item.addresses[0] if item.addresses else None
    return GuidePaper(
        head=head,
        item_name=item.name,
        item_code=item.code,
        facts=(
            ("办理部门", item.dept.name),
            ("办理时限", days_of(item.promise, as_written)),
            ("收费", "不收费" if not item.fee.charged else "、".join(one.name for one in item.fee.items)),
            ("办理地点", f"{place.place}　{place.hours}".strip() if place else ""),
            ("咨询电话", item.consult_phone),
            ("事项编码", item.code),
        ),
        sections=tuple(
            GuideSection(_TITLES[name], tuple(GuideLine(one.title, one.body, one.note, one.tags) for one in said))
            for name, said in rows.items()
            if said
        ),
        summary=item.summary,
        as_of=item.as_of,
        size=size,
    )
