"""Who gets the data of an activity: what is declared and what follows."""

from __future__ import annotations

import pytest

from ropa.flows.edges import Receipt
from ropa.flows.reach import kind_role
from tests.flows.build import activity, flows, party


def _parties(receipts: list[Receipt]) -> list[tuple[str | None, str | None, str]]:
    return [(receipt.party or receipt.kind, receipt.role, receipt.via) for receipt in receipts]


def test_who_is_declared_and_who_follows() -> None:
    found = flows(
        activities={"a": activity(systems=["crm"], recipients=["bank", "tax-authority"], joint={"partner": {}})},
        systems={"crm": {"name": "CRM", "kind": "crm", "run_by": "host"}},
        parties={
            "bank": party("independent-controller"),
            "host": party(),
            "partner": party("joint-controller"),
            "ads": party(),
            "lab": party(),
        },
        cookies={
            "c": {"provider": "ads", "category": "statistics", "role": "independent-controller", "read_by": ["lab", "ads"], "activity": "a"}
        },
    )

    assert _parties(found.receipts("a")) == [
        ("bank", "independent-controller", "recipient"),
        ("tax-authority", "authority", "recipient"),
        ("host", "processor", "system"),
        ("ads", "independent-controller", "cookies"),
        ("lab", "processor", "cookies"),
        ("partner", "joint-controller", "joint"),
    ]
    assert found.activities_of("host") == ["a"]
    assert not found.only_subprocessor("host")


def test_a_joint_controller_that_is_listed_is_one_recipient() -> None:
    found = flows(
        activities={"a": activity(recipients=["partner"], joint={"partner": {}})}, parties={"partner": party("independent-controller")}
    )

    assert _parties(found.receipts("a")) == [("partner", "joint-controller", "recipient")]


def test_joint_controllers_of_cookies() -> None:
    tracker = {"provider": "ads", "category": "retargeting", "joint": {"ads": {}, "network": {}}, "read_by": ["network"], "activity": "a"}
    ours = {"provider": "us", "category": "strictly-necessary", "activity": "a"}
    found = flows(
        activities={"a": activity()},
        parties={"ads": party("processor"), "network": party("independent-controller")},
        cookies={"tracker": tracker, "ours": ours, "unlinked": {**ours, "activity": None}},
    )

    assert _parties(found.receipts("a")) == [("ads", "joint-controller", "cookies"), ("network", "joint-controller", "cookies")]


def test_a_party_with_two_entries_has_two_roles() -> None:
    entries = {"desk": {"role": "processor"}, "desk-own": {"party": "desk", "role": "independent-controller", "purposes": ["manage"]}}
    found = flows(activities={"a": activity(recipients=entries)}, parties={"desk": party(["processor", "independent-controller"])})

    assert [(receipt.party, receipt.role, receipt.purposes) for receipt in found.by_party["desk"]] == [
        ("desk", "processor", None),
        ("desk", "independent-controller", ("manage",)),
    ]


def test_own_device_reaches_nobody() -> None:
    found = flows(
        activities={"a": activity(systems=["phone"])},
        systems={"phone": {"name": "Telefonen din", "kind": "own-device", "run_by": "maker"}},
        parties={"maker": party("independent-controller", "US")},
    )

    assert found.receipts("a") == []


def test_sub_processors_follow_processors_only_and_their_own_after_them() -> None:
    chain = {
        "host": party(subprocessors={"night": {}, "tools": {"no_personal_data": "Bare programvare"}}),
        "night": party(subprocessors={"deep": {}}),
        "deep": party(),
        "tools": party(),
    }
    found = flows(
        activities={
            "a": activity(recipients=["host"]),
            "b": activity(recipients={"host": {"role": "independent-controller", "purposes": ["manage"]}}),
        },
        parties=chain,
    )

    assert [(receipt.party, receipt.chain) for receipt in found.receipts("a")] == [
        ("host", ("host",)),
        ("night", ("host", "night")),
        ("deep", ("host", "night", "deep")),
    ]
    assert [receipt.party for receipt in found.receipts("b")] == ["host"]
    assert found.only_subprocessor("night")
    assert found.only_subprocessor("tools")
    assert not found.only_subprocessor("host")
    assert found.by_party["deep"][0].above == "night"


def test_what_lies_below_an_entry_without_personal_data_gets_none_unless_another_way_leads_there() -> None:
    parties = {
        "host": party(subprocessors={"dry": {"no_personal_data": "Bare kode"}, "wet": {}}),
        "dry": party(subprocessors={"below-dry": {}, "shared": {}}),
        "wet": party(subprocessors={"shared": {}}),
        "below-dry": party(),
        "shared": party(),
    }
    found = flows(activities={"a": activity(recipients=["host"])}, parties=parties)

    assert {hop.address: hop.no_personal_data for hop in found.hops_of("host")} == {
        "parties/host#subprocessors.wet": False,
        "parties/wet#subprocessors.shared": False,
        "parties/host#subprocessors.dry": True,
        "parties/dry#subprocessors.below-dry": True,
        "parties/dry#subprocessors.shared": True,
    }
    assert [receipt.party for receipt in found.receipts("a")] == ["host", "wet", "shared"]


def test_a_circle_is_found_once_at_the_entry_that_closes_it() -> None:
    parties = {
        "b": party(subprocessors={"c": {}}),
        "c": party(subprocessors={"a": {}}),
        "a": party(subprocessors={"b": {}, "a": {}}),
    }

    found = flows(activities={"x": activity(recipients=["b"])}, parties=parties)

    assert found.cycles == {
        "parties/a#subprocessors.a": ("a", "a"),
        "parties/a#subprocessors.b": ("b", "c", "a", "b"),
    }
    assert [receipt.party for receipt in found.receipts("x")] == ["b", "c", "a"]


def test_a_long_chain_is_walked() -> None:
    length = 1500
    parties = {f"p{number}": party(subprocessors={f"p{number + 1}": {}}) for number in range(length)} | {f"p{length}": party()}

    found = flows(activities={"x": activity(recipients=["p0"])}, parties=parties)

    assert len(found.receipts("x")) == length + 1


def test_many_ways_through_few_parties_are_not_all_walked() -> None:
    layers = {
        f"l{layer}-{place}": party(subprocessors={f"l{layer + 1}-{other}": {} for other in range(8)})
        for layer in range(12)
        for place in range(8)
    }
    last = {f"l12-{place}": party() for place in range(8)}

    found = flows(activities={"x": activity(recipients=["l0-0"])}, parties=layers | last)

    assert len({receipt.party for receipt in found.receipts("x")}) == 1 + 12 * 8


def test_groups_narrow_where_data_go() -> None:
    data = {
        "contact": ["name"],
        "health": {"categories": ["health-data"], "systems": ["journal"]},
    }
    found = flows(
        activities={"a": activity(data=data, systems=["crm"], recipients={"bank": {}, "doctor": {"data": ["health"]}})},
        systems={
            "crm": {"name": "CRM", "kind": "crm", "run_by": "host"},
            "journal": {"name": "Journal", "kind": "database", "run_by": "host"},
        },
        parties={
            "bank": party("independent-controller"),
            "doctor": party("independent-controller"),
            "host": party(subprocessors={"sub": {}}),
            "sub": party(),
        },
    )

    assert [(receipt.party, receipt.system, receipt.groups) for receipt in found.receipts("a")] == [
        ("bank", None, ("contact",)),
        ("doctor", None, ("health",)),
        ("host", "crm", ("contact",)),
        ("sub", "crm", ("contact",)),
        ("host", "journal", ("contact", "health")),
        ("sub", "journal", ("contact", "health")),
    ]


def test_an_only_recipient_gets_everything() -> None:
    found = flows(
        activities={"a": activity(data={"contact": ["name"], "health": ["health-data"]}, recipients=["bank"])}, parties={"bank": party()}
    )

    assert found.receipts("a")[0].groups is None


def test_own_categories_count_as_what_they_are_like() -> None:
    found = flows(
        activities={"a": activity(data={"contact": ["name"], "card": ["union-card"]}, recipients=["bank", "host"])},
        parties={"bank": party(), "host": party()},
        vocabulary={"": {"data_categories": {"union-card": {"nb": "Fagforeningskort", "like": "trade-union-membership"}}}},
    )

    assert [receipt.groups for receipt in found.receipts("a")] == [("contact",), ("contact",)]


@pytest.mark.parametrize(
    ("kind", "role"), [("tax-authority", "authority"), ("nav", "authority"), ("auditor", None), ("public-in-general", None)]
)
def test_the_role_that_a_kind_of_recipient_has_without_saying(kind: str, role: str | None) -> None:
    assert kind_role(kind) == role
