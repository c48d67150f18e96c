"""Impact assessments that Datatilsynet always asks for: GDPR Art. 35(4); the list of 28.1.2019."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.law.overlays import dpia_list
from ropa.rules.asked import broken_inside
from ropa.rules.impact_assessments import in_each_language, screened, shown
from ropa.screening.dpia import answer, home_country, listed_cases
from ropa.screening.facts import found


def dpia_norwegian_list(context: Context) -> Iterator[Breach]:
    """What stands on Datatilsynet's list has an impact assessment; a reason for none is no answer."""
    country = home_country(context)
    listed = dpia_list(country)
    if listed is None:
        return
    for activity in screened(context):
        held = answer(context, activity)
        if held.settles("on-list") or broken_inside(context, held.address):
            continue
        cases = listed_cases(found(context, activity), country)
        if cases:
            params = {"assessment": held.assessment or "", **in_each_language("items", [listed.items[case.code] for case in cases])}
            related = shown(address for case in cases for address in case.met)
            yield Breach("dpia-norwegian-list", held.address, held.kind, params, related=related)


DPIA_LIST = (dpia_norwegian_list,)
