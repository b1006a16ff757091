"""A daughter for her mother, a husband for his household: who stands here and for whom is never confused."""

from kiosk.cli.byways import DAUGHTER, WIFE, Byways
from kiosk.cli.headless import CARD
from kiosk.model.people import AgentKind, Relation
from tests.ui.conftest import Show, Shown


def _byways(shown: Shown) -> Byways:
    return Byways(shown.screen, shown.hand, shown.stage.devices, shown.tour.photograph)


def test_a_daughter_applies_for_her_mother_and_both_are_known_by_their_own_cards(show: Show) -> None:
    shown = show()
    walk = _byways(shown)
    walk.to_card()
    walk.who_with(DAUGHTER)
    shown.hand.touch("forFamily")
    walk.at("other")
    shown.hand.touch("relation_parent")
    walk.tap(CARD)
    walk.to_form()
    draft = shown.part("visit").session.draft
    walk.leave()

    assert draft.applicant.person.name.endswith("张秀英")
    assert draft.agent.person.name.endswith("李晓芳")
    assert (draft.agent.kind, draft.agent.relation) == (AgentKind.AGENT, Relation.CHILD)
    assert draft.agent.powers


def test_who_first_said_for_another_can_still_apply_for_themselves(show: Show) -> None:
    shown = show()
    walk = _byways(shown)
    walk.to_card()
    walk.who_with(DAUGHTER)
    shown.hand.touch("forFamily")
    walk.at("other")
    shown.hand.touch("relation_parent")
    walk.tap(CARD)
    walk.to_form()
    while walk.state() != "who":
        before = walk.state()
        shown.hand.touch("backButton")
        shown.hand.until(lambda: walk.state() != before or walk.state() == "scenario", "a step back")  # noqa: B023 -- waits here
    shown.hand.touch("forMyself")
    walk.to_form()
    draft = shown.part("visit").session.draft
    walk.leave()

    assert draft.agent is None
    assert draft.applicant.person.name.endswith("李晓芳")


def test_a_household_is_named_one_by_one_and_shown_masked(show: Show) -> None:
    shown = show(size="1280x800")
    walk = _byways(shown)
    seen: list[str] = []
    walk.photograph = lambda name: seen.append(shown.texts()) if name == "member_list" else None
    drafts: list[object] = []
    shown.part("visit").entered.connect(
        lambda state: drafts.append(shown.part("visit").session.draft) if state == "form" else None
    )
    walk.a_household()
    member = drafts[0].members[0]  # type: ignore[attr-defined] # a draft

    assert (member.person.id_no, member.person.name) == WIFE
    assert member.relation is Relation.SPOUSE
    assert member.answers
    assert WIFE[0] not in seen[0]
    assert "演示·张**" in seen[0]
