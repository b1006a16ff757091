"""When a material is asked for, in the words a person reads before anybody has asked them anything."""

from kiosk.catalogue.item import MaterialRule, ServiceItem


def asked_when(rule: MaterialRule, item: ServiceItem) -> str:
    """Such as 请人代办时 or 选“租的房子”时; empty where everybody is asked."""
    names = {choice.id: choice.name for one in item.scenarios for choice in one.choices}
    chosen = "或".join(f"“{names[one]}”" for one in rule.scenario_ids if one in names)
    return "，".join(part for part in (f"选{chosen}时" if chosen else "", rule.when_text) if part)
