"""The facts of a purpose: which data, from where, whether they must be given, how long, automated decisions, children, joint control."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ropa.context.context import group_address, purpose_subjects
from ropa.law import countries, vocabulary
from ropa.model.activity import AutomatedDecision, DataGroup
from ropa.model.records_common import Exempt, Inform, Joint, Obligation, Source
from ropa.publish.notice.bases import special_data
from ropa.publish.notice.prose import Line, changed, ended, line, link, sentences, styled, words_of
from ropa.publish.notice.public import Told
from ropa.publish.notice.retention import kept
from ropa.publish.notice.view import Fact
from ropa.publish.notice.writer import Writer

FROM_THE_PERSON = frozenset({"data-subject", "observed-device"})
T = TypeVar("T")


def by_group(writer: Writer, told: Told, say: Callable[[str, DataGroup], Line]) -> tuple[Line, ...]:
    """What holds for each data group of a purpose; said once where it is the same for all, else after the data it is about."""
    said: dict[str, tuple[Line, list[DataGroup]]] = {}
    for name, group in told.groups.items():
        written = say(name, group)
        if written:
            said.setdefault(words_of(written), (written, []))[1].append(group)
    if not said:
        return ()
    if len(said) == 1:
        return (next(iter(said.values()))[0],)
    return tuple(line(styled("strong", _data_of(writer, groups), ":"), " ", written) for written, groups in said.values())


def _data_of(writer: Writer, groups: Iterable[DataGroup]) -> Line:
    codes = [code for group in groups for code in group.categories or ()]
    return changed(writer.labels("data_categories", codes), "upper")


def data_fact(writer: Writer, told: Told) -> Fact:
    """Which data, and of whom where the groups are about different people; special categories with why we may."""
    lines: list[Line] = []
    provisions: list[str] = []
    everyone = set(purpose_subjects(told.activity, told.purpose))
    for name, group in told.groups.items():
        data = changed(writer.labels("data_categories", group.categories), "upper")
        if not data:
            data = writer.gap(f"{group_address(told.activity, name)}.categories", group_address(told.activity, name))
        people = set(group.subjects or ()) & everyone
        if people and people != everyone:
            data = line(
                styled("strong", changed(writer.labels("data_subjects", group.subjects), "upper"), ":"), " ", changed(data, "lower")
            )
        lines.append(sentences(data, *_examples(writer, group)))
        for said, provision in special_data(writer, told, name, group):
            lines.append(said)
            provisions.append(provision)
    lines = lines or [writer.gap(f"activities/{told.activity.id}#data")]
    if told.activity.not_collected:
        lines.append(writer.told(told.activity.not_collected))
    return Fact(writer.fixed("labels.data"), tuple(lines), writer.provisions(provisions))


def _examples(writer: Writer, group: DataGroup) -> Iterator[Line]:
    texts = group.examples if isinstance(group.examples, list) else [group.examples] if group.examples else []
    said = writer.join(writer.inside(text) for text in texts)
    if said:
        yield writer.say("data.examples", examples=said)


def source_fact(writer: Writer, told: Told) -> Fact:
    """Where the data come from, and whether that is public, GDPR Art. 14(2)(f); when people are told, Art. 14(3)."""
    activity = told.activity

    def said(name: str, group: DataGroup) -> Line:
        sources = group.source if group.source is not None else activity.source
        if not sources:
            return writer.gap(f"{group_address(activity, name)}.source", f"activities/{activity.id}#source")
        return ended(changed(writer.join(_source(writer, code, source) for code, source in sources.items()), "upper"))

    lines = by_group(writer, told, said) or (said("", DataGroup()),)
    return Fact(writer.fixed("labels.source"), (*lines, *(written for each in informs(told) if (written := informed(writer, each)))))


def informs(told: Told) -> list[Inform]:
    """Each thing that is said of when people are told of the data of a purpose, or why they are not."""
    found = {id(each): each for each in (*(group.inform for group in told.groups.values()), told.activity.inform) if each is not None}
    return list(found.values())


def _source(writer: Writer, code: str, source: Source) -> Line:
    party = source.party or (code if code in writer.context.registry.parties else None)
    if code == "data-subject":
        return writer.say("source.data-subject")
    if source.name:
        named = writer.say("source.from", source=writer.inside(source.name))
    elif party is not None:
        named = writer.say("source.from", source=writer.party(party))
    else:
        named = (
            writer.say(f"source.{code}")
            if writer.has(f"source.{code}")
            else writer.say("source.from", source=writer.label("source_kinds", code))
        )
    shipped = vocabulary.codes("source_kinds").get(code)
    public = source.public if source.public is not None else (shipped.public if shipped is not None else None)
    if public is None or code in (*FROM_THE_PERSON, "generated"):
        return named
    return line(named, " ", writer.fixed("source.public" if public else "source.not-public"))


def informed(writer: Writer, inform: Inform) -> Line:
    """When and how people are told of data from elsewhere, or why they are not, GDPR Arts 14(3) and 14(5)."""
    how = writer.told(inform.how)
    when = writer.say(f"inform.{inform.when}") if inform.when else ()
    return sentences(when, how, _not_informed(writer, inform.exempt) if inform.exempt is not None else ())


def _not_informed(writer: Writer, exempt: Exempt) -> Line:
    return sentences(
        writer.say("inform.exempt"),
        writer.told(exempt.because),
        writer.say("inform.exempt-law", law=writer.laws(exempt.law)) if exempt.law else (),
        *(writer.say(f"inform.instead.{code}") for code in exempt.instead or ()),
    )


def obligation_fact(writer: Writer, told: Told) -> Fact:
    """Whether people must give the data and what happens if they do not, GDPR Art. 13(2)(e)."""
    activity = told.activity

    def said(name: str, group: DataGroup) -> Line:
        own = group.obligation_to_provide
        return _obligation(writer, own if own is not None else activity.obligation_to_provide, activity.id, name)

    lines = by_group(writer, told, said) or (_obligation(writer, activity.obligation_to_provide, activity.id, ""),)
    return Fact(writer.fixed("labels.obligation"), lines)


def _obligation(writer: Writer, obligation: Obligation | str | None, activity: str, group: str) -> Line:
    if obligation == "none":
        return writer.say("obligation.none")
    if not isinstance(obligation, Obligation) or not (obligation.required or obligation.consequence):
        return writer.gap(f"activities/{activity}#data.{group}.obligation_to_provide", f"activities/{activity}#obligation_to_provide")
    required = writer.say(f"obligation.{obligation.required or 'none'}")
    law = writer.laws(obligation.law)
    return sentences(required, writer.say("obligation.by-law", law=law) if law else (), writer.told(obligation.consequence))


def retention_fact(writer: Writer, told: Told) -> Fact:
    """How long each data group is kept for the purpose."""
    found = {name: kept(writer, told.activity, name, group, told.name) for name, group in told.groups.items()}
    lines = by_group(writer, told, lambda name, _: found[name].sentences)
    if not lines:
        lines = (kept(writer, told.activity, "", DataGroup(), told.name).sentences,)
    laws = dict.fromkeys(each.law for each in found.values() if each.law)
    return Fact(writer.fixed("labels.retention"), lines, styled("muted", changed(writer.join(laws), "upper")))


def short_retention(writer: Writer, told: Told) -> tuple[Line, ...]:
    """When the data are deleted in a few words, each different answer once."""
    groups = told.groups or {"": DataGroup()}
    found = {
        words_of(short): short for name, group in groups.items() if (short := kept(writer, told.activity, name, group, told.name).short)
    }
    return tuple(found.values())


def decision_facts(writer: Writer, told: Told) -> Iterator[Fact]:
    """Automated decisions with logic, significance and consequences, GDPR Arts 13(2)(f) and 22; profiling and improvement of products."""
    decision = told.activity.automated_decision
    if isinstance(decision, AutomatedDecision) and (decision.purposes is None or told.name in decision.purposes):
        yield Fact(writer.fixed("labels.decision"), tuple(_decision(writer, told, decision)), writer.provisions(["22"]))
    if told.purpose.profiling:
        yield Fact(writer.fixed("labels.profiling"), (writer.say("decision.profiling"),))
    if told.purpose.product_improvement:
        yield Fact(writer.fixed("labels.improvement"), (writer.say("decision.improvement"),))


def _decision(writer: Writer, told: Told, decision: AutomatedDecision) -> Iterator[Line]:
    at = f"activities/{told.activity.id}#automated_decision"
    ground = writer.say(f"decision.ground.{decision.ground}") if decision.ground else writer.gap(f"{at}.ground")
    law = writer.laws(decision.law)
    yield sentences(writer.say("decision.made"), ground, writer.say("decision.by-law", law=law) if law else ())
    groups = [group for name, group in told.groups.items() if decision.data is None or name in decision.data]
    if groups and decision.data is not None:
        yield line(styled("strong", writer.fixed("decision.data")), " ", ended(_data_of(writer, groups)))
    for key in ("logic", "significance", "consequences"):
        text = getattr(decision, key)
        yield line(styled("strong", writer.fixed(f"decision.{key}")), " ", writer.told(text) or writer.gap(f"{at}.{key}"))
    if decision.safeguards:
        yield writer.say("decision.safeguards", safeguards=writer.labels("decision_safeguards", decision.safeguards))


def children_fact(writer: Writer, told: Told) -> Iterator[Fact]:
    """Children's own consent to an online service, GDPR Art. 8."""
    children = told.purpose.children
    if children is None:
        return
    ages = children.ages or {}
    own_country = writer.context.registry.organisation.country or ""
    age = children.minimum_age or ages.get(own_country) or countries.child_age(own_country)
    listed = writer.join(
        writer.say("children.age", country=writer.country(code), age=str(years)) for code, years in sorted(ages.items()) if years != age
    )
    yield Fact(
        writer.fixed("labels.children"),
        tuple(
            each
            for each in (
                sentences(
                    writer.say("children.alone", age=str(age)) if age else (), writer.say("children.ages", ages=listed) if listed else ()
                ),
                sentences(writer.say("children.verification"), writer.told(children.verification)) if children.verification else (),
                writer.say("children.counselling") if children.counselling else (),
            )
            if each
        ),
        writer.provisions(["8"]),
    )


def joint_fact(writer: Writer, told: Told) -> Iterator[Fact]:
    """Who shares the responsibility and the essence of the arrangement, GDPR Art. 26(2)-(3)."""
    found: dict[str, tuple[Joint, str]] = {}
    for party, joint in (told.activity.joint or {}).items():
        found[party] = (joint, f"activities/{told.activity.id}#joint.{party}")
    for record in writer.public.cookies_of(told.activity.id):
        for party, joint in (record.joint or {}).items():
            found.setdefault(party, (joint, f"cookies/{record.id}#joint.{party}"))
    if found:
        lines = tuple(joint_line(writer, party, joint, at) for party, (joint, at) in found.items())
        yield Fact(writer.fixed("labels.joint"), (*lines, writer.say("joint.rights")), writer.provisions(["26"]))


def joint_line(writer: Writer, party: str, joint: Joint, at: str) -> Line:
    """One joint controller: what is shared, and who does what."""
    scope = writer.labels("joint_scopes", joint.scope)
    name = styled("strong", writer.party(party))
    law = writer.laws(joint.by_law)
    essence = _essence(writer, joint)
    if not essence and not law:
        essence = writer.gap(f"{at}.essence")
    shared = writer.say("joint.shared-for", party=name, scope=scope) if scope else writer.say("joint.shared", party=name)
    return sentences(shared, writer.say("joint.by-law", law=law) if law else (), essence)


def _essence(writer: Writer, joint: Joint) -> Line:
    texts = joint.essence or {}
    address = next((text for text in texts.values() if text.startswith(("https://", "http://"))), None)
    return link(address, writer.fixed("joint.read")) if address else writer.told(joint.essence)
