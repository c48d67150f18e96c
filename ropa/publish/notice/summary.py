"""The first layer: what everyone should know before anything else (WP260 rev.01, paragraph 36), derived from the same facts as the rest."""

from __future__ import annotations

from collections import Counter

from ropa.flows.crossings import outcome
from ropa.model.organisation import Dpo
from ropa.publish.notice.facts import FROM_THE_PERSON
from ropa.publish.notice.prose import Line, Span, changed, line, link, spaced, styled
from ropa.publish.notice.public import Told
from ropa.publish.notice.purposes import Readers, may_surprise
from ropa.publish.notice.view import Link, Section
from ropa.publish.notice.writer import Writer
from ropa.publish.placing import are_unplaced

MOST_LINKS = 8
NAMED_SURPRISES = 2
NAMED_SOURCES = 2


def summary(writer: Writer, groups: tuple[Readers, ...], full: str = "") -> Section:
    """Five sentences, each a bold fact and one addition, then a link for each group of readers. `full` is the page of the whole text."""
    lines = (_who(writer), _how_many(writer, groups, full), _outside(writer, full), _from_others(writer, full), _rights(writer, full))
    wanted = [group for group in groups if group.purposes or group.also]
    links = tuple(Link(f"{full}#{group.id}", _plain(changed(group.name, "upper"))) for group in wanted) if len(wanted) <= MOST_LINKS else ()
    return Section(
        "summary",
        writer.fixed("sections.summary"),
        "summary",
        lines=tuple(each for each in lines if each),
        links_heading=writer.fixed("summary.find-yours") if links else "",
        links=links,
    )


def _plain(written: Line) -> str:
    return "".join(span.text for span in written)


def _who(writer: Writer) -> Line:
    organisation = writer.context.registry.organisation
    name = organisation.legal_name
    fact = styled("strong", writer.say("summary.who", name=line(Span(name))) if name else writer.gap("organisation#legal_name"))
    dpo = organisation.dpo
    if isinstance(dpo, Dpo) and dpo.email:
        return line(fact, " ", writer.say("summary.officer", contact=writer.contact(dpo.email)))
    contact = writer.rights_contact
    way = "summary.write" if "@" in contact else "summary.go-to"
    return line(fact, " ", writer.say(way, contact=writer.contact(contact))) if contact else fact


def _how_many(writer: Writer, groups: tuple[Readers, ...], full: str) -> Line:
    number = len(writer.public.purposes)
    fact = styled("strong", writer.say("summary.purposes" if number != 1 else "summary.purpose", number=str(number)))
    counted = Counter({group.id: len(group.purposes) for group in groups})
    names = {group.id: changed(group.name, "lower") for group in groups}
    addition: Line = ()
    notice = writer.context.registry.notice
    if notice is not None and notice.audiences and len(counted) > 2:
        most = [names[found] for found, _ in sorted(counted.items(), key=lambda each: -each[1])[:2]]
        addition = writer.say("summary.most", people=writer.join(most))
    return spaced(fact, addition, link(f"{full}#overview", writer.fixed("summary.see-all")))


def _outside(writer: Writer, full: str) -> Line:
    """Which countries outside the EEA, the least protected first in the mark's look; else that all stays, or that it is not known."""
    crossings = [crossing for crossing, _ in writer.public.purposes_by_crossing]
    is_open = any(are_unplaced(writer.context.registry, writer.public.receipts_of(told)) for told in writer.public.purposes)
    see = link(f"{full}#transfers", writer.fixed("summary.how-protected"))
    known = writer.say("summary.not-placed")
    if not crossings:
        if is_open:
            return line(styled("strong", known), " ", see)
        return styled("strong", writer.say("summary.stays-abroad", country=writer.abroad) if writer.abroad else writer.say("summary.stays"))
    countries = dict.fromkeys(crossing.country for crossing in crossings)
    named = writer.join(line(writer.place(code)) for code in countries)
    outcomes = {outcome(crossing) for crossing in crossings}
    worst = next(each for each in ("undeclared", "derogation", "agreement", "adequate") if each in outcomes)
    kind = "stored" if any(crossing.how == "stored" for crossing in crossings) else "accessed"
    fact = "".join(span.text for span in writer.say(f"summary.outside-{kind}", countries=named))
    return spaced(line(Span(fact, worst)), known if is_open else (), see)


def _from_others(writer: Writer, full: str) -> Line:
    """Who else gives us data, and what may surprise."""
    codes: dict[str, Line] = {}
    for told in writer.public.purposes:
        for sources in (*(group.source for group in told.groups.values()), told.activity.source):
            for code, source in (sources or {}).items():
                if code not in FROM_THE_PERSON and code != "generated":
                    party = source.party or (code if code in writer.context.registry.parties else None)
                    by_kind = writer.say(f"source.{code}") if writer.has(f"source.{code}") else ()
                    named = writer.say("source.from", source=line(Span(writer.party_name(party)))) if party else ()
                    codes.setdefault(code, named or by_kind)
    found = [each for each in codes.values() if each]
    surprises = [told for told in writer.public.purposes if may_surprise(told)]
    also = writer.say("summary.surprises", purposes=writer.join(_surprises(writer, surprises, full))) if surprises else ()
    if not found:
        return spaced(styled("strong", writer.say("summary.from-you")), also)
    few = found[:NAMED_SOURCES]
    rest = [line(writer.fixed("summary.and-others"))] if len(found) > NAMED_SOURCES else []
    return spaced(styled("strong", writer.say("summary.from-others", sources=writer.join([*few, *rest]))), also)


def _surprises(writer: Writer, surprises: list[Told], full: str) -> list[Line]:
    """The first few by name; that there are more is said."""
    named = [link(f"{full}#{told.id}", changed(writer.title(told), "lower")) for told in surprises[:NAMED_SURPRISES]]
    more = len(surprises) - len(named)
    return [*named, *([link(f"{full}#overview", writer.say("summary.more", number=str(more)))] if more else [])]


def _rights(writer: Writer, full: str) -> Line:
    return line(
        styled("strong", writer.say("summary.rights")),
        " ",
        writer.say("summary.rights-more"),
        " ",
        link(f"{full}#rights", writer.fixed("summary.how-to")),
    )
