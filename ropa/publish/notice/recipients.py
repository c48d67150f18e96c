"""Who gets the data, GDPR Arts 13(1)(e) and 14(1)(e): by name with role and service, those that follow from systems and chains too."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.flows.crossings import stored_in
from ropa.flows.edges import Receipt
from ropa.model.organisation import PostalAddress
from ropa.model.parties import Party
from ropa.publish.notice.prose import Line, changed, ended, line, link, sentences, styled
from ropa.publish.notice.public import Told
from ropa.publish.notice.view import Fact, Item
from ropa.publish.notice.writer import Writer, bare


def recipients_fact(writer: Writer, told: Told) -> Fact:
    """Who gets the data of a purpose; that nobody does is said too."""
    lines = [_recipient(writer, told, receipts) for receipts in _once(writer.public.receipts_of(told))]
    if told.activity.recipients is None:
        lines.append(writer.gap(f"activities/{told.activity.id}#recipients"))
    elif not lines:
        lines.append(writer.say("recipients.none"))
    return Fact(writer.fixed("labels.recipients"), tuple(lines))


def _once(receipts: tuple[Receipt, ...]) -> list[list[Receipt]]:
    """The receipts of each recipient in each role together, in the order found."""
    found: dict[tuple[str | None, str | None, str | None, str | None], list[Receipt]] = {}
    for receipt in receipts:
        found.setdefault((receipt.party, receipt.kind, receipt.role, receipt.above), []).append(receipt)
    return list(found.values())


def _recipient(writer: Writer, told: Told, receipts: list[Receipt]) -> Line:
    first = receipts[0]
    if first.above is not None and first.party is not None:
        return _below(writer, first.party, first.above)
    return sentences(
        _who(writer, first),
        _role(writer, first.role),
        _service(writer, first.party) if first.role in ("processor", None) else (),
        _data(writer, told, receipts),
        *_ground(writer, told, first),
    )


def _who(writer: Writer, receipt: Receipt) -> Line:
    if receipt.party is None:
        return styled("strong", changed(writer.label("recipient_kinds", receipt.kind or ""), "upper"))
    party = writer.context.registry.parties.get(receipt.party)
    kind = writer.label("recipient_kinds", party.kind) if party is not None and party.kind else ()
    named = line(styled("strong", writer.party(receipt.party)), _in_country(writer, receipt.party))
    return line(named, ", ", kind) if kind else named


def _in_country(writer: Writer, name: str) -> str:
    party = writer.context.registry.parties.get(name)
    return f" ({writer.country(party.country)})" if party is not None and party.country else ""


def _role(writer: Writer, role: str | None) -> Line:
    return writer.say(f"recipients.role.{role}") if role and writer.has(f"recipients.role.{role}") else ()


def _service(writer: Writer, name: str | None) -> Line:
    party = writer.context.registry.parties.get(name or "")
    return writer.told(party.service) if party is not None else ()


def below_service(writer: Writer, party: str, above: str) -> Line:
    """What a sub-processor does for the processor above it, in the words of its entry, else its own."""
    registry = writer.context.registry
    entry = (registry.parties[above].subprocessors or {}).get(party) if above in registry.parties else None
    own = registry.parties.get(party)
    return writer.text((entry.service if entry is not None else None) or (own.service if own is not None else None))


def _below(writer: Writer, party: str, above: str) -> Line:
    service = below_service(writer, party, above)
    return sentences(
        line(
            styled("strong", writer.party(party)),
            _in_country(writer, party),
            ", ",
            writer.say("recipients.below", above=writer.party(above)),
        ),
        changed(service, "upper"),
    )


def _data(writer: Writer, told: Told, receipts: list[Receipt]) -> Line:
    """Which data the recipient gets, where that is not all."""
    if any(receipt.groups is None for receipt in receipts):
        return ()
    named = {group for receipt in receipts for group in receipt.groups or ()}
    groups = [group for name, group in told.groups.items() if name in named]
    if len(groups) == len(told.groups):
        return ()
    return writer.say(
        "recipients.gets", data=writer.labels("data_categories", [code for group in groups for code in group.categories or ()])
    )


def _ground(writer: Writer, told: Told, receipt: Receipt) -> Iterator[Line]:
    """What allows the disclosure, where it is declared."""
    entry = (told.activity.recipients or {}).get(receipt.entry or "")
    if entry is None:
        return
    if entry.ground:
        yield writer.say(f"recipients.ground.{entry.ground}")
    if entry.law:
        yield writer.say("recipients.by-law", law=writer.laws(entry.law))
    if entry.direct_collection:
        yield writer.say("recipients.direct")


def recipient_items(writer: Writer) -> tuple[Item, ...]:
    """Every named recipient: who it is, where it keeps data, and where one reads more."""
    return tuple(_item(writer, name, writer.context.registry.parties[name]) for name in writer.public.parties)


def _item(writer: Writer, name: str, party: Party) -> Item:
    purposes = writer.public.purposes_by_party.get(name, ())
    receipts = [receipt for told in purposes for receipt in writer.public.receipts_of(told) if receipt.party == name]
    above = dict.fromkeys(receipt.above for receipt in receipts if receipt.above is not None)
    roles = dict.fromkeys(receipt.role for receipt in receipts if receipt.role and receipt.above is None)
    kind = changed(writer.label("recipient_kinds", party.kind), "upper") if party.kind else ()
    lines = [
        sentences(
            line(kind, f", {writer.country(party.country)}" if party.country else "") if kind else line(writer.country(party.country)),
            *(_role(writer, role) for role in roles),
            writer.say("recipients.below-of", above=writer.join(writer.party(each) for each in above)) if above else (),
            *(changed(below_service(writer, name, each), "upper") for each in above),
            _service(writer, name),
        ),
        _places(writer, name, party),
        *_more(writer, party),
        writer.say("recipients.used-for", purposes=writer.purposes(purposes)) if purposes else (),
    ]
    return Item(line(writer.party_name(name)), tuple(each for each in lines if each), f"party.{name}")


def _places(writer: Writer, name: str, party: Party) -> Line:
    stored = stored_in(party)
    accessed = [code for code in party.accessed_from or () if code not in stored]
    return sentences(
        writer.say("recipients.stored", countries=writer.join(line(writer.place(code)) for code in stored))
        if stored
        else line(writer.fixed("recipients.stored-open"), " ", writer.gap(f"parties/{name}#stored_in")),
        writer.say("recipients.accessed", countries=writer.join(line(writer.place(code)) for code in accessed)) if accessed else (),
    )


def _more(writer: Writer, party: Party) -> Iterator[Line]:
    reach = [postal(writer, party.address), writer.contact(party.contact), link(party.website, party.website) if party.website else ()]
    found = [each for each in reach if each]
    if found:
        yield ended(writer.say("recipients.reach", contact=writer.join(found)))
    if party.privacy_url:
        yield line(writer.fixed("recipients.privacy"), " ", link(party.privacy_url, bare(party.privacy_url)))
    if party.settings_url:
        yield line(writer.fixed("recipients.settings"), " ", link(party.settings_url, bare(party.settings_url)))
    if party.keeps is not None and (party.keeps.period or party.keeps.because):
        period = writer.say("recipients.keeps", period=writer.duration(party.keeps.period)) if party.keeps.period else ()
        yield sentences(period, writer.told(party.keeps.because))


def postal(writer: Writer, address: PostalAddress | str | None) -> Line:
    """A postal address on one line."""
    if address is None or isinstance(address, str):
        return line(address) if address else ()
    place = " ".join(part for part in (address.postcode, address.city) if part)
    country = writer.country(address.country)
    return line(", ".join(part for part in (address.street, place, country) if part))
