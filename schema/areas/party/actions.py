"""What the viewer may do with a case of joining the party."""

from typing import Any

import strawberry

from domain.areas.party.joining import THING, following, transitions_of
from domain.vocabulary import STAGE, Act
from resolvers.areas.party.cases import CaseView
from resolvers.areas.party.seats import own_roles
from resolvers.records import acts
from schema.ground.fields import Info
from schema.records.actions import LivingAction, living_action


def of_party_case(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
    """Each stage that may follow, by the version that the case keeps."""
    view: CaseView = root.view
    borne = own_roles(info.context, view)
    seats = () if view.case.person == info.context.viewer.person.id else view.seats
    found = []
    every = transitions_of(view.living.shapes)
    follow = following(view.case.path, view.case.state, every)
    for each in dict.fromkeys(one.event for one in follow):
        verdict = acts.judged(view.taking, THING, Act.TAKE, {STAGE: each}, seats, borne)
        found.append(living_action(view.taking, Act.TAKE, each, verdict, info.context.language))
    return found
