"""Out of the EEA, GDPR Arts 13(1)(f) and 14(1)(f): each crossing by recipient, country and mechanism, and how to get a copy."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.flows.crossings import is_article_46, outcome
from ropa.flows.edges import Crossing, Receipt
from ropa.law import countries, vocabulary
from ropa.model.records_common import Authorisation
from ropa.model.records_common import Transfer as Declared
from ropa.publish.notice.bases import withdrawal
from ropa.publish.notice.prose import Line, Span, changed, line, link, sentences, styled, words_of
from ropa.publish.notice.public import Told
from ropa.publish.notice.recipients import below_service
from ropa.publish.notice.view import Box, Fact, Row, Rows, Table, Transfer
from ropa.publish.notice.writer import Writer
from ropa.publish.placing import are_unplaced, has_unnamed_supplier, unplaced


def anchor(crossing: Crossing, every: tuple[Crossing, ...]) -> str:
    """The place of a crossing in the document, the same in all languages; a number tells crossings to one country apart."""
    same = [each for each in every if (each.party, each.country) == (crossing.party, crossing.country)]
    number = f".{same.index(crossing) + 1}" if len(same) > 1 else ""
    return f"transfer.{crossing.party}.{crossing.country}{number}"


def outside_fact(writer: Writer, told: Told, first: dict[str, Told]) -> Fact:
    """What leaves the EEA for a purpose. A crossing is explained where it comes `first`, and pointed to elsewhere."""
    label = writer.fixed("labels.outside")
    lines: list[Line] = []
    blocks: list[Transfer] = []
    for crossing in writer.public.crossings_of(told):
        place = anchor(crossing, writer.context.crossings)
        if first.setdefault(place, told).id == told.id:
            blocks.append(explained(writer, crossing, told))
        else:
            lines.append(_pointed(writer, crossing, first[place], place))
    lines.extend(_not_placed(writer, told))
    if not lines and not blocks:
        lines.append(writer.say("outside.none-abroad", country=writer.abroad) if writer.abroad else writer.say("outside.none"))
    return Fact(label, tuple(lines), transfers=tuple(blocks))


def _pointed(writer: Writer, crossing: Crossing, first: Told, place: str) -> Line:
    where = Span(writer.country(crossing.country), outcome(crossing))
    there = link(f"#{place}", writer.named(first))
    return sentences(line(where), writer.say(f"outside.pointed.{crossing.how}", recipient=writer.party(crossing.party), purpose=there))


def _not_placed(writer: Writer, told: Told) -> Iterator[Line]:
    receipts = writer.public.receipts_of(told)
    for name in unplaced(writer.context.registry, receipts):
        unplaced_at = writer.say("outside.unplaced", gap=writer.cell_gap(), party=writer.party(name))
        yield sentences(unplaced_at, writer.question(f"parties/{name}#stored_in"))
    if has_unnamed_supplier(receipts):
        yield sentences(writer.say("outside.unnamed", gap=writer.cell_gap()))


def short_outside(writer: Writer, told: Told) -> tuple[Line, ...]:
    """Where the data go in a few words: each country with how they are protected there, what is not known, or no."""
    lines = [protected(writer, crossing) for crossing in writer.public.crossings_of(told)]
    if are_unplaced(writer.context.registry, writer.public.receipts_of(told)):
        lines.append(writer.cell_gap())
    no = writer.say("outside.no-abroad", country=writer.abroad) if writer.abroad else writer.say("outside.no")
    return tuple(dict.fromkeys(lines)) or (styled("muted", no),)


def protected(writer: Writer, crossing: Crossing) -> Line:
    """The country with its mark, and the protection in two words."""
    how = outcome(crossing)
    return line(Span(writer.country(crossing.country), how), " ", Span(writer.fixed(f"outside.short.{how}"), "muted"))


def explained(writer: Writer, crossing: Crossing, told: Told) -> Transfer:
    """The block of a crossing: one sentence, the way, why it is lawful, what if that falls, a copy."""
    flow = next((flow for flow in crossing.flows if flow in writer.public.receipts_of(told)), None)
    return Transfer(
        id=anchor(crossing, writer.context.crossings),
        outcome=outcome(crossing),
        heading=_heading(writer, crossing, flow),
        boxes=tuple(_boxes(writer, crossing, flow)),
        facts=tuple(_facts(writer, crossing)),
        border=writer.fixed("outside.border"),
    )


def _heading(writer: Writer, crossing: Crossing, flow: Receipt | None) -> Line:
    parties = writer.context.registry.parties
    above = flow.above if flow is not None else crossing.above
    recipient, country = line(writer.party_name(crossing.party)), writer.place(crossing.country)
    if above is None or above not in parties:
        return writer.say(f"outside.{crossing.how}", recipient=recipient, country=country)
    where = writer.place(parties[above].country)
    return writer.say(
        f"outside.{crossing.how}-via", recipient=recipient, country=country, above=line(writer.party_name(above)), where=where
    )


def _boxes(writer: Writer, crossing: Crossing, flow: Receipt | None) -> Iterator[Box]:
    """Ourselves, the processors on the way, and the recipient; none where we are outside the EEA ourselves."""
    organisation, parties = writer.context.registry.organisation, writer.context.registry.parties
    if organisation.country is None or not countries.is_eea(organisation.country):
        return
    yield Box(organisation.legal_name or "", writer.country(organisation.country), "")
    chain = flow.chain if flow is not None and flow.chain else (crossing.party,)
    for place, name in enumerate(chain[:-1]):
        party = parties.get(name)
        country = party.country if party is not None else None
        what = below_service(writer, name, chain[place - 1]) if place else writer.text(party.service if party is not None else None)
        yield Box(writer.party_name(name), writer.country(country), words_of(what), country is not None and not countries.is_eea(country))
    yield Box(
        writer.party_name(crossing.party), writer.country(crossing.country), writer.fixed(f"outside.there.{crossing.how}"), outside=True
    )


def _facts(writer: Writer, crossing: Crossing) -> Iterator[Fact]:
    declared = [way for way in crossing.declared if way.transfer.mechanism]
    if not declared:
        asked = [f"{way.address}.mechanism" for way in crossing.declared]
        yield Fact(writer.fixed("outside.labels.why"), (writer.gap(*asked, crossing.missing),))
    for way in declared:
        yield from _why(writer, way.transfer, crossing, way.address)
    data = _data(writer, crossing)
    if data:
        yield Fact(writer.fixed("outside.labels.data"), (data,))


def _why(writer: Writer, transfer: Declared, crossing: Crossing, at: str) -> Iterator[Fact]:
    codes = transfer.mechanism or []
    known = [vocabulary.codes("transfer_mechanisms").get(name) for name in codes]
    law = writer.provisions(str(code.article) for code in known if code is not None and code.article)
    moved = writer.say("outside.transferred", recipient=line(writer.party_name(crossing.party)), country=writer.place(crossing.country))
    said = dict.fromkeys(sentence(writer, code, transfer, crossing) for code in codes)
    yield Fact(writer.fixed("outside.labels.why"), (sentences(moved, *said, *_details(writer, transfer)),), law)
    fallback = transfer.fallback.mechanism if transfer.fallback is not None else None
    if fallback:
        safeguards = writer.join(dict.fromkeys(_named(writer, code) for code in fallback))
        yield Fact(writer.fixed("outside.labels.fallback"), (writer.say("outside.fallback", mechanism=safeguards),))
    if transfer.text:
        yield Fact(writer.fixed("outside.labels.more"), (writer.told(transfer.text),))
    if transfer.copy or any(is_article_46(code) for code in codes):
        copy = writer.told(transfer.copy) or writer.told(writer.context.registry.organisation.transfer_copy)
        yield Fact(writer.fixed("outside.labels.copy"), (copy or writer.gap(f"{at}.copy", "organisation#transfer_copy"),))


def sentence(writer: Writer, code: str, transfer: Declared, crossing: Crossing) -> Line:
    """Whether there is a decision on adequate protection, and what secures the transfer where there is none."""
    country = writer.place(crossing.country)
    if code.startswith("adequacy"):
        decision = countries.adequacy(crossing.country)
        required = decision.requires[0] if decision is not None and decision.requires else None
        if required is None:
            return writer.say("outside.adequate", country=country)
        entity = (transfer.dpf.entity if transfer.dpf is not None else None) or writer.party_name(crossing.party)
        listed = writer.say("outside.listed", entity=line(Span(entity))) if required == "dpf-listed" and transfer.dpf is not None else ()
        return sentences(writer.say("outside.adequate-limited", scope=writer.say(f"outside.scope.{required}")), listed)
    if code.startswith("49-"):
        return writer.say("outside.derogation", reason=writer.say(f"outside.reason.{code}"))
    if code == "pre-2016-agreement":
        return writer.say("outside.pre-2016-agreement")
    if any(other.startswith("adequacy") for other in transfer.mechanism or ()):
        key = "outside.secured-too"
    else:
        key = "outside.secured" if countries.adequacy(crossing.country) is None else "outside.secured-beside"
    return writer.say(key, safeguard=_safeguard(writer, code))


def _safeguard(writer: Writer, code: str) -> Line:
    """The safeguard inside a sentence; the modules of the standard clauses are one safeguard to the reader."""
    key = "scc" if code in {"scc-1", "scc-2", "scc-3", "scc-4"} else code
    if writer.has(f"outside.safeguard.{key}"):
        return writer.say(f"outside.safeguard.{key}")
    return writer.label("transfer_mechanisms", code)


def _details(writer: Writer, transfer: Declared) -> Iterator[Line]:
    if transfer.bcr is not None and transfer.bcr.approved_by:
        on = line(", ", writer.words.date(transfer.bcr.date)) if transfer.bcr.date else ()
        yield writer.say("outside.bcr-approved", authority=line(Span(transfer.bcr.approved_by), *on))
    if isinstance(transfer.authorisation, Authorisation):
        on_day = writer.words.date(transfer.authorisation.date) if transfer.authorisation.date else None
        known = [transfer.authorisation.authority, transfer.authorisation.ref, on_day]
        yield writer.say("outside.authorised", authorisation=line(", ".join(part for part in known if part)))
    elif transfer.authorisation:
        yield writer.say("outside.authorised", authorisation=line(transfer.authorisation))
    if transfer.law:
        yield writer.say("outside.by-law", law=writer.laws(transfer.law))
    yield writer.told(transfer.inability)
    if transfer.register:
        yield writer.say("outside.register", register=writer.inside(transfer.register))
    consent = writer.context.registry.consents.get(transfer.consent or "")
    if consent is not None and transfer.consent is not None:
        yield withdrawal(writer, transfer.consent, consent)
    if transfer.frequency == "occasional":
        yield writer.say("outside.occasional")


def _data(writer: Writer, crossing: Crossing) -> Line:
    """Which data cross, where the transfer is narrowed to some."""
    named = [name for way in crossing.declared for name in way.transfer.data or ()]
    codes: list[str] = []
    for activity in writer.public.activities:
        if activity.id in crossing.activities:
            for name, group in (activity.data or {}).items():
                if name in named or f"{activity.id}.{name}" in named:
                    codes.extend(group.categories or ())
    return changed(writer.labels("data_categories", codes), "upper") if codes else ()


def no_transfers(writer: Writer) -> Line:
    """That nothing leaves the EEA, as far as that is known; of a controller outside the EEA, that it is outside itself."""
    if writer.abroad:
        return writer.say("outside.none-abroad", country=writer.abroad)
    known = not any(are_unplaced(writer.context.registry, writer.public.receipts_of(told)) for told in writer.public.purposes)
    return writer.say("outside.no-transfers" if known else "outside.no-known")


def transfer_table(writer: Writer, first: dict[str, Told]) -> Table | None:
    """Every crossing that published purposes make: recipient, country, protection, and what for."""
    rows = []
    for crossing, purposes in writer.public.purposes_by_crossing:
        place = anchor(crossing, writer.context.crossings)
        how = link(f"#{place}", writer.fixed("outside.see")) if place in first else ()
        recipient = line(styled("strong", writer.party(crossing.party)))
        rows.append(Row(((recipient,), (protected(writer, crossing),), (_mechanism(writer, crossing), how), (writer.purposes(purposes),))))
    heads = tuple(writer.fixed(f"outside.heads.{head}") for head in ("recipient", "country", "why", "purposes"))
    return Table("transfers", heads, (Rows(tuple(rows)),)) if rows else None


def _mechanism(writer: Writer, crossing: Crossing) -> Line:
    codes = dict.fromkeys(code for way in crossing.declared for code in way.transfer.mechanism or ())
    if not codes:
        return writer.cell_gap()
    return changed(writer.join(dict.fromkeys(_named(writer, code) for code in codes)), "upper")


def _named(writer: Writer, code: str) -> Line:
    if code.startswith("49"):
        return writer.label("transfer_mechanisms", code)
    return writer.say("outside.adequacy-decision") if code.startswith("adequacy") else _safeguard(writer, code)
