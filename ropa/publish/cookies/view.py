"""The cookie declaration as plain data, for one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ropa.flows.crossings import outcome, stored_in
from ropa.flows.edges import Crossing
from ropa.law import vocabulary
from ropa.model.records import ConsentBanner, CookieItem, Cookies, System
from ropa.publish.notice.bases import withdrawal
from ropa.publish.notice.facts import joint_line
from ropa.publish.notice.prose import Line, Span, changed, joined, line, link, sentences, styled
from ropa.publish.notice.view import Cell, Fact, Link, Row, Rows, Section, Table
from ropa.publish.notice.writer import Writer

US = "us"
HEADS = ("name", "purpose", "information", "who", "lifetime")


def asks(record: Cookies) -> bool:
    """Whether the category needs consent; one that is not said does (ekomloven § 3-15 first paragraph)."""
    code = vocabulary.codes("cookie_categories").get(record.category or "")
    return code is None or code.consent_required is not False


def sections(writer: Writer, notice: Writer) -> Iterator[Section]:
    """The declaration's sections. `notice` says what the notice says too, in the same words."""
    yield _summary(writer)
    for code in _categories(writer):
        yield _category(writer, notice, code)
    choice = _choice(writer, notice)
    if choice is not None:
        yield choice


def _categories(writer: Writer) -> list[str]:
    """The categories in use, exempt ones first, in the order of the vocabulary."""
    used = {record.category or "" for record in writer.public.cookies}
    return [code for code in (*vocabulary.codes("cookie_categories"), "") if code in used]


def _summary(writer: Writer) -> Section:
    records = writer.public.cookies
    heading = writer.fixed("summary.heading")
    if not records:
        return Section("summary", heading, "summary", lines=(writer.say("summary.none"),))
    exempt = [record for record in records if not asks(record)]
    asked = [record for record in records if asks(record)]
    again = [banner.asks_again for banner in _banners(writer) if banner.asks_again]
    mind = sentences(
        styled("strong", writer.say("summary.change-mind")),
        writer.say("summary.asks-again", period=writer.duration(again[0])) if again else (),
        link("#choice", writer.fixed("summary.see-choice")),
    )
    lines = (_counted(writer, exempt, "exempt"), _counted(writer, asked, "asked"), *([mind] if asked else []))
    return Section("summary", heading, "summary", lines=lines, button=_change(writer))


def _counted(writer: Writer, records: list[Cookies], which: str) -> Line:
    if not records:
        return styled("strong", writer.say(f"summary.{which}-none"))
    known = [record for record in records if record.items is not None]
    number = sum(len(record.items) for record in known if isinstance(record.items, dict))
    complete = len(known) == len(records) and number > 0
    fact = writer.say(f"summary.{which}", number=str(number)) if complete else writer.say(f"summary.{which}-some")
    categories = dict.fromkeys(record.category for record in records if record.category)
    used = writer.labels("cookie_categories", categories)
    return sentences(
        styled("strong", fact),
        writer.say("summary.category" if len(categories) == 1 else "summary.categories", categories=used) if used else (),
        writer.say("summary.some-open") if len(known) < len(records) else (),
    )


def _sites(writer: Writer) -> list[System]:
    """The sites and apps that the cookies are used on, and those that ask for consent to them."""
    named = dict.fromkeys(name for record in writer.public.cookies for name in record.used_on or ())
    systems = writer.context.registry.systems
    return [systems[name] for name in named if name in systems]


def _banners(writer: Writer) -> list[ConsentBanner]:
    return [system.consent_banner for system in _sites(writer) if system.consent_banner is not None]


def _change(writer: Writer) -> Link | None:
    """The way to change one's choice, which lies on the site itself."""
    found = next((system for system in _sites(writer) if system.consent_banner is not None and system.url), None)
    if found is None or found.url is None:
        return None
    text = "".join(span.text for span in writer.say("choice.change", site=host(found.url)))
    return Link(found.url, text)


def host(address: str) -> str:
    """The name of a site: ``www.eksempel.no`` → ``eksempel.no``."""
    return address.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")


def sites_line(writer: Writer) -> Line:
    """What the page is about."""
    names = dict.fromkeys(host(system.url) for system in _sites(writer) if system.url)
    if not names:
        return writer.say("meta.about-us")
    return writer.say("meta.about", sites=writer.join(line(Span(name)) for name in names))


def _category(writer: Writer, notice: Writer, code: str) -> Section:
    records = [record for record in writer.public.cookies if (record.category or "") == code]
    rows = tuple(row for record in records for row in _rows(writer, notice, record))
    label = changed(writer.label("cookie_categories", code), "upper") if code else writer.cell_gap()
    table = Table("cookies", tuple(writer.fixed(f"heads.{head}") for head in HEADS), (Rows(rows),))
    heading = "".join(span.text for span in label)
    return Section(f"category.{code or 'none'}", heading, "category", lines=(_asked(writer, records),), table=table)


def _asked(writer: Writer, records: list[Cookies]) -> Line:
    """Whether one is asked, the first thing a reader wants to know of a category."""
    if not asks(records[0]):
        norwegian = writer.context.registry.organisation.country == "NO"
        key = "asked.no" if norwegian else "asked.no-law"
        return styled("good", writer.say(key, law=writer.laws([writer.fixed("law")])) if norwegian else writer.say(key))
    clicked = all(record.loaded == "on-click" and record.consent is None for record in records)
    return styled("asked", writer.say("asked.click" if clicked else "asked.yes"))


def _rows(writer: Writer, notice: Writer, record: Cookies) -> Iterator[Row]:
    """A row for each name, names with the same facts together; a row for what stores nothing or is not known."""
    who = _who(writer, notice, record)
    if not isinstance(record.items, dict) or not record.items:
        stored: Cell = (line(writer.fixed("nothing-stored")),)
        nothing: Cell = (line(writer.fixed("nothing")),)
        if record.items != "none":
            asked = writer.question(f"cookies/{record.id}#items")
            stored, nothing = (writer.cell_gap(), asked) if asked else (writer.cell_gap(),), (writer.cell_gap(),)
        yield Row((stored, _purpose(writer, notice, record), nothing, who, nothing), f"cookies.{record.id}")
        return
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, item in record.items.items():
        alike.setdefault((str(item.kind), str(item.information), str(item.lifetime), str(item.set_by)), []).append(name)
    for place, names in enumerate(alike.values()):
        item = record.items[names[0]]
        at = f'cookies/{record.id}#items."{names[0]}"' if "." in names[0] else f"cookies/{record.id}#items.{names[0]}"
        said = tuple(line(Span(name, "code")) for name in names)
        cells = (said, _purpose(writer, notice, record), _information(writer, item, at), who, _lifetime(writer, item, at))
        yield Row(cells, f"cookies.{record.id}" if place == 0 else "")


def _purpose(writer: Writer, notice: Writer, record: Cookies) -> Cell:
    told = writer.public.told([record.activity]) if record.activity else ()
    lines: list[Line] = [
        writer.told(record.text) or writer.gap(f"cookies/{record.id}#text"),
        sentences(writer.say("necessary", what=writer.inside(record.necessary_for))) if record.necessary_for else (),
        *(joint_line(notice, party, joint, f"cookies/{record.id}#joint.{party}") for party, joint in (record.joint or {}).items()),
        writer.say("part-of", purpose=writer.to_purpose(told[0])) if told else (),
    ]
    return tuple(each for each in lines if each)


def _information(writer: Writer, item: CookieItem, at: str) -> Cell:
    said = changed(writer.labels("data_categories", item.information), "upper")
    return (said or writer.gap(f"{at}.information"),)


def _lifetime(writer: Writer, item: CookieItem, at: str) -> Cell:
    lasts = line(changed(line(writer.words.duration(item.lifetime)), "upper")) if item.lifetime else writer.gap(f"{at}.lifetime")
    kind = [writer.label("cookie_kinds", item.kind)] if item.kind else []
    setter = [line(writer.fixed(f"set-by.{item.set_by}"))] if item.set_by else []
    how = changed(joined([*kind, *setter], ", ", ", "), "upper")
    return (lasts, styled("muted", how)) if how else (lasts,)


def _who(writer: Writer, notice: Writer, record: Cookies) -> Cell:
    """The provider with its country and role, who else reads it, and where that is outside the EEA."""
    organisation = writer.context.registry.organisation
    if record.provider == US:
        first: Line = writer.say("us", name=line(Span(organisation.short_name or organisation.legal_name or "")))
    elif record.provider:
        role = f", {writer.fixed(f'role.{record.role}')}" if record.role and writer.has(f"role.{record.role}") else ""
        first = line(_named(writer, record.provider), role)
    else:
        first = writer.gap(f"cookies/{record.id}#provider")
    others = [name for name in record.read_by or () if name not in (record.provider, US)]
    lines: list[Line] = [
        first,
        sentences(writer.say("read-by", parties=writer.join(_named(writer, name) for name in others))) if others else (),
    ]
    lines += [styled("muted", writer.say(f"loaded.{record.loaded}"))] if record.loaded else []
    lines += [_outside(notice, crossing) for crossing in crossings_of(writer, record)]
    for name in (record.provider, *others):
        party = writer.context.registry.parties.get(name or "")
        if party is not None and not stored_in(party):
            lines.append(writer.say("who-stores", gap=writer.gap(f"parties/{name}#stored_in")))
    return tuple(each for each in lines if each)


def _named(writer: Writer, name: str) -> Line:
    party = writer.context.registry.parties.get(name)
    country = writer.country(party.country) if party is not None and party.country else ""
    return line(writer.party(name), f", {country}" if country else "")


def crossings_of(writer: Writer, record: Cookies) -> list[Crossing]:
    """The crossings of the EEA's border that what is read here makes: of the provider, of other readers, and of those below them."""
    parties = {record.provider, *(record.read_by or ())} - {US, None}
    found = []
    for crossing in writer.context.crossings:
        by_flow = any(flow.activity == record.activity and flow.chain and flow.chain[0] in parties for flow in crossing.flows)
        if by_flow or (record.activity is None and crossing.party in parties):
            found.append(crossing)
    return found


def _outside(notice: Writer, crossing: Crossing) -> Line:
    how = outcome(crossing)
    who = f"{notice.party_name(crossing.party)}, {notice.country(crossing.country)}"
    return line(Span(who, how), " ", Span(notice.fixed(f"outside.short.{how}"), "muted"))


def _choice(writer: Writer, notice: Writer) -> Section | None:
    """How each consent is withdrawn, what a no means, who runs the consent tool, and when one is asked again."""
    asked = [record for record in writer.public.cookies if asks(record)]
    if not asked:
        return None
    facts = [*_withdrawals(writer, notice, asked), *(fact for system in _sites(writer) for fact in _banner(writer, system))]
    outside = any(crossings_of(writer, record) for record in writer.public.cookies)
    more = link(f"{writer.there}#transfers", writer.fixed("outside.read-more")) if outside else ()
    return Section("choice", writer.fixed("sections.choice"), facts=tuple(facts), after=more)


def _withdrawals(writer: Writer, notice: Writer, asked: list[Cookies]) -> Iterator[Fact]:
    by_consent: dict[str, list[str]] = {}
    for record in asked:
        if record.consent:
            by_consent.setdefault(record.consent, []).append(record.category or "")
    lines = []
    for name, categories in by_consent.items():
        consent = writer.context.registry.consents.get(name)
        how = withdrawal(notice, name, consent) if consent is not None else writer.gap(f"consents#{name}")
        lines.append(line(styled("strong", changed(writer.labels("cookie_categories", filter(None, categories)), "upper"), ":"), " ", how))
    if lines:
        yield Fact(writer.fixed("labels.withdraw"), tuple(lines))


def _banner(writer: Writer, system: System) -> Iterator[Fact]:
    banner = system.consent_banner
    if banner is None:
        return
    at = f"systems/{system.id}#consent_banner"
    where = writer.say(f"choice.{banner.withdrawal}") if banner.withdrawal else writer.gap(f"{at}.withdrawal")
    provider = writer.say("choice.provider", provider=_named(writer, banner.provider)) if banner.provider else ()
    yield Fact(writer.fixed("labels.tool"), tuple(each for each in (where, provider) if each))
    if banner.if_refused:
        yield Fact(writer.fixed("labels.refused"), (writer.told(banner.if_refused),))
    elif f"{at}.if_refused" in writer.context.registry.unknown:
        yield Fact(writer.fixed("labels.refused"), (writer.gap(f"{at}.if_refused"),))
    if banner.asks_again:
        yield Fact(writer.fixed("labels.again"), (writer.say("again-after", period=writer.duration(banner.asks_again)),))


def notice_writer(writer: Writer) -> Writer:
    """The writer of what the notice says too."""
    return replace(writer, document="notice")
