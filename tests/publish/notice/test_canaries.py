"""Nothing that is marked for the record or the house reaches the public; what is marked public does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tests.publish.notice.canaries import SCHEMAS, Canary, Planter
from tests.publish.notice.helpers import context, documents, written

# Keys that put something else in place of what stands beside them; each is planted in one registry and left out of the others.
HIDING = frozenset(
    {
        "organisation.dpo.not_needed",
        "organisation.representative.not_needed",
        "party.no_personal_data",
        "party.own_branch",
        "party.subprocessors.*.no_personal_data",
        "party.historical",
        "cookies.historical",
        "activity.data_deleted",
        "activity.on_behalf_of",
        "activity.categories_of_processing",
        "activity.purposes.*.further_processing",
        "activity.recipients.*.transfers",
        "activity.recipients.*.direct_collection",
        "party.subprocessors.*.transfers",
        "activity.retention",
        "activity.retention.per_purpose",
        "activity.data.*.retention.per_purpose",
        "activity.obligation_to_provide",
        "activity.source",
        "organisation.transfer_copy",
        "party.representative",
    }
)
CONDITIONS = "activity.data.*.article_9"
# What must stand aside for another key to be seen.
ASIDE: dict[str, frozenset[str]] = {
    "activity.retention": frozenset({"activity.data.*.retention"}),
    "activity.retention.per_purpose": frozenset({"activity.data.*.retention"}),
    "activity.obligation_to_provide": frozenset({"activity.data.*.obligation_to_provide"}),
    "activity.source": frozenset({"activity.data.*.source"}),
    "organisation.transfer_copy": frozenset({"party.transfers.*.copy"}),
}
# Public words that no document has a place for, with the reason.
NOT_SHOWN = {
    "cookies.historical": "what is historical is left out",
    "party.subprocessors.*.ref": "the number of a contract tells the public nothing",
    "vocabulary.laws.*.link": "no law of one's own is cited here",
    "vocabulary.laws.*.title": "no law of one's own is cited here",
    "vocabulary.events.*.nb": "the words after a period stand in its place",
}
OTHER_LANGUAGES = (".nn", ".en")


def conditions() -> list[str]:
    found = SCHEMAS["activity.schema.json"]["$defs"]["article_9"]
    return list(next(branch for branch in found["anyOf"] if "properties" in branch)["properties"])


@cache
def registries() -> list[tuple[list[Canary], str]]:
    """Registries that between them plant every text field, each with its words and all that the public gets to see of it."""
    variants = [Planter(HIDING, {CONDITIONS: key}) for key in conditions() if key != "unknown"]
    for key in sorted(HIDING):
        parents = {other for other in HIDING if key.startswith(f"{other}.")}
        variants.append(Planter((HIDING - {key} - parents) | ASIDE.get(key, frozenset())))
    variants.append(Planter(HIDING, values={"activity.data.*.retention": "rule-a"}))
    return [(planter.planted, public(planter)) for planter in variants]


def public(planter: Planter) -> str:
    files = {name: yaml.safe_dump(data, allow_unicode=True, sort_keys=False) for name, data in planter.registry().items()}
    with TemporaryDirectory() as folder:
        return "\n".join(documents(context(written(Path(folder), files))).values())


def test_no_word_of_the_record_or_the_house_reaches_the_public() -> None:
    inside = [canary for planted, _ in registries() for canary in planted if canary.mark != "public"]
    assert len({canary.path for canary in inside}) > 100
    told = {
        (canary.mark, canary.path)
        for planted, text in registries()
        for canary in planted
        if canary.word in text and canary.mark != "public"
    }
    assert sorted(told) == []


def test_every_public_word_reaches_the_public() -> None:
    paths = {canary.path for planted, _ in registries() for canary in planted if canary.mark == "public"}
    seen = {canary.path for planted, text in registries() for canary in planted if canary.mark == "public" and canary.word in text}
    assert sorted(path for path in paths - seen - set(NOT_SHOWN) if not path.endswith(OTHER_LANGUAGES)) == []
    assert len(seen) > 100
