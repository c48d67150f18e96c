"""What `ropa law` shows: a provision, whether it exists, how that was verified and which rules rest on it; or the law data as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from ropa.findings.catalogue import RuleEntry, entries, explanation
from ropa.law import countries, store, vocabulary
from ropa.law.explain import Explanation, Part, rests_on
from ropa.report.terminal import Style, safe
from ropa.report.words import paragraph, tag_meaning, words
from ropa.source.write import json_text


@dataclass(frozen=True, slots=True)
class UnverifiedFact:
    """A fact of the law data that nobody has checked."""

    about: str
    fact: str
    value: str


def rules_resting_on(explained: Explanation) -> list[RuleEntry]:
    """The rules whose provisions are, hold, or lie within what was asked about."""
    if explained.is_ambiguous or not explained.exists or explained.found.own:
        return []
    return [rule for rule in entries().values() if rests_on(rule.provisions, explained.found)]


# --- one reference ---------------------------------------------------------------------------------------------------


def as_json(explanations: Sequence[Explanation]) -> str:
    """What each citation is, as JSON."""
    return json_text({"version": 1, "law_as_of": str(store.as_of()), "provisions": [_data(each) for each in explanations]})


def _data(explained: Explanation) -> dict[str, object]:
    return {
        "text": explained.found.text,
        "status": explained.found.status,
        "exists": explained.exists,
        "id": explained.found.act_id,
        "title": explained.title,
        "short_name": explained.found.short_name,
        "jurisdiction": explained.found.jurisdiction,
        "in_force": explained.in_force,
        "last_amended": explained.last_amended or None,
        "link": explained.link or None,
        "parts": [_part_data(part) for part in explained.parts],
        "choices": [{"id": choice.id, "title": choice.title, "in_force": choice.in_force} for choice in explained.choices],
        "nearest": list(explained.nearest),
        "verified": explained.verified or None,
        "verified_meaning": explained.verified_meaning or None,
        "established": store.is_established(explained.verified),
        "as_of": str(explained.as_of) if explained.as_of else None,
        "rules": [{"code": rule.code, "name": rule.name} for rule in rules_resting_on(explained)],
    }


def _part_data(part: Part) -> dict[str, object]:
    return {"text": part.text, "title": part.title or None, "exists": part.exists, "note": part.note or None, "link": part.link or None}


def as_text(explanations: Sequence[Explanation], language: str, style: Style) -> str:
    """What each citation is, for the terminal."""
    return "\n\n".join("\n".join(_page(each, language, style)) for each in explanations) + "\n"


def _page(explained: Explanation, language: str, style: Style) -> Iterator[str]:
    found = explained.found
    yield style("bold", safe(found.text))
    if explained.is_ambiguous:
        yield paragraph(safe(words("ambiguous", language, act=found.name)))
        for choice in explained.choices:
            yield paragraph(
                f"{choice.id}  {choice.title} ({words('in-force', language).lower()}: {_in_force(choice.in_force, language)})",
                "      ",
                "    ",
            )
        return
    if explained.title:
        known = f" ({found.act_id})" if found.act_id else ""
        yield paragraph(safe(f"{explained.title}{known}"))
    if not explained.exists:
        yield paragraph(safe(_missing(explained, language)))
    yield from (paragraph(safe(_part(part, language)), "      ", "    ") for part in explained.parts)
    if found.status == "no-section":
        yield paragraph(words("no-section", language))
    yield from _facts(explained, language)
    if explained.exists and not found.own:
        yield from _rests(rules_resting_on(explained), language, style)


def _missing(explained: Explanation, language: str) -> str:
    found = explained.found
    said = words("no-such", language, text=found.text)
    if explained.nearest:
        return f"{said} {words('nearest', language, names=', '.join(map(_sign, explained.nearest)))}"
    return said if explained.title else f"{said} {words('how-to-ask', language)}"


def _part(part: Part, language: str) -> str:
    known = {True: "exists-yes", False: "exists-no", None: "exists-unknown"}[part.exists]
    note = f" ({words('repealed', language) if part.note == 'repealed' else part.note})" if part.note else ""
    title = f", {part.title}" if part.title else ""
    return f"{_sign(part.text)}{title}: {words(known, language)}{note}  {part.link if part.exists is not False else ''}".rstrip()


def _sign(section: str) -> str:
    """A section with its sign; an article or recital of the Regulation, and what has a sign already, as it is."""
    return f"§ {section}" if section[:1].isdigit() and "(" not in section else section


def _facts(explained: Explanation, language: str) -> Iterator[str]:
    if not explained.title:
        return
    kind, _, day = explained.in_force.partition(" ")
    in_force = (
        words("in-force-from", language, day=day)
        if kind == "from"
        else words(f"in-force-{kind if kind == 'yes' else 'not-stated'}", language)
    )
    yield f"  {words('in-force', language)}: {in_force}"
    if explained.last_amended:
        yield f"  {words('last-amended', language)}: {explained.last_amended}"
    if explained.link:
        yield f"  {words('link', language)}: {safe(explained.link)}"
    yield paragraph(_verified(explained, language), "    ", "  ")


def _in_force(stated: str, language: str) -> str:
    kind, _, day = stated.partition(" ")
    return words({"yes": "in-force-yes", "from": "in-force-from"}.get(kind, "in-force-not-stated"), language, day=day)


def _verified(explained: Explanation, language: str) -> str:
    as_of = f" ({words('as-of', language)} {explained.as_of})" if explained.as_of else ""
    if explained.found.own:
        return f"{words('verified', language)}: {words('own-law', language)}; {words('unverified-mark', language)}"
    mark = "" if store.is_established(explained.verified) else f"{words('unverified-mark', language)}; "
    return f"{words('verified', language)}: {mark}{tag_meaning(explained.verified, language)}{as_of}"


def _rests(rules: Sequence[RuleEntry], language: str, style: Style) -> Iterator[str]:
    yield ""
    if not rules:
        yield words("rests-none", language)
        return
    yield style("bold", words("rests", language))
    for rule in rules:
        yield f"  {rule.code}  {rule.name:<44} {explanation(rule.name, language)['title']}"


# --- the law data as a whole -----------------------------------------------------------------------------------------


def unverified_facts() -> list[UnverifiedFact]:
    """Every single fact of the country data that is tagged unverified, with what it is about."""
    found: list[UnverifiedFact] = []
    for place in countries.places():
        decision = countries.adequacy(place)
        if decision is not None:
            found.extend(UnverifiedFact(f"adequacy {place}", fact, value) for fact, value in sorted(decision.unverified.items()))
    for state in countries.eea_states():
        authority = countries.authority(state)
        if authority is not None:
            found.extend(UnverifiedFact(f"authority {state}", fact, value) for fact, value in sorted(authority.unverified.items()))
    return found


def data_as_json() -> str:
    """Dates, tags, sources and unverified facts of the law data, as JSON."""
    about = store.about()
    lists = {}
    for name in vocabulary.list_names():
        source = store.provenance(name)
        if source is not None:
            lists[name] = {
                "verified": source.verified,
                "source": source.source or None,
                "note": source.note or None,
                "established": store.is_established(source.verified),
            }
    content = {
        "version": 1,
        "as_of": str(about.as_of),
        "as_of_acts": str(about.as_of_acts),
        "acts": about.acts,
        "about_acts": about.acts_about,
        "tags": about.tags,
        "lists": lists,
        "unverified": [asdict(fact) for fact in unverified_facts()],
    }
    return json_text(content)


def data_as_text(language: str, style: Style) -> str:
    """Dates, tags, sources and unverified facts of the law data, for the terminal."""
    return "\n".join(_data_page(language, style)) + "\n"


def _data_page(language: str, style: Style) -> Iterator[str]:
    about = store.about()
    yield style("bold", words("law-data", language))
    yield paragraph(words("law-as-of", language, day=about.as_of, acts=about.acts, acts_day=about.as_of_acts))
    yield ""
    yield style("bold", words("tags", language))
    yield from (paragraph(f"{tag}: {tag_meaning(tag, language)}", "     ", "  ") for tag in about.tags)
    yield ""
    yield style("bold", words("sources", language))
    for name in vocabulary.list_names():
        source = store.provenance(name)
        if source is not None:
            mark = "" if store.is_established(source.verified) else f" ({words('unverified-mark', language)})"
            note = f"; {source.note}" if source.note else ""
            yield paragraph(f"{name}: {source.verified}{mark}, {source.source}{note}", "    ", "  ")
    facts = unverified_facts()
    if facts:
        yield ""
        yield style("bold", words("unverified", language))
        yield from (paragraph(f"{fact.about}: {fact.fact} = {fact.value}", "    ", "  ") for fact in facts)
