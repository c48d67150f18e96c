"""The rights that the bases in use give, GDPR Arts 13(2)(b)-(d) and 21(4): what each means here, for which purposes, and how."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.authority import authority_country, authority_name
from ropa.context.context import bases, conditions
from ropa.context.entitlements import purpose_rights
from ropa.law import countries, rights
from ropa.law.rights import MARKETING, RESEARCH, Right
from ropa.model.activity import AutomatedDecision
from ropa.model.organisation import Dpo
from ropa.publish.notice.bases import withdrawal
from ropa.publish.notice.prose import Line, changed, ended, line, link, sentences, spaced, styled, words_of
from ropa.publish.notice.public import Told
from ropa.publish.notice.view import Item, Link, Row, Rows, Section, Table
from ropa.publish.notice.writer import Writer, bare

BOXED = ("objection", MARKETING, RESEARCH)
"""Rights that stand in a box of their own, Art. 21(4)."""
APART = frozenset({*BOXED, "complaint", "judicial-remedy", "compensation"})


def rights_for(writer: Writer, told: Told) -> tuple[Right, ...]:
    """The rights of the people that a purpose concerns."""
    return purpose_rights(writer.context, told.activity, told.name)


def rights_of(writer: Writer, told: Told) -> Line:
    """The rights at one purpose in a few words, with the way to what they mean."""
    named = [right for right in rights_for(writer, told) if not right.optional_in_notice and right.code != "information"]
    listed = writer.join(line(writer.fixed(f"rights.here.{right.code}")) for right in named)
    return line(ended(changed(listed, "upper")), " ", link("#rights", writer.fixed("summary.how-to")))


def _by_right(writer: Writer) -> dict[str, list[tuple[Told, Right]]]:
    found: dict[str, list[tuple[Told, Right]]] = {}
    for told in writer.public.purposes:
        for right in rights_for(writer, told):
            found.setdefault(right.code, []).append((told, right))
    return found


def rights_table(writer: Writer) -> Table:
    """Per right what one can do, what it means, and for which purposes it holds."""
    held = _by_right(writer)
    extended = (writer.context.registry.organisation.rights.extended if writer.context.registry.organisation.rights else None) or {}
    rows = []
    for code, definition in rights.definitions().items():
        if code in APART or not (code in held or code in extended):
            continue
        rows.append(Row(_cells(writer, definition, held.get(code, [])), f"right.{code}"))
    heads = tuple(writer.fixed(f"rights.heads.{head}") for head in ("can", "means", "applies"))
    return Table("rights", heads, (Rows(tuple(rows)),))


def _cells(writer: Writer, right: Right, held: list[tuple[Told, Right]]) -> tuple[tuple[Line, ...], ...]:
    code = right.code
    contact = writer.context.registry.organisation.rights
    extended = (contact.extended if contact is not None else None) or {}
    articles = writer.join(writer.article(article) for article in right.given_by)
    limits = dict.fromkeys(limit for _, each in held for limit in each.limited_by)
    meaning = [writer.say(f"rights.means.{code}")]
    if code == "erasure":
        keys = dict.fromkeys(key for told, _ in held for key, _ in bases(told.purpose.basis))
        meaning += [writer.say(f"rights.erasure.{key}") for key in keys if writer.has(f"rights.erasure.{key}")]
    if limits:
        meaning.append(writer.say("rights.limited"))
    if code in extended:
        meaning.append(writer.told(extended[code]))
    if code == "withdraw-consent":
        meaning.append(link("#withdrawal", writer.fixed("rights.how-to-withdraw")))
    name = line(styled("strong", writer.fixed(f"rights.can.{code}")))
    legal = styled("muted", right.label(writer.language), ", ", articles)
    return (name, legal), tuple(meaning), (_applies(writer, [told for told, _ in held]),)


def _applies(writer: Writer, held: list[Told]) -> Line:
    if not held or len(held) == len(writer.public.purposes):
        return line(writer.fixed("rights.all"))
    return changed(writer.purposes(held), "upper")


def rights_intro(writer: Writer) -> Iterator[Line]:
    """Where to write, when an answer comes, what it costs, and how we know who writes, GDPR Art. 12(3)-(6)."""
    handled = writer.context.registry.organisation.rights
    contact = writer.rights_contact
    way = "rights.write-to" if "@" in contact else "rights.go-to"
    asked = writer.gap("organisation#rights.contact", "organisation#rights")
    write = writer.say(way, contact=writer.contact(contact)) if contact else asked
    lawful = rights.deadlines()["respond"]
    within = handled.answer_within if handled is not None and handled.answer_within else str(lawful["period"])
    extension = handled.extension if handled is not None else None
    more = extension.period if extension is not None and extension.period else str(lawful["extend_by"])
    told = extension.told_within if extension is not None and extension.told_within else None
    duration = writer.duration
    extended = writer.say("rights.extension", more=duration(more))
    if told:
        extended = writer.say("rights.extension-told", more=duration(more), within=duration(told))
    yield sentences(write, writer.say("rights.deadline", within=duration(within)), extended)
    fee = handled.fee if handled is not None and handled.fee else "free"
    check = handled.identity_check if handled is not None and handled.identity_check else "on-doubt"
    yield sentences(writer.say(f"rights.fee.{fee}"), writer.say(f"rights.identity.{check}"))


def decisions_line(writer: Writer) -> tuple[Line, ...]:
    """Whether a machine alone decides: where it does, that it does not, and where nobody knows."""
    decided: list[Told] = []
    none: list[Told] = []
    unknown: list[Told] = []
    for told in writer.public.purposes:
        decision = told.activity.automated_decision
        if isinstance(decision, AutomatedDecision):
            (decided if decision.purposes is None or told.name in decision.purposes else none).append(told)
        else:
            (none if decision == "none" else unknown).append(told)
    lines = []
    if decided:
        lines.append(writer.say("decision.some", purposes=writer.purposes(decided)))
    if none and not unknown:
        lines.append(writer.say("decision.none-else" if decided else "decision.none"))
    elif none:
        lines.append(writer.say("decision.none-for", purposes=writer.purposes(none)))
    if unknown:
        asked = tuple(dict.fromkeys(writer.gap(f"activities/{told.activity.id}#automated_decision") for told in unknown))
        which = writer.say("decision.open", purposes=writer.purposes(unknown)) if none or decided else writer.say("decision.open-all")
        lines.append(sentences(which, *(asked[:1] if len({words_of(each) for each in asked}) == 1 else (writer.gap(),))))
    return tuple(lines)


def objection_section(writer: Writer) -> Section | None:
    """The right to object, clearly and apart from everything else: marketing first, then interests, tasks and research by name."""
    held = _by_right(writer)
    boxed = {code: [told for told, _ in held.get(code, [])] for code in BOXED}
    if not any(boxed.values()):
        return None
    items = []
    for code in (MARKETING, "objection", RESEARCH):
        if boxed[code]:
            points = tuple(_object_to(writer, told) for told in boxed[code])
            items.append(Item(writer.say(f"objection.{code}"), (writer.say(f"objection.{code}-how"),), f"right.{code}", points))
    return Section("objection", writer.fixed("sections.objection"), "object", items=tuple(items), button=_button(writer))


def _button(writer: Writer) -> Link | None:
    """The way to object: a mail, or the page for requests."""
    contact = writer.rights_contact
    if not contact:
        return None
    mail = "@" in contact
    words = writer.say("objection.button" if mail else "objection.button-page", contact=bare(contact))
    return Link(f"mailto:{contact}" if mail else contact, words_of(words))


def _object_to(writer: Writer, told: Told) -> Line:
    how = told.purpose.objection
    contact = writer.contact(how.contact) if how is not None and how.contact and how.contact != writer.rights_contact else ()
    # An e-mail to where the button leads needs no words at each purpose.
    means = writer.label("objection_means", how.how) if how is not None and how.how and (contact or how.how != "email") else ()
    if means and contact and how is not None and contact[0].href.startswith("http"):
        means, contact = link(contact[0].href, means), ()
    by = writer.say("objection.by", means=writer.join([means, contact])) if means or contact else ()
    return spaced(writer.to_purpose(told), by)


def withdrawal_section(writer: Writer) -> Section | None:
    """How each consent is withdrawn, by its own means, GDPR Art. 7(3)."""
    asked: dict[str, list[Told]] = {}
    for told in writer.public.purposes:
        consents = _consents(told)
        unnamed = [""] if not consents and any(right.code == "withdraw-consent" for right in rights_for(writer, told)) else []
        for name in (*consents, *unnamed):
            asked.setdefault(name, []).append(told)
    if not asked:
        return None
    items = []
    for name, every in asked.items():
        consent = writer.context.registry.consents.get(name)
        how = withdrawal(writer, name, consent) if consent is not None else writer.gap(f"{every[0].address}.basis.consent.request")
        items.append(Item(changed(writer.purposes(every), "upper"), (how,)))
    return Section("withdrawal", writer.fixed("sections.withdrawal"), lines=(writer.say("withdrawal.intro"),), items=tuple(items))


def _consents(told: Told) -> list[str]:
    basis = told.purpose.basis
    found = [basis.consent.request] if basis is not None and basis.consent is not None and basis.consent.request else []
    for group in told.groups.values():
        for key, condition in conditions(group.article_9):
            request = getattr(condition, "request", None)
            if key == "explicit-consent" and request and (condition.purposes is None or told.name in condition.purposes):
                found.append(request)
    return list(dict.fromkeys(found))


def complaint_section(writer: Writer) -> Section:
    """Where to complain, GDPR Art. 77: the authority of the controller's country, with its address."""
    organisation = writer.context.registry.organisation
    found = countries.authority(authority_country(organisation))
    name = authority_name(organisation)
    lines = [writer.say("complaint.to", authority=line(name)) if name else writer.say("complaint.where-you-live")]
    items = []
    if name and found is not None:
        own = not organisation.supervisory_authority
        post = tuple(line(part) for part in found.post.in_language(writer.language).split(", ")) if own and found.post else ()
        pages = [link(found.url, bare(found.url))] if own else []
        pages += [link(found.complaint_url, writer.fixed("complaint.how"))] if own and found.complaint_url else []
        items.append(Item(line(name), (*post, *pages)))
        lines.append(writer.say("complaint.elsewhere"))
    notice = writer.context.registry.notice
    note = writer.told(notice.complaint_note) if notice is not None else ()
    optional = writer.say("complaint.courts")
    said = tuple(each for each in (*lines, note, optional) if each)
    return Section("complaint", writer.fixed("sections.complaint"), lines=said, items=(*items, *_officer(writer)))


def _officer(writer: Writer) -> Iterator[Item]:
    dpo = writer.context.registry.organisation.dpo
    if isinstance(dpo, Dpo) and dpo.email:
        title = writer.text(dpo.title) or line(writer.fixed("who.officer"))
        who = writer.context.registry.organisation.legal_name or ""
        yield Item(line(title, f" – {who}"), (writer.contact(dpo.email),))
