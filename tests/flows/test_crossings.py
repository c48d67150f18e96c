"""Where data leave the EEA and what carries them: narrow places, explained access, exceptions, and no crossing twice."""

from __future__ import annotations

from typing import Any

import pytest

from ropa.flows.crossings import carried, crossings, declared_transfers, is_article_46, is_outside, outcome, stored_in
from ropa.model.parties import Party
from tests.flows.build import CLAUSES, activity, crossed, flows, party

HOST = {"crm": {"name": "CRM", "kind": "crm", "run_by": "host"}}
OWN = "parties/host#transfers.US"


def _served_by(recipients: Any = "none", systems: dict[str, Any] | None = None, **parties: Any) -> dict[str, Any]:
    """A registry with one activity that goes to `recipients` and through `systems`."""
    return {"activities": {"a": activity(recipients=recipients, systems=list(systems or {}))}, "systems": systems or {}, "parties": parties}


@pytest.mark.parametrize("places", [["NO"], ["SJ"], ["EEA"], ["AX"], ["IS", "LI"]])
def test_places_inside_the_eea_are_no_crossing(places: list[str]) -> None:
    assert crossed(**_served_by(["host"], host=party(stored_in=places, accessed_from=places))) == []


@pytest.mark.parametrize(
    ("country", "outside"), [("US", True), ("GB", True), ("EPO", True), ("FO", True), ("SJ", False), ("EEA", False), (None, False)]
)
def test_what_lies_outside(country: str | None, outside: bool) -> None:
    assert is_outside(country) is outside


def test_storage_and_access_are_one_crossing_a_country() -> None:
    found = crossings(
        flows(**_served_by(["host"], host=party(stored_in=["US", "IN"], accessed_from=["US", "GB"], transfers={"IN": CLAUSES})))
    )

    assert [(crossing.country, crossing.how, crossing.place, outcome(crossing), crossing.missing) for crossing in found] == [
        ("US", "stored", "parties/host#stored_in.US", "undeclared", "parties/host#transfers.US"),
        ("IN", "stored", "parties/host#stored_in.IN", "agreement", "parties/host#transfers.IN"),
        ("GB", "accessed", "parties/host#accessed_from.GB", "undeclared", "parties/host#transfers.GB"),
    ]


def test_many_activities_cross_together() -> None:
    two = {"a": activity(recipients=["host"]), "b": activity(recipients=["host"])}
    found = crossings(flows(activities=two, parties={"host": party(country="US")}))

    assert [crossing.activities for crossing in found] == [("a", "b")]


@pytest.mark.parametrize("role", ["authority", "independent-controller"])
def test_authorities_and_independent_controllers_store_at_home(role: str) -> None:
    host = party(role, "TR")
    del host["stored_in"]

    assert crossed(**_served_by(["host"], host=host)) == [("host", "TR", ())]


def test_nobody_else_has_a_place_by_default() -> None:
    assert stored_in(Party(role=["processor"], country="US")) == ()
    assert stored_in(Party(role=["processor", "independent-controller"], country="US")) == ()
    assert stored_in(Party(role=["authority", "independent-controller"], country="US")) == ("US",)


@pytest.mark.parametrize("key", ["no_personal_data", "own_branch"])
def test_what_says_that_no_transfer_arises(key: str) -> None:
    assert crossed(**_served_by(["host"], host=party(accessed_from=["US"], **{key: "Ingen importør"}))) == []


def test_a_system_narrows_the_places_of_its_party() -> None:
    system = {"crm": {**HOST["crm"], "stored_in": ["IE"]}}
    host = party(country="IE", stored_in=["IE", "US"])

    assert crossed(**_served_by(systems=HOST, host=host)) == [("host", "US", ())]
    assert crossed(**_served_by(systems=system, host=host)) == []
    assert crossed(**_served_by(["host"], systems=system, host=host)) == [], "listing who runs the system adds no place"


def test_a_system_narrows_storage_and_access_each_for_itself() -> None:
    host = party(country="IE", stored_in=["US"], accessed_from=["IN"])

    assert crossed(**_served_by(systems={"crm": {**HOST["crm"], "stored_in": ["IE"]}}, host=host)) == [("host", "IN", ())]
    assert crossed(**_served_by(systems={"crm": {**HOST["crm"], "accessed_from": []}}, host=host)) == [("host", "US", ())]


def test_a_place_that_only_the_system_names() -> None:
    found = crossings(
        flows(**_served_by(systems={"crm": {**HOST["crm"], "stored_in": ["US"]}}, host=party(country="IE", stored_in=["IE"])))
    )

    assert [crossing.place for crossing in found] == ["systems/crm#stored_in.US"]


def test_two_systems_of_one_party_each_have_their_places() -> None:
    systems = {"crm": {**HOST["crm"], "stored_in": ["IE"]}, "log": {"name": "Logg", "kind": "log-system", "run_by": "host"}}
    two = {"a": activity(systems=["crm"]), "b": activity(systems=["log"])}

    found = crossings(flows(activities=two, systems=systems, parties={"host": party(country="IE", stored_in=["IE", "US"])}))

    assert [(crossing.country, crossing.activities) for crossing in found] == [("US", ("b",))]


def test_an_own_device_and_our_own_system_are_no_crossing() -> None:
    systems = {
        "phone": {"name": "Telefonen din", "kind": "own-device", "run_by": "host"},
        "ours": {"name": "Vårt", "kind": "database", "stored_in": ["US"]},
    }

    assert crossed(**_served_by(systems=systems, host=party(country="US"))) == []


class TestSubProcessors:
    """Access from outside is explained by a sub-processor there."""

    def test_the_crossing_is_the_sub_processors(self) -> None:
        found = crossings(
            flows(
                **_served_by(["host"], host=party(country="IE", accessed_from=["US"], subprocessors={"inc": {}}), inc=party(country="US"))
            )
        )

        assert [(crossing.party, crossing.country, crossing.above, crossing.entry) for crossing in found] == [
            ("inc", "US", "host", "parties/host#subprocessors.inc")
        ]

    def test_at_any_depth(self) -> None:
        parties = {
            "host": party(country="IE", accessed_from=["IN"], subprocessors={"sub": {}}),
            "sub": party(country="DE", subprocessors={"night": {}}),
            "night": party(country="IN", transfers={"IN": CLAUSES}),
        }

        assert crossed(**_served_by(["host"], **parties)) == [("night", "IN", ("parties/night#transfers.IN",))]

    def test_not_by_one_elsewhere_nor_by_one_that_gets_no_data(self) -> None:
        host = party(country="IE", accessed_from=["US"], subprocessors={"inc": {}})
        dry = party(country="IE", accessed_from=["US"], subprocessors={"inc": {"no_personal_data": "Bare kode"}})

        assert ("host", "US", ()) in crossed(**_served_by(["host"], host=host, inc=party(country="IN")))
        assert crossed(**_served_by(["host"], host=dry, inc=party(country="US"))) == [("host", "US", ())]

    def test_a_party_established_there_crosses_itself(self) -> None:
        parties = {
            "host": party(country="US", stored_in=["US", "IN"], subprocessors={"inc": {}, "night": {}}),
            "inc": party(country="US"),
            "night": party(country="IN"),
        }

        assert crossed(**_served_by(["host"], **parties)) == [("host", "US", ()), ("inc", "US", ()), ("night", "IN", ())]

    def test_an_independent_controller_answers_for_its_own_chain(self) -> None:
        parties = {
            "host": party("independent-controller", "IE", accessed_from=["US"], subprocessors={"inc": {}}),
            "inc": party(country="US"),
        }

        assert crossed(**_served_by(["host"], **parties)) == [("host", "US", ())]

    def test_a_system_closed_to_other_countries_keeps_them_out(self) -> None:
        parties = {"host": party(country="IE", accessed_from=["US"], subprocessors={"inc": {}}), "inc": party(country="US")}
        closed = {"crm": {**HOST["crm"], "stored_in": ["IE"], "accessed_from": ["IE"]}}
        half = {"crm": {**HOST["crm"], "stored_in": ["IE"]}}

        assert crossed(**_served_by(systems=closed, **parties)) == []
        assert crossed(**_served_by(systems=half, **parties)) == [("inc", "US", ())]

    def test_one_below_two_processors_crosses_once(self) -> None:
        parties = {
            "host": party(country="IE", subprocessors={"inc": {}}),
            "post": party(country="DE", subprocessors={"inc": {}}),
            "inc": party(country="US"),
        }

        assert crossed(**_served_by(["host", "post"], **parties)) == [("inc", "US", ())]

    def test_the_exception_of_one_entry_holds_for_that_way_alone(self) -> None:
        parties = {
            "host": party(country="IE", subprocessors={"inc": {"transfers": {"US": CLAUSES}}}),
            "post": party(country="DE", subprocessors={"inc": {}}),
            "inc": party(country="US"),
        }

        found = crossings(flows(**_served_by(["host", "post"], **parties)))

        assert [(crossing.above, [way.address for way in crossing.declared]) for crossing in found] == [
            ("host", ["parties/host#subprocessors.inc.transfers.US"]),
            ("post", []),
        ]

    def test_a_circle_ends(self) -> None:
        parties = {
            "host": party(country="IE", accessed_from=["US"], subprocessors={"inc": {}}),
            "inc": party(country="US", subprocessors={"host": {}}),
        }

        assert crossed(**_served_by(["host"], **parties)) == [("inc", "US", ())]


class TestWhatCarries:
    """The party's transfers and the exceptions to them."""

    def test_an_exception_on_the_entry_stands_in_place_of_the_partys_own(self) -> None:
        two = {"a": activity(recipients={"host": {"transfers": {"US": CLAUSES}}}), "b": activity(recipients=["host"])}
        found = crossings(flows(activities=two, parties={"host": party(country="US", transfers={"US": {"mechanism": "scc-1"}})}))

        assert [(crossing.activity, crossing.activities, [way.address for way in crossing.declared]) for crossing in found] == [
            (None, ("b",), [OWN]),
            ("a", ("a",), ["activities/a#recipients.host.transfers.US"]),
        ]

    def test_an_exception_for_another_country_carries_nothing(self) -> None:
        assert crossed(**_served_by({"host": {"transfers": {"IN": CLAUSES}}}, host=party(country="US"))) == [("host", "US", ())]

    def test_the_entry_speaks_for_the_system_too(self) -> None:
        found = crossed(**_served_by({"host": {"transfers": {"US": CLAUSES}}}, systems=HOST, host=party(country="US")))

        assert found == [("host", "US", ("activities/a#recipients.host.transfers.US",))]

    def test_the_country_inside_wins_over_the_key(self) -> None:
        host = party(country="US", transfers={"hr": {**CLAUSES, "country": "US"}})

        assert crossed(**_served_by(["host"], host=host)) == [("host", "US", ("parties/host#transfers.hr",))]

    def test_narrowed_to_activities(self) -> None:
        two = {"a": activity(recipients=["host"]), "b": activity(recipients=["host"])}
        found = crossings(flows(activities=two, parties={"host": party(country="US", transfers={"US": {**CLAUSES, "activities": ["a"]}})}))

        assert [(crossing.activities, bool(crossing.declared)) for crossing in found] == [(("a",), True), (("b",), False)]

    def test_narrowed_to_data(self) -> None:
        data = {"contact": ["name"], "orders": ["order-delivery"]}
        host = party(country="US", transfers={"US": {**CLAUSES, "data": ["a.contact"]}})

        def found(**recipient: Any) -> list[bool]:
            one = {"a": activity(data=data, recipients={"host": recipient})}
            return [bool(crossing.declared) for crossing in crossings(flows(activities=one, parties={"host": host}))]

        assert found(data=["contact"]) == [True]
        assert found(data=["orders"]) == [False]
        assert found() == [True, False]

    def test_narrowed_to_data_of_an_activity_without_groups(self) -> None:
        bare = activity(recipients=["host"])
        del bare["data"]
        host = party(country="US", transfers={"US": {**CLAUSES, "data": ["b.contact"]}})

        assert crossed(activities={"a": bare, "b": activity()}, parties={"host": host}) == [("host", "US", (OWN,))]

    def test_narrowed_to_exporters(self) -> None:
        def found(*exporters: str) -> list[tuple[str | None, bool]]:
            parties = {
                "post": party(country="IE", subprocessors={"host": {}}),
                "host": party(country="US", transfers={"US": {**CLAUSES, "from": list(exporters)}}),
            }
            return [(crossing.above, bool(crossing.declared)) for crossing in crossings(flows(**_served_by(["host", "post"], **parties)))]

        assert found("us") == [(None, True), ("post", False)]
        assert found("post") == [("post", True), (None, False)]
        assert found("us", "post") == [(None, True)]

    def test_two_transfers_by_activity(self) -> None:
        two = {"a": activity(recipients=["host"]), "b": activity(recipients=["host"])}
        transfers = {"US": {**CLAUSES, "activities": ["a"]}, "us-hr": {**CLAUSES, "country": "US", "activities": ["b"]}}
        found = crossings(flows(activities=two, parties={"host": party(country="US", transfers=transfers)}))

        assert [(crossing.activities, [way.address for way in crossing.declared]) for crossing in found] == [
            (("a",), [OWN]),
            (("b",), ["parties/host#transfers.us-hr"]),
        ]

    def test_two_roles_of_one_party(self) -> None:
        entries = {
            "host": {"role": "processor", "transfers": {"US": CLAUSES}},
            "host-own": {"party": "host", "role": "independent-controller"},
        }
        host = party(["processor", "independent-controller"], "US", transfers={"US": {"mechanism": "scc-1"}})

        assert crossed(**_served_by(entries, host=host)) == [
            ("host", "US", (OWN,)),
            ("host", "US", ("activities/a#recipients.host.transfers.US",)),
        ]


class TestDirectCollection:
    """Data that people give straight to the importer have no exporter."""

    def test_no_crossing(self) -> None:
        assert crossed(**_served_by({"host": {"direct_collection": True}}, host=party("independent-controller", "US"))) == []

    def test_nor_what_is_derived_beside_the_entry(self) -> None:
        assert crossed(**_served_by({"host": {"direct_collection": True}}, systems=HOST, host=party("independent-controller", "US"))) == []

    def test_another_role_of_the_party_is_another_flow(self) -> None:
        entries = {"host-own": {"party": "host", "role": "independent-controller", "direct_collection": True}}

        assert crossed(**_served_by(entries, systems=HOST, host=party(["processor", "independent-controller"], "US"))) == [
            ("host", "US", ())
        ]

    def test_in_one_activity_is_none_in_another(self) -> None:
        two = {"a": activity(recipients={"host": {"direct_collection": True}}), "b": activity(recipients=["host"])}
        found = crossings(flows(activities=two, parties={"host": party("independent-controller", "US")}))

        assert [crossing.activities for crossing in found] == [("b",)]


class TestWithoutActivity:
    """Parties that data reach though no activity names them, and parties that they do not reach."""

    def test_who_provides_the_banner(self) -> None:
        site = {"site": {"name": "Nettsted", "kind": "website", "consent_banner": {"provider": "host"}}}
        parties = {"host": party(country="US", transfers={"US": CLAUSES}, subprocessors={"sub": {}}), "sub": party(country="IN")}
        found = crossings(flows(systems=site, parties=parties))

        assert [(crossing.party, crossing.country, len(crossing.declared), crossing.above, crossing.flows) for crossing in found] == [
            ("host", "US", 1, None, ()),
            ("sub", "IN", 0, "host", ()),
        ]

    def test_a_source_gets_nothing(self) -> None:
        assert crossed(activities={"a": activity(source="broker")}, parties={"broker": party("independent-controller", "US")}) == []

    def test_a_customer_gets_its_data_back(self) -> None:
        running = {
            "name": "Drift",
            "role": "processor",
            "on_behalf_of": {"client": {"since": "2024-01-01"}},
            "categories_of_processing": ["hosting"],
        }
        found = crossings(flows(activities={"run": running}, parties={"client": party("controller", "US")}))

        assert [(crossing.party, crossing.country, [flow.via for flow in crossing.flows]) for crossing in found] == [
            ("client", "US", ["customer"])
        ]

    def test_a_party_whose_file_cannot_be_read_is_passed_over(self) -> None:
        assert crossed(**_served_by(["host"], host=party(country="IE", accessed_from=["US"], subprocessors={"host": {}}))) == [
            ("host", "US", ())
        ]


def test_every_transfer_that_is_written() -> None:
    parties = {
        "host": party(country="US", transfers={"US": CLAUSES}, subprocessors={"inc": {"transfers": {"US": CLAUSES}}}),
        "inc": party(country="US"),
    }
    found = flows(**_served_by({"host-2": {"party": "host", "transfers": {"US": CLAUSES}}}, **parties))

    assert [(name, way.address, way.country) for name, way in declared_transfers(found.registry)] == [
        ("host", OWN, "US"),
        ("inc", "parties/host#subprocessors.inc.transfers.US", "US"),
        ("host", "activities/a#recipients.host-2.transfers.US", "US"),
    ]
    assert [[flow.address for flow in carried(found, name, way)] for name, way in declared_transfers(found.registry)] == [
        [],
        ["parties/host#subprocessors.inc"],
        ["activities/a#recipients.host-2"],
    ]


@pytest.mark.parametrize(
    ("mechanism", "secured"),
    [
        ("adequacy", "adequate"),
        ("adequacy-us-dpf", "adequate"),
        ("scc-2", "agreement"),
        (["scc-1", "scc-2"], "agreement"),
        ("49-1-b", "derogation"),
    ],
)
def test_how_a_crossing_is_secured(mechanism: str | list[str], secured: str) -> None:
    found = crossings(flows(**_served_by(["host"], host=party(country="US", transfers={"US": {"mechanism": mechanism}}))))

    assert [outcome(crossing) for crossing in found] == [secured]


def test_a_transfer_without_mechanism_secures_nothing() -> None:
    found = crossings(flows(**_served_by(["host"], host=party(country="US", transfers={"US": {"copy": "Skriv til oss"}}))))

    assert [(outcome(crossing), len(crossing.declared)) for crossing in found] == [("undeclared", 1)]


@pytest.mark.parametrize(
    ("mechanism", "is_one"),
    [("scc-4", True), ("bcr", True), ("ad-hoc-clauses", True), ("adequacy", False), ("49-1-ii", False), ("none", False)],
)
def test_appropriate_safeguards(mechanism: str, is_one: bool) -> None:
    assert is_article_46(mechanism) is is_one
