"""A catalogue of any size for measuring: plausible names and whole guides, the same every time.

Names are put together from real vocabulary of county and township halls; texts, codes and organisations are made up.
"""

from collections.abc import Iterator
from typing import Any

from kiosk.identity.codes import uscc_check


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WHO = _words(
    "残疾人 高龄老人 困难儿童 低保家庭 灵活就业人员 退役军人 失业人员 城乡居民 农村五保户 外来务工人员 "
    "个体工商户 在校学生 独生子女家庭 归国华侨 被征地农民 重度残疾人 特困人员 孤儿 创业青年 家庭农场"
)
_WHAT = _words(
    "生活补贴 护理补贴 医疗救助 临时救助 养老保险 医疗保险 失业保险 工伤保险 社会保障卡 居住证 户口簿 优待证 "
    "就业登记 职业培训补贴 创业担保贷款 公租房 危房改造 教育资助 营养改善 生育登记 婚姻登记 殡葬补贴 法律援助 "
    "宅基地 农机购置补贴 耕地保护补贴 林木采伐 动物防疫 食品小作坊 小餐饮店 卫生许可 公共场所 户外广告 "
    "道路运输 出租汽车 网络预约车 排水许可 供水报装 用电报装 燃气报装 不动产登记 住房公积金 税务登记 发票领用"
)
_DO = _words("申请 办理 登记 变更 注销 补领 换领 年审 核定 转移接续 资格认证 查询")
_TOWN = _words("近办 协兴 花桥 乐清 太平 永兴 新店 石桥 金山 龙门 白马 青龙 双河 长乐 单县 浚县 朝阳 中牟 铅山 东阿")
_VILLAGE = _words("牌坊 红旗 民主 向阳 前进 团结 光明 和平 胜利 建设 五星 八一 东风 幸福 友谊 解放 曙光 先锋 跃进 卫星")
_TOPICS = _words("社会保障 社会救助 劳动就业 医疗卫生 住房保障 教育文化 户籍户政 婚姻生育 残疾人服务 老年人服务")


def generated_items(count: int) -> Iterator[dict[str, Any]]:
    """`count` items as an author writes them, each with its own name and code."""
    return (generated_item(index) for index in range(count))


def generated_name(index: int) -> str:
    """The name of item `index`: a matter of a group; beyond 10,560 of a village too."""
    rest, what = divmod(index, len(_WHAT))
    rest, who = divmod(rest, len(_WHO))
    place, do = divmod(rest, len(_DO))
    name = f"{_WHO[who]}{_WHAT[what]}{_DO[do]}"
    if not place:
        return name
    town, village = divmod(place - 1, len(_VILLAGE))
    return f"{name}（{_TOWN[town % len(_TOWN)]}镇{_VILLAGE[village]}村）"


def generated_item(index: int) -> dict[str, Any]:
    """One item with its whole guide, about 5 kB of JSON, which passes the check of an author's work."""
    name = generated_name(index)
    uscc = _uscc(index % 40)
    catalog = f"5120{index % 100_000:05d}{index // 100_000 + 1:03d}"
    task = f"{uscc}4{catalog}"
    return {
        "code": f"{task}01",
        "handle_item_code": f"{task}01",
        "task_code": task,
        "catalog_code": catalog,
        "name": name,
        "type": "20",
        "version": 1,
        "state": "在用",
        "effective": "2026-01-01",
        "region12": "511602000000",
        "use_level": "4",
        "dept": {"name": f"演示县第{index % 40 + 1}办事局", "uscc": uscc},
        "source": "性能测量用的生成数据",
        "as_of": "2026-11-01",
        "verified": False,
        "purpose": f"仅用于办理“{name}”，核对申请人身份和条件。",
        "service_object": ["1"],
        "topics_person": [_TOPICS[index % len(_TOPICS)]],
        **_guide(name, index),
        "materials": _materials(name),
        "forms": [_form(name)],
    }


def _uscc(number: int) -> str:
    body = f"11511602{number:08d}X"
    return body + uscc_check(body)


_STEPS = (
    ("受理", "乡镇便民服务中心", "受理通知书"),
    ("审核", "乡镇民政办公室", "审核意见"),
    ("审批", "县级主管部门", "审批决定"),
    ("办结", "县级主管部门", "办结"),
    ("送达", "乡镇便民服务中心", "送达回证"),
)


def _guide(name: str, index: int) -> dict[str, Any]:
    law = f"《{name}办法》"
    return {
        "summary": f"符合条件的居民可在户籍地乡镇便民服务中心申请{name},由代办员免费帮助。",
        "basis": [
            {
                "law": law,
                "number": f"演示发〔2026〕{index % 99 + 1}号",
                "article": "第八条",
                "text": "符合条件的应予办理。" * 6,
            }
        ],
        "conditions": [
            {
                "id": "age",
                "text": "年满18周岁",
                "expr": "applicant.age >= 18",
                "basis": f"{law}第八条",
                "advice": "未满18周岁由监护人办理。",
            },
            {"id": "local", "text": "本县户籍", "basis": f"{law}第九条"},
        ],
        "statutory": {"days": 30, "unit": "工作日", "note": "自受理之日起"},
        "promise": {"days": 10 + index % 20, "unit": "工作日", "note": ""},
        "project_type": "2",
        "channels": {"window": True, "pc": True, "terminal": True, "proxy": True},
        "online_depth": "Ⅲ",
        "on_site_times": 1,
        "on_site_reason": "核对原件",
        "fee": {"charged": False, "items": [], "pay_online": False},
        "process": [{"step": step, "actor": actor, "result": result, "days": 2} for step, actor, result in _STEPS],
        "results": [{"name": f"{name}决定书", "type": "其他", "sample": "result"}],
        "papers": {"result": f"演示县办事局决定书（样本）\n准予办理{name}。"},
        "refusals": [{"id": "not_met", "text": "不符合受理条件", "basis": f"{law}第八条"}],
        "receipt_rule": {"days": 5, "unit": "工作日", "basis": "《行政许可法》第三十二条", "deemed": True},
        "addresses": [{"place": "演示县近办镇便民服务中心", "hours": "工作日 9:00–17:00", "phone": "0826-5550100"}],
        "consult_phone": "0826-5550101",
        "complaint_phone": "0826-12345",
        "faq": [{"q": f"{name}可以由家人代办吗？", "a": "可以，请带双方身份证和授权委托书。" * 3}],
        "scenarios": [
            {
                "id": "who",
                "question": "您为谁办理？",
                "choices": [{"id": "self", "name": "本人"}, {"id": "other", "name": "为家人代办"}],
            }
        ],
        "agent": {"agent": True, "guardian": True, "powers": ["提交申请", "领取结果"], "mandate_material": "mandate"},
    }


def _materials(name: str) -> list[dict[str, Any]]:
    rows = (
        ("form", f"{name}申请表", "申请表格", "必要"),
        ("id_card", "居民身份证", "证件证照", "必要"),
        ("hukou", "居民户口簿", "证件证照", "必要"),
        ("income", "家庭收入证明", "证明", "容缺后补"),
        ("mandate", "授权委托书", "其他", "非必要"),
    )
    return [
        {
            "id": ident,
            "name": title,
            "type": kind,
            "need": need,
            "basis": f"《{name}办法》第十条",
            "format": "均可",
            "originals": 1,
            "copies": 1,
            "accept_standard": "原件清晰、在有效期内，复印件注明与原件一致并签名。",
            "fill_note": "用黑色签字笔填写，不得涂改。" * 2,
            "when": 'scenario.who == "other"' if ident == "mandate" else "",
            "when_text": "请人代办时" if ident == "mandate" else "",
            "follow_days": 10 if need == "容缺后补" else 0,
            "form_id": "apply" if ident == "form" else "",
            "obtain_where": "户籍地派出所、村（社区）便民服务点",
        }
        for ident, title, kind, need in rows
    ]


def _form(name: str) -> dict[str, Any]:
    properties = {
        "name": {"type": "string", "title": "姓名", "minLength": 1, "maxLength": 50},
        "phone": {"type": "string", "title": "联系电话", "pattern": "^1[3-9][0-9]{9}$"},
        "members": {"type": "integer", "title": "家庭人口", "minimum": 1, "maximum": 20},
        "income": {"type": "number", "title": "家庭月收入（元）", "minimum": 0},
        "bank": {"type": "string", "title": "银行卡号", "pattern": "^[0-9]{16,19}$"},
        "agree": {"type": "boolean", "title": "同意核对家庭经济状况"},
    }
    return {
        "id": "apply",
        "title": f"{name}申请表",
        "schema": {
            "type": "object",
            "properties": properties,
            "required": ["name", "phone", "members"],
            "additionalProperties": False,
        },
        "order": list(properties),
        "prefill": {"name": "applicant.name", "phone": "applicant.phone"},
        "help": {"income": "近三个月平均，含务工、务农和补贴。"},
        "sample": {
            "name": "演示·张小凤",
            "phone": "15400000001",
            "members": 3,
            "income": 1200.5,
            "bank": "6200000000000000000",
            "agree": True,
        },
    }
