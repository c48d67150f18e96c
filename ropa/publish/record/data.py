"""Whose data, which, from where and how long: the cells of Art. 30(1)(c) and (f) for one data group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ropa.context.context import category_flag, conditions, group_address, groups_of, shipped_retention
from ropa.law import vocabulary
from ropa.model.activity import Activity, DataGroup
from ropa.model.legal_bases import EmploymentCondition, ExplicitConsent, HealthCareCondition, LawCondition, PublicInterestCondition
from ropa.model.records_common import Obligation, Retention, Source
from ropa.publish.record.cells import Cell, Line, line, once
from ropa.publish.record.scribe import Scribe
from ropa.publish.words import Said, capitalised, uncapitalised
from ropa.source.address import segment

_MARKED = ("art9", "art10", "national-id")


def subjects(scribe: Scribe, activity: Activity, group: DataGroup | None) -> Cell:
    """Art. 30(1)(c): the groups of people of a data group, else of the activity."""
    codes = group.subjects if group is not None and group.subjects is not None else activity.subjects
    return scribe.filled((line(said) for said in scribe.words.labels("data_subjects", codes)), f"activities/{activity.id}#subjects")


def categories(scribe: Scribe, activity: Activity, name: str | None, group: DataGroup | None) -> Cell:
    """Art. 30(1)(c): the categories of data, with what the law marks among them (Arts 9 and 10, identity numbers)."""
    at = f"activities/{activity.id}#data"
    if group is None or name is None:
        return scribe.filled((), at)
    registry = scribe.context.registry
    cell = [_category(scribe, code, category_flag(registry, code)) for code in group.categories or ()]
    return scribe.filled(cell, f"{at}.{segment(name)}.categories") if not cell else tuple(cell)


def _category(scribe: Scribe, code: str, flag: str) -> Line:
    said = scribe.words.label("data_categories", code)
    if flag not in _MARKED:
        return line(said)
    return line(Said(f"{said.text} ({scribe.fixed(f'flags.{flag}')})", said.lang), "strong")


def article_9(scribe: Scribe, activity: Activity, group: DataGroup | None) -> Cell:
    """The conditions of Art. 9(2) that a data group rests on, with their provisions."""
    cell = []
    for key, condition in conditions(group.article_9) if group is not None else ():
        code = vocabulary.codes("article_9_conditions")[key]
        lead = scribe.joined(scribe.purpose_title(activity, name) for name in condition.purposes or ())
        cell.append(line(f"{code.label(scribe.words.language)}, {scribe.provision(code.article or '')}", lead=lead))
    return tuple(cell)


def article_9_laws(scribe: Scribe, activity: Activity, group: DataGroup | None) -> Cell:
    """What else a condition of Art. 9(2) rests on: a law, an agreement, a permit, a consent request."""
    cell: list[Line] = []
    for _, condition in conditions(group.article_9) if group is not None else ():
        lead = scribe.joined(scribe.purpose_title(activity, name) for name in condition.purposes or ())
        if isinstance(condition, ExplicitConsent) and condition.request:
            cell.append(line(condition.request, lead=lead))
        if isinstance(condition, LawCondition) and condition.law:
            cell.append(line(scribe.words.law(condition.law), lead=lead))
        if isinstance(condition, EmploymentCondition):
            cell += scribe.text_line(condition.collective_agreement, lead=lead)
        if isinstance(condition, PublicInterestCondition):
            cell += scribe.text_line(condition.permit, lead=lead)
        if isinstance(condition, HealthCareCondition):
            cell += scribe.text_line(condition.contract_with_professional, lead=lead)
    return once(cell)


def article_10(scribe: Scribe, group: DataGroup | None) -> Cell:
    """The ground for data on criminal convictions and offences, Art. 10; personopplysningsloven § 11."""
    ground = group.article_10 if group is not None else None
    if ground is None:
        return ()
    cell: list[Line] = []
    if ground.control == "official-authority":
        cell.append(line(scribe.fixed("official_control")))
    if ground.law:
        cell.append(line(scribe.words.law(ground.law)))
    cell += scribe.text_line(ground.permit)
    if ground.condition:
        condition = vocabulary.codes("article_9_conditions").get(ground.condition)
        if condition is not None:
            cell.append(line(f"{condition.label(scribe.words.language)}, {scribe.provision(condition.article or '')}"))
    return tuple(cell)


def sources(scribe: Scribe, activity: Activity, name: str | None, group: DataGroup | None) -> Cell:
    """Where the data come from, Art. 14(2)(f)."""
    declared = group.source if group is not None and group.source is not None else activity.source
    return scribe.filled((_source(scribe, key, source) for key, source in (declared or {}).items()), *_places(activity, name, "source"))


def _source(scribe: Scribe, key: str, source: Source) -> Line:
    kind = scribe.words.label("source_kinds", key) if key in vocabulary.codes("source_kinds") else Said("")
    name = Said(scribe.party(source.party)) if source.party else scribe.words.text(source.name)
    if kind:
        return line(name, lead=kind) if name else line(kind)
    return line(name or scribe.party(key))


def obligation(scribe: Scribe, activity: Activity, name: str | None, group: DataGroup | None) -> Cell:
    """Whether people must give the data, Art. 13(2)(e)."""
    declared = (
        group.obligation_to_provide if group is not None and group.obligation_to_provide is not None else activity.obligation_to_provide
    )
    labels = vocabulary.codes("obligation_to_provide")
    cell: list[Line] = []
    if isinstance(declared, Obligation):
        if declared.required is not None and declared.required in labels:
            law = f", {scribe.words.law(declared.law)}" if declared.law else ""
            cell.append(line(f"{labels[declared.required].label(scribe.words.language)}{law}"))
        cell += scribe.text_line(declared.consequence, "muted")
    elif declared is not None:
        cell.append(line(labels["none"].label(scribe.words.language)))
    return scribe.filled(cell, *_places(activity, name, "obligation_to_provide"))


def _places(activity: Activity, group: str | None, key: str) -> list[str]:
    """Where a key may stand: in the group, and in the activity where the group does not say otherwise."""
    places = [f"activities/{activity.id}#{key}"]
    own = (activity.data or {}).get(group or "")
    if own is None or group is None:
        return places
    at = f"{group_address(activity, group)}.{key}"
    return [at] if getattr(own, key) is not None else [at, *places]


def retention(scribe: Scribe, activity: Activity, name: str | None, group: DataGroup | None) -> Cell:
    """Art. 30(1)(f): the time limits for erasure of a data group, one line a purpose where they differ."""
    declared = group.retention if group is not None and group.retention is not None else activity.retention
    cell: list[Line] = []
    places = _places(activity, name, "retention")
    for purpose, rule, address in _rules(scribe, declared, places[0]):
        places.append(address)
        words = _period(scribe, rule)
        if words:
            cell.append(line(words, lead=_for_purpose(scribe, activity, purpose)))
    return scribe.filled(cell, *places)


def retention_grounds(scribe: Scribe, activity: Activity, group: DataGroup | None) -> Cell:
    """The law behind each time limit, which supervisory authorities ask for."""
    declared = group.retention if group is not None and group.retention is not None else activity.retention
    return once(
        line(scribe.words.law(rule.law), lead=_for_purpose(scribe, activity, purpose))
        for purpose, rule, _ in _rules(scribe, declared, "")
        if rule.law
    )


def _for_purpose(scribe: Scribe, activity: Activity, purpose: str | None) -> Said:
    return scribe.title((activity.purposes or {}).get(purpose), purpose) if purpose else Said("")


def _rules(
    scribe: Scribe, declared: str | Retention | None, address: str, purpose: str | None = None
) -> Iterator[tuple[str | None, Retention, str]]:
    """The deletion rules of a declaration, named ones looked up: for which purpose, the rule, and where it stands."""
    if isinstance(declared, str):
        own: Mapping[str, Retention] = scribe.context.registry.retention
        if declared in own:
            yield from _rules(scribe, own[declared], f"retention#{declared}", purpose)
        elif declared in vocabulary.retention_rules():
            yield purpose, shipped_retention(declared), address
    elif declared is not None and declared.per_purpose:
        for name, inner in declared.per_purpose.items():
            yield from _rules(scribe, inner, f"{address}.per_purpose.{segment(name)}", name)
    elif declared is not None:
        yield purpose, declared, address


def _period(scribe: Scribe, rule: Retention) -> Said:
    """A deletion rule in words: the period and its start, what ends it earlier, what happens then."""
    language = scribe.words.language
    parts = []
    if rule.period:
        duration = scribe.words.duration(rule.period)
        after = uncapitalised(scribe.words.label("events", rule.from_).text) if rule.from_ else ""
        parts.append(scribe.fixed("retention.after", period=duration, event=after) if after else duration)
    if rule.until:
        events = scribe.words.join(uncapitalised(said.text) for said in scribe.words.labels("events", rule.until))
        parts.append(scribe.fixed("retention.or_until" if parts else "retention.until", event=events))
    criteria = scribe.words.text(rule.criteria)
    if criteria:
        parts.append(criteria.text)
    if rule.then in vocabulary.codes("end_actions"):
        parts.append(vocabulary.label("end_actions", str(rule.then), language))
    if rule.every:
        parts.append(scribe.fixed("retention.every", period=scribe.words.duration(rule.every)))
    parts += [extra.text for extra in (scribe.words.text(rule.method), scribe.words.text(rule.kept_abroad)) if extra]
    # The sentence mixes languages only where a criterion lacks the document's; the mark then stands on what is foreign in it.
    return Said(capitalised(". ".join(part.rstrip(".") for part in parts)), criteria.lang if criteria and len(parts) == 1 else "")


def pairs(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(1)(c) for a reader: which data belong to which people, one line a data group."""
    groups = groups_of(activity)
    if not groups:
        return (*_people(scribe, activity, None), *categories(scribe, activity, None, None))
    cell: list[Line] = []
    for name, group in groups.items():
        cell += _people(scribe, activity, group)
        cell += _held(scribe, activity, name, group)
    return _without_repeated_heads(cell)


def _people(scribe: Scribe, activity: Activity, group: DataGroup | None) -> Cell:
    codes = group.subjects if group is not None and group.subjects is not None else activity.subjects
    return (line(scribe.labels("data_subjects", codes), "strong"),) if codes else subjects(scribe, activity, group)


def _held(scribe: Scribe, activity: Activity, name: str, group: DataGroup) -> Cell:
    """The categories of a group in one line, and those that the law marks with what it marks them as."""
    if not group.categories:
        return categories(scribe, activity, name, group)
    registry = scribe.context.registry
    flags = dict.fromkeys(flag for code in group.categories if (flag := category_flag(registry, code)) in _MARKED)
    marks = tuple(line(scribe.fixed("contains", what=scribe.fixed(f"flags.{flag}")), "muted") for flag in flags)
    return (line(scribe.labels("data_categories", group.categories)), *marks)


def _without_repeated_heads(cell: list[Line]) -> Cell:
    """Groups of the same people under one heading."""
    kept: list[Line] = []
    head: Line | None = None
    for each in cell:
        if each.look == "strong" and each == head:
            continue
        head = each if each.look == "strong" else head
        kept.append(each)
    return tuple(kept)


def limits(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(1)(f) for a reader: each time limit once, with the data it holds for where there are several."""
    return by_group(scribe, activity, lambda name, group: retention(scribe, activity, name, group))


def by_group(scribe: Scribe, activity: Activity, fill: Callable[[str | None, DataGroup | None], Cell]) -> Cell:
    """What a column says of an activity: once where its data groups agree, else group by group with the data of each before it."""
    said: dict[Cell, list[str]] = {}
    for name, group in groups_of(activity).items():
        said.setdefault(fill(name, group), []).extend(group.categories or ())
    if len(said) < 2:
        return next(iter(said), None) or fill(None, None)
    lines: list[Line] = []
    for cell, held in said.items():
        if cell:
            lines += [line(scribe.labels("data_categories", held), "muted"), *cell]
    return tuple(lines)
