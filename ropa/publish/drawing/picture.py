"""From the flows to a picture: who, why, where, to whom, and what leaves the EEA by which mechanism."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ropa.context.context import Context, bases, purpose_subjects, served_purposes
from ropa.flows.crossings import outcome
from ropa.flows.edges import Crossing, Receipt
from ropa.graph.flow_graph import receipt_categories, systems_of
from ropa.graph.picture import Band, BandText, Edge, Heading, Legend, Node, Picture, Tag
from ropa.law import countries
from ropa.model.activity import Activity, Purpose
from ropa.publish.words import Words, uncapitalised

BAND_OF: dict[str, Band] = {"adequate": "adequate", "agreement": "agreement", "derogation": "none", "undeclared": "none"}
_RANK: dict[Band, int] = {"": 0, "adequate": 1, "agreement": 2, "none": 3}
_MOST_CATEGORIES = 3


@dataclass(slots=True)
class _Drawing:
    context: Context
    words: Words
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, Band], Edge] = field(default_factory=dict)
    tags: dict[str, dict[str, Band]] = field(default_factory=dict)
    abroad: dict[str, set[str]] = field(default_factory=dict)
    bands_abroad: dict[str, Band] = field(default_factory=dict)


def picture_of(context: Context, words: Words, transfers_only: bool = False) -> Picture:
    """The picture of all flows, or of those alone that leave the EEA. Draft activities and those whose data are deleted are left out."""
    drawing = _Drawing(context, words)
    crossings: dict[str, list[Crossing]] = {}
    for crossing in context.crossings:
        crossings.setdefault(crossing.party, []).append(crossing)
    for name in sorted(context.registry.activities):
        activity = context.registry.activities[name]
        if activity.status != "draft" and activity.data_deleted is None:
            _draw_activity(drawing, activity, crossings, transfers_only)
    return _finished(drawing)


def _draw_activity(drawing: _Drawing, activity: Activity, crossings: dict[str, list[Crossing]], transfers_only: bool) -> None:
    receipts = drawing.context.flows.receipts(activity.id)
    for why, purpose_id, purpose in _whys(drawing, activity):
        flows = [receipt for receipt in receipts if _serves(activity, receipt, purpose_id)]
        crossing_flows = [
            (receipt, crossing) for receipt in flows for crossing in crossings.get(receipt.party or "", ()) if _crosses(crossing, receipt)
        ]
        if transfers_only and not crossing_flows:
            continue
        drawing.nodes[why.id] = why
        for subject in purpose_subjects(activity, purpose) if purpose is not None else tuple(activity.subjects or ()):
            person = Node(f"who:{subject}", "who", str(drawing.words.label("data_subjects", subject)))
            drawing.nodes[person.id] = person
            _edge(drawing, person.id, why.id)
        if not transfers_only:
            _stays(drawing, activity, why, flows)
        for receipt, crossing in crossing_flows:
            _leaves(drawing, activity, why, receipt, crossing)


def _whys(drawing: _Drawing, activity: Activity) -> Iterator[tuple[Node, str | None, Purpose | None]]:
    """One box a purpose; a processor activity has one of its own."""
    words = drawing.words
    if activity.is_for_others or not activity.purposes:
        basis = words.fixed("drawing.on-behalf") if activity.is_for_others else words.fixed("drawing.no-purpose")
        yield Node(f"why:{activity.id}", "why", str(words.text(activity.name)) or activity.id, (basis,)), None, None
        return
    for name, purpose in activity.purposes.items():
        title = words.text(purpose.title) or (words.text(activity.name) if len(activity.purposes) == 1 else words.text(purpose.text))
        labels = [words.fixed(f"drawing.bases.{key}") for key, _ in bases(purpose.basis)]
        line = " / ".join(labels) if labels else words.fixed("drawing.no-basis")
        yield Node(f"why:{activity.id}.{name}", "why", str(title) or name, (line,)), name, purpose


def _serves(activity: Activity, receipt: Receipt, purpose: str | None) -> bool:
    """Whether a flow serves a purpose: it names it, or its data groups do, or neither says."""
    if purpose is None:
        return True
    if receipt.purposes is not None:
        return purpose in receipt.purposes
    groups = activity.data or {}
    names = receipt.groups if receipt.groups is not None else tuple(groups)
    return not groups or any(purpose in served_purposes(activity, groups[name]) for name in names if name in groups)


def _crosses(crossing: Crossing, receipt: Receipt) -> bool:
    return any(flow == receipt for flow in crossing.flows)


def _stays(drawing: _Drawing, activity: Activity, why: Node, flows: list[Receipt]) -> None:
    """The flows inside the EEA: to systems, and on to parties there."""
    for system in systems_of(activity):
        _edge(drawing, why.id, _system(drawing, system))
    for receipt in flows:
        party = receipt.party
        if party is not None and _is_abroad(drawing, party):
            continue
        target = _recipient(drawing, receipt)
        for source, end, label in _steps(drawing, why.id, receipt, target):
            _edge(drawing, source, end, "", label)


def _steps(drawing: _Drawing, why: str, receipt: Receipt, target: str) -> Iterator[tuple[str, str, str]]:
    """The edges from a purpose to a recipient: through the system that it runs, and through the processors above it."""
    above = receipt.chain[:-1]
    at = why
    if receipt.system is not None:
        system = _system(drawing, receipt.system)
        yield at, system, ""
        at = system
    for party in above:
        end = _party_node(drawing, party)
        yield at, end, "" if at != why else drawing.words.fixed("drawing.direct")
        at = end
    yield at, target, "" if at != why or receipt.via == "customer" else drawing.words.fixed("drawing.direct")


def _leaves(drawing: _Drawing, activity: Activity, why: Node, receipt: Receipt, crossing: Crossing) -> None:
    band = BAND_OF[outcome(crossing)]
    target = _abroad(drawing, crossing, band)
    country = drawing.words.country(crossing.country)
    drawing.tags.setdefault(why.id, {})[country] = max(band, drawing.tags.get(why.id, {}).get(country, ""), key=lambda b: _RANK[b])
    drawing.abroad.setdefault(target, set()).update(receipt_categories(activity, receipt))
    steps = list(_steps(drawing, why.id, receipt, target))
    if not _is_abroad(drawing, crossing.party):
        home = _party_node(drawing, crossing.party)
        steps[-1:] = [(steps[-1][0], home, steps[-1][2]), (home, target, "")]
    for source, end, label in steps:
        gate = _gate(drawing, crossing) if end == target else ""
        _edge(drawing, source, end, band, label, gate)


def _gate(drawing: _Drawing, crossing: Crossing) -> str:
    """The mechanism in two words, as it stands on the border."""
    codes = [code for way in crossing.declared for code in way.transfer.mechanism or ()]
    return " + ".join(dict.fromkeys(drawing.words.fixed(f"drawing.gates.{code}") for code in codes)) or drawing.words.fixed(
        "drawing.gates.none"
    )


def _edge(drawing: _Drawing, source: str, target: str, band: Band = "", label: str = "", gate: str = "") -> None:
    key = (source, target, band)
    present = drawing.edges.get(key)
    if present is None or (gate and not present.gate):
        drawing.edges[key] = Edge(source, target, band, label, gate)


def _system(drawing: _Drawing, name: str) -> str:
    node = f"where:{name}"
    if node not in drawing.nodes:
        system = drawing.context.registry.systems.get(name)
        words = drawing.words
        party = drawing.context.registry.parties.get(system.run_by or "") if system is not None else None
        places = (system.stored_in if system is not None else None) or (party.stored_in if party is not None else None) or []
        line = words.join(words.country(place) for place in places)
        lines = (line,) if line else ()
        drawing.nodes[node] = Node(node, "where", str(words.text(system.name)) if system is not None and system.name else name, lines)
    return node


def _is_abroad(drawing: _Drawing, party: str) -> bool:
    record = drawing.context.registry.parties.get(party)
    return record is not None and record.country is not None and not countries.is_eea(record.country)


def _recipient(drawing: _Drawing, receipt: Receipt) -> str:
    if receipt.party is not None:
        return _party_node(drawing, receipt.party, receipt.role)
    node = f"kind:{receipt.kind}"
    lines = (uncapitalised(str(drawing.words.label("party_roles", receipt.role))),) if receipt.role else ()
    drawing.nodes.setdefault(node, Node(node, "recipient", str(drawing.words.label("recipient_kinds", receipt.kind or "")), lines))
    return node


def _party_node(drawing: _Drawing, party: str, role: str | None = None) -> str:
    if _is_abroad(drawing, party):
        return f"abroad:{party}"
    node = f"party:{party}"
    if node not in drawing.nodes:
        record = drawing.context.registry.parties.get(party)
        words = drawing.words
        role = role or (record.role[0] if record is not None and record.role else None)
        parts = [words.country(record.country)] if record is not None and record.country else []
        parts += [uncapitalised(str(words.label("party_roles", role)))] if role else []
        drawing.nodes[node] = Node(node, "recipient", _party_name(drawing, party), (", ".join(parts),) if parts else ())
    return node


def _party_name(drawing: _Drawing, party: str) -> str:
    record = drawing.context.registry.parties.get(party)
    return (record.name or record.alias or party) if record is not None else party


def _abroad(drawing: _Drawing, crossing: Crossing, band: Band) -> str:
    """The box outside: a party established there, or a party of the EEA where it stores or reads outside."""
    at_home = not _is_abroad(drawing, crossing.party)
    node = f"abroad:{crossing.party}" + (f"@{crossing.country}" if at_home else "")
    worst = max(band, drawing.bands_abroad.get(node, ""), key=lambda b: _RANK[b])
    drawing.bands_abroad[node] = worst
    country = drawing.words.country(crossing.country)
    lines = drawing.nodes[node].lines if node in drawing.nodes else ()
    drawing.nodes[node] = Node(
        node, "abroad", _party_name(drawing, crossing.party), lines if country in lines else (*lines, country), (), worst
    )
    return node


def _finished(drawing: _Drawing) -> Picture:
    words = drawing.words
    nodes = [_with_details(drawing, node) for node in drawing.nodes.values()]
    present = {node.id for node in nodes}
    edges = [edge for edge in _strongest(drawing) if edge.source in present and edge.target in present]
    outside = {name.partition(":")[2].partition("@")[0] for name in drawing.bands_abroad}
    counts = {lane: sum(1 for node in nodes if node.lane == lane) for lane in ("who", "why", "where", "recipient", "abroad")}
    number = len(outside)
    title = words.fixed(
        "drawing.title-none" if not number else "drawing.title-one" if number == 1 else "drawing.title-many",
        number=words.fixed(f"numbers.{number}") if 1 < number <= 10 else number,
    )
    subtitle = words.fixed(
        "drawing.subtitle",
        name=drawing.context.registry.organisation.legal_name or "",
        who=counts["who"],
        why=counts["why"],
        where=counts["where"],
        recipient=counts["recipient"],
    )
    return Picture(
        title=title[:1].upper() + title[1:],
        subtitle=subtitle,
        description=words.fixed("drawing.description"),
        lang=words.language,
        border=words.fixed("drawing.border"),
        headings=tuple(
            Heading(lane, words.fixed(f"drawing.lanes.{lane}.title"), words.fixed(f"drawing.lanes.{lane}.subtitle"))
            for lane in ("who", "why", "where", "recipient")
        ),
        bands=tuple(_band_text(drawing, band) for band in ("adequate", "agreement", "none") if band in drawing.bands_abroad.values()),
        nodes=tuple(nodes),
        edges=tuple(edges),
        legend=Legend(
            **{sign: words.fixed(f"drawing.legend.{sign}") for sign in ("stays", "adequate", "agreement", "none", "border", "gate")}
        ),
    )


def _with_details(drawing: _Drawing, node: Node) -> Node:
    if node.lane == "why" and node.id in drawing.tags:
        tags = tuple(Tag(country, band) for country, band in sorted(drawing.tags[node.id].items()))
        return Node(node.id, node.lane, node.title, node.lines, tags, node.band, node.shape)
    if node.lane == "abroad":
        labels = [uncapitalised(str(label)) for label in drawing.words.labels("data_categories", sorted(drawing.abroad.get(node.id, ())))]
        if len(labels) > _MOST_CATEGORIES:
            more = drawing.words.fixed("drawing.more", number=len(labels) - _MOST_CATEGORIES + 1)
            labels = [*labels[: _MOST_CATEGORIES - 1], more]
        return Node(
            node.id,
            node.lane,
            node.title,
            (*node.lines, drawing.words.join(labels)) if labels else node.lines,
            (),
            node.band or "none",
            node.shape,
        )
    return node


def _strongest(drawing: _Drawing) -> Iterator[Edge]:
    """Of what goes the same way both inside and out of the EEA, the part that leaves."""
    strongest: dict[tuple[str, str], int] = {}
    for source, target, band in drawing.edges:
        strongest[source, target] = max(strongest.get((source, target), 0), _RANK[band])
    for (source, target, band), edge in drawing.edges.items():
        if _RANK[band] == strongest[source, target] or (band and source.startswith("where:")):
            yield edge


def _band_text(drawing: _Drawing, band: Band) -> BandText:
    words = drawing.words
    places: dict[str, int] = {}
    for node, its_band in drawing.bands_abroad.items():
        if its_band == band:
            for country in drawing.nodes[node].lines:
                places[country] = places.get(country, 0) + 1
    count = words.join(
        words.fixed("drawing.in-country-one" if number == 1 else "drawing.in-country-many", number=number, country=country)
        for country, number in sorted(places.items())
    )
    return BandText(band, words.fixed(f"drawing.bands.{band}.title"), words.fixed(f"drawing.bands.{band}.explanation"), count)
