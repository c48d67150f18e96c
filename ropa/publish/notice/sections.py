"""The sections that are about the organisation as a whole: who, promises, cookies, security, breaches, changes, definitions."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.authority import authority_name
from ropa.law import vocabulary
from ropa.model.organisation import Dpo
from ropa.model.records import Change
from ropa.publish.notice.prose import Line, Span, changed, line, link, sentences
from ropa.publish.notice.public import is_public
from ropa.publish.notice.recipients import postal, recipient_items
from ropa.publish.notice.view import Fact, Item, Link, Section
from ropa.publish.notice.writer import Writer


def responsible(writer: Writer) -> Section:
    """Who the controller is and how to reach it, its representative and its data protection officer, GDPR Art. 13(1)(a)-(b)."""
    organisation = writer.context.registry.organisation
    name = organisation.legal_name
    lines = [writer.say("who.controller", name=line(name)) if name else writer.gap("organisation#legal_name")]
    lines += [each for each in (writer.told(organisation.description), _law(writer)) if each]
    return Section("responsible", writer.fixed("sections.responsible"), lines=tuple(lines), facts=tuple(_reach(writer)))


def _law(writer: Writer) -> Line:
    """Which law binds us: the Norwegian act beside the Regulation where it holds."""
    norwegian = writer.context.norwegian_data_protection_act_applies()
    if not norwegian:
        return writer.say("who.law")
    return writer.say("who.law-no", act=writer.laws([writer.fixed("personal-data-act")]))


def _reach(writer: Writer) -> Iterator[Fact]:
    organisation = writer.context.registry.organisation
    asked = writer.context.registry.unknown
    if organisation.short_name and organisation.short_name != organisation.legal_name:
        yield Fact(writer.fixed("who.short-name"), (line(organisation.short_name),))
    if organisation.organisation_number:
        number = line(organisation.organisation_number, *_registered(writer))
        yield Fact(writer.fixed("who.number"), (number,))
    elif "organisation#organisation_number" in asked:
        yield Fact(writer.fixed("who.number"), (writer.gap("organisation#organisation_number"),))
    address = postal(writer, organisation.address)
    if address or "organisation#address" in asked:
        yield Fact(writer.fixed("who.address"), (address or writer.gap("organisation#address"),))
    reach = [writer.contact(organisation.email), writer.contact(organisation.phone)]
    if any(reach):
        yield Fact(writer.fixed("who.contact"), tuple(each for each in reach if each))
    elif not address:
        yield Fact(writer.fixed("who.contact"), (writer.gap("organisation#email", "organisation#phone"),))
    if organisation.website:
        yield Fact(writer.fixed("who.website"), (link(organisation.website, organisation.website),))
    yield from _officer(writer)
    yield from _representative(writer)


def _registered(writer: Writer) -> Iterator[Line]:
    organisation = writer.context.registry.organisation
    if organisation.vat_registered:
        yield line(" ", writer.fixed("who.vat"))
    if organisation.trade_register:
        yield line(", ", Span(organisation.trade_register))


def _officer(writer: Writer) -> Iterator[Fact]:
    dpo = writer.context.registry.organisation.dpo
    label = writer.fixed("who.officer")
    if isinstance(dpo, Dpo):
        title = writer.text(dpo.title)
        reach = writer.join([writer.contact(dpo.email), writer.contact(dpo.phone)])
        if dpo.not_needed:
            yield Fact(label, (sentences(writer.say("who.no-officer"), writer.told(dpo.not_needed)),))
        else:
            yield Fact(label, tuple(each for each in (title, reach or writer.gap("organisation#dpo.email", "organisation#dpo")) if each))
    elif dpo == "none":
        yield Fact(label, (writer.say("who.no-officer"),))
    elif "organisation#dpo" in writer.context.registry.unknown:
        yield Fact(label, (writer.gap("organisation#dpo"),))


def _representative(writer: Writer) -> Iterator[Fact]:
    found = writer.context.registry.organisation.representative
    if found is None:
        return
    label = writer.fixed("who.representative")
    if found.not_needed:
        yield Fact(label, (writer.told(found.not_needed),))
        return
    where = writer.join([postal(writer, found.address), line(writer.country(found.country)) if found.country else ()])
    known = [line(found.name) if found.name else (), where, writer.contact(found.email)]
    yield Fact(label, tuple(each for each in known if each) or (writer.gap("organisation#representative"),))


def principles(writer: Writer) -> Section | None:
    """What the organisation promises in general."""
    promises = writer.context.registry.organisation.principles
    if not promises:
        return None
    points = tuple(writer.told(promise) for promise in promises.values())
    return Section("principles", writer.fixed("sections.principles"), items=(Item((), (), points=points),))


def recipients(writer: Writer) -> Section | None:
    """Everyone who gets data, by name."""
    items = recipient_items(writer)
    if not items:
        return None
    return Section("recipients", writer.fixed("sections.recipients"), lines=(writer.say("recipients.intro"),), items=items)


def cookies(writer: Writer) -> Section | None:
    """How many cookies there are of each sort, and where they are declared one by one."""
    records = writer.public.cookies
    if not records:
        return None
    categories = dict.fromkeys(record.category for record in records if record.category)
    required = vocabulary.codes("cookie_categories")
    asked = [code for code in categories if code in required and required[code].consent_required]
    exempt = [code for code in categories if code in required and not required[code].consent_required]
    lines = []
    if exempt:
        lines.append(writer.say("cookies.exempt", categories=writer.labels("cookie_categories", exempt)))
    if asked:
        lines.append(writer.say("cookies.asked", categories=writer.labels("cookie_categories", asked)))
    lines += _if_refused(writer)
    button = Link(f"../cookies/cookies.{writer.language}.html", writer.fixed("cookies.declaration"))
    return Section("cookies", writer.fixed("sections.cookies"), lines=tuple(lines), button=button)


def _if_refused(writer: Writer) -> list[Line]:
    """What a no means on the sites that the cookies are used on."""
    named = dict.fromkeys(name for record in writer.public.cookies for name in record.used_on or ())
    systems = writer.context.registry.systems
    banners = (systems[name].consent_banner for name in named if name in systems)
    return [writer.told(banner.if_refused) for banner in banners if banner is not None and banner.if_refused]


def security(writer: Writer) -> Section | None:
    """The general words on security; the measures themselves are for the record."""
    found = writer.context.registry.organisation.security
    text = writer.told(found.text) if found is not None else ()
    return Section("security", writer.fixed("sections.security"), lines=(text,)) if text else None


def breach(writer: Writer) -> Section | None:
    """What happens when something goes wrong, GDPR Arts 33-34."""
    found = writer.context.registry.organisation.breach
    if found is None:
        return None
    authority = authority_name(writer.context.registry.organisation) or writer.fixed("breach.authority")
    lines: list[Line] = [writer.told(found.routine)]
    if found.authority_within:
        within = writer.duration(found.authority_within)
        unless = f"breach.told-unless-{found.authority_unless}" if found.authority_unless else "breach.told"
        lines.append(writer.say(unless, authority=authority, within=within))
    if found.tell_people:
        lines.append(writer.say(f"breach.people.{found.tell_people}"))
    if found.controllers_within:
        duration = found.controllers_within
        soon = writer.say("breach.at-once")
        period = soon if duration == "without-undue-delay" else writer.say("breach.within", within=writer.duration(duration))
        lines.append(writer.say("breach.controllers", within=period))
    if found.register:
        lines.append(writer.say("breach.register"))
    if found.report_to:
        lines.append(writer.say("breach.report-to", contact=writer.contact(found.report_to)))
    said = tuple(each for each in lines if each)
    return Section("breach", writer.fixed("sections.breach"), lines=said) if said else None


def changes(writer: Writer, as_of: str) -> Section:
    """The version and its day; what has been changed and who was told, the newest first."""
    registry = writer.context.registry
    told = sorted(
        (change for change in registry.changes.values() if _concerns_public(writer, change)),
        key=lambda change: change.date or "",
        reverse=True,
    )
    items = tuple(_change(writer, change) for change in told)
    lines = [version_line(writer, as_of)] if items else [version_line(writer, as_of), writer.say("changes.none")]
    return Section("changes", writer.fixed("sections.changes"), lines=tuple(each for each in lines if each), items=items)


def _concerns_public(writer: Writer, change: Change) -> bool:
    """Whether a change is about something public: not where all that it names is about unpublished activities."""
    activities = writer.context.registry.activities
    named = [
        activities[record.removeprefix("activities/")]
        for record in change.records or ()
        if record.removeprefix("activities/") in activities
    ]
    others = len(change.records or ()) - len(named)
    return not named or others > 0 or any(is_public(writer.context, activity) for activity in named)


def _change(writer: Writer, change: Change) -> Item:
    people = change.people_told
    how: Line = ()
    if people is not None and (people.how or people.date):
        parts = {"how": writer.inside(people.how), "on": line(writer.words.date(people.date)) if people.date else ()}
        key = "changes.told" + ("-how" if people.how and people.date else "") + ("-on" if people.date else "")
        how = writer.say(key, how=parts["how"], date=parts["on"])
    day = line(writer.words.date(change.date)) if change.date else writer.cell_gap()
    return Item(day, tuple(each for each in (writer.told(change.what), how) if each))


def definitions(writer: Writer) -> Section | None:
    """The words of the law that the notice explains."""
    notice = writer.context.registry.notice
    codes = (notice.definitions if notice is not None else None) or []
    items = tuple(
        Item(changed(writer.label("terms", code), "upper"), (writer.say(f"definitions.{code}"),))
        for code in codes
        if code in vocabulary.terms()
    )
    return Section("definitions", writer.fixed("sections.definitions"), items=items) if items else None


def effective_line(writer: Writer, as_of: str, full: str = "") -> Line:
    """From when the notice holds, with the way to what has changed (on the page `full`); without such a day, of which day its facts are."""
    notice = writer.context.registry.notice
    changed_here = link(f"{full}#changes", writer.fixed("sections.changes"))
    if notice is not None and notice.effective:
        return line(writer.say("meta.effective", date=writer.words.date(notice.effective)), ". ", changed_here)
    return line(writer.say("meta.as-of", date=as_of), ". ", changed_here) if as_of else line(changed_here)


def version_line(writer: Writer, as_of: str) -> Line:
    """Which version this is, and of which day its facts are."""
    notice = writer.context.registry.notice
    version = writer.say("meta.version", version=line(Span(notice.version))) if notice is not None and notice.version else ()
    return sentences(version, writer.say("meta.as-of", date=as_of) if as_of else ())
