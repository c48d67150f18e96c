"""What the language server says itself, in the languages of the messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ropa.findings.catalogue import texts_language

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "nb": {
        "law": "Lov",
        "fix": "Skriv",
        "also": "Se også her",
        "accepted": "Godkjent av {by} til {until}: {because}",
        "baseline": "Kjent fra før (baseline)",
        "required": "må fylles ut",
        "unknown": "Vi vet det ikke ennå",
        "rests": "Regler som bygger på dette",
        "more": "… og {count} til",
        "no-such": "Finnes ikke. Kontroller loven og paragrafen.",
        "no-such-near": "Finnes ikke. Mente du {near}?",
        "ambiguous": "Flere lover har dette navnet: {near}",
        "repealed": "opphevet",
        "no-section": "Skriv også paragrafen.",
        "in-force-from": "Trer i kraft {day}",
        "as-of": "Opplysningene om loven er fra {day}.",
        "public": "Offentlig.",
        "record": "Bare i protokollen.",
        "internal": "Internt.",
        "eea": "I EØS: data kan sendes dit uten et eget overføringsgrunnlag.",
        "adequate": "Utenfor EØS, med en beslutning om tilstrekkelig beskyttelsesnivå. Se hvem den gjelder for: `ropa law`.",
        "third": "Utenfor EØS: en overføring dit trenger et grunnlag etter GDPR kapittel V.",
        "activity": "Behandlingsaktivitet",
        "party": "Part",
        "system": "System",
        "cookies": "Informasjonskapsler",
        "assessment": "Vurdering",
        "consent": "Samtykke",
        "retention": "Sletteregel",
        "purpose": "Formål",
        "data-group": "Datagruppe",
        "data_subjects": "Gruppe av personer",
        "data_categories": "Kategori av data",
        "events": "Hendelse",
        "security_measures": "Sikkerhetstiltak",
        "audience": "Målgruppe",
        "no-id": "Her står ingen id som kan få nytt navn.",
        "shipped": "`{name}` følger med verktøyet og kan ikke få nytt navn.",
        "id-form": "`{name}` er ingen id. Bruk små bokstaver a–z, tall og bindestrek, og begynn med en bokstav: `{near}`.",
        "id-reserved": "`{name}` er et reservert ord. Velg en annen id.",
        "id-taken": "`{name}` er i bruk fra før. Velg en annen id.",
        "id-kind": "`{name}` er en kode som følger med verktøyet, og kan ikke være en id. Velg en annen.",
        "unreadable": "{file} nevner kanskje `{name}`, men kan ikke leses. Rett filen først.",
        "no-files": "Editoren kan ikke gi filer nytt navn for språktjeneren. Bruk et annet program, eller gjør det for hånd.",
        "fix-all": "Rett alt som bare gjelder formen, i denne filen",
    },
    "en": {
        "law": "Law",
        "fix": "Write",
        "also": "See also here",
        "accepted": "Accepted by {by} until {until}: {because}",
        "baseline": "Known before (baseline)",
        "required": "must be answered",
        "unknown": "We do not know yet",
        "rests": "Rules that rest on this",
        "more": "… and {count} more",
        "no-such": "There is no such provision. Check the act and the section.",
        "no-such-near": "There is no such provision. Did you mean {near}?",
        "ambiguous": "Several acts have this name: {near}",
        "repealed": "repealed",
        "no-section": "Write the section too.",
        "in-force-from": "In force from {day}",
        "as-of": "The tool's law data are as of {day}.",
        "public": "Public.",
        "record": "In the record only.",
        "internal": "Internal.",
        "eea": "In the EEA: data can be sent there without a transfer mechanism.",
        "adequate": "Outside the EEA, with an adequacy decision. See whom it covers: `ropa law`.",
        "third": "Outside the EEA: a transfer there needs a mechanism of GDPR Chapter V.",
        "activity": "Processing activity",
        "party": "Party",
        "system": "System",
        "cookies": "Cookies",
        "assessment": "Assessment",
        "consent": "Consent request",
        "retention": "Deletion rule",
        "purpose": "Purpose",
        "data-group": "Data group",
        "data_subjects": "Group of people",
        "data_categories": "Category of data",
        "events": "Event",
        "security_measures": "Security measure",
        "audience": "Audience",
        "no-id": "There is no id here that can be renamed.",
        "shipped": "`{name}` comes with the tool and cannot be renamed.",
        "id-form": "`{name}` is no id. Use lower case a–z, digits and hyphens, and begin with a letter: `{near}`.",
        "id-reserved": "`{name}` is a reserved word. Choose another id.",
        "id-taken": "`{name}` is in use already. Choose another id.",
        "id-kind": "`{name}` is a code that comes with the tool, and cannot be an id. Choose another.",
        "unreadable": "{file} may name `{name}`, but cannot be read. Correct that file first.",
        "no-files": "The editor cannot rename files for the language server. Use another program, or do it by hand.",
        "fix-all": "Correct all that is only a matter of form in this file",
    },
}


def said(key: str, language: str, **parts: object) -> str:
    """A phrase with its named parts filled. Nynorsk reads Bokmål."""
    text = _WORDS[texts_language(language)][key]
    return text.format(**parts) if parts else text


def known(key: str) -> bool:
    """Whether there is such a phrase."""
    return key in _WORDS["en"]
