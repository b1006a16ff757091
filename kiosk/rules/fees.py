"""What is to be paid for one application, by the catalogue's own conditions."""

from decimal import Decimal

from kiosk.catalogue.afterwards import FeeItem
from kiosk.rules.compiled import ItemRules
from kiosk.rules.facts import Facts
from kiosk.rules.view import view_of


def fees_due(rules: ItemRules, facts: Facts) -> tuple[FeeItem, ...]:
    """The charges that apply. One whose condition hangs on something unknown does not: nobody pays on a guess."""
    if not rules.item.fee.charged:
        return ()
    values = view_of(rules, facts).values if rules.fees else {}
    return tuple(
        one
        for place, one in enumerate(rules.item.fee.items)
        if place not in rules.fees or rules.fees[place].judge(values).value is True
    )


def fen_of(charges: tuple[FeeItem, ...]) -> int:
    """Their sum in hundredths of a yuan, of those that are fixed."""
    return sum(int(Decimal(one.yuan) * 100) for one in charges if one.yuan)


def in_words(charges: tuple[FeeItem, ...]) -> str:
    """Those without a fixed amount, as the catalogue words them."""
    return "；".join(f"{one.name}：{one.standard}" for one in charges if not one.yuan)
