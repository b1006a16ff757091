"""Words for what people are to each other, for texts that are put together in Python."""

from PySide6.QtCore import QCoreApplication


def relation_words(relation: str) -> str:
    """The relation in the language of the screen."""
    translate = QCoreApplication.translate
    return {
        "self": translate("Relation", "本人"),
        "spouse": translate("Relation", "配偶"),
        "child": translate("Relation", "子女"),
        "parent": translate("Relation", "父母"),
        "grandparent": translate("Relation", "祖父母、外祖父母"),
        "grandchild": translate("Relation", "孙子女、外孙子女"),
        "sibling": translate("Relation", "兄弟姐妹"),
        "guardian": translate("Relation", "监护人"),
        "neighbour": translate("Relation", "邻居"),
        "village_staff": translate("Relation", "村（社区）工作人员"),
        "other": translate("Relation", "其他"),
    }.get(relation, relation)
