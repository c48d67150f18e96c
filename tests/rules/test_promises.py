"""What own words say of rights: sentences as officers write them, and near ones that say something else."""

from __future__ import annotations

import pytest

from ropa.rules.promises import Offered, denied_rights, offers, people_named, promises_erasure_of_all, ties_complaint


@pytest.mark.parametrize(
    "text",
    [
        "Du kan alltid få alt slettet",
        "Vi sletter alt når du ber om det",
        "Vi sletter alt du ber oss om",
        "Du kan når som helst få slettet opplysningene dine",
        "Du får alt slettet, uten unntak",
        "Du har alltid rett til sletting",
        "Alle opplysninger slettes uten unntak når du ber om det",
        "Du kan få slettet alle opplysninger vi har om deg",
        "Skriv til oss. Du kan alltid få alt sletta",
        "You can have everything deleted at any time",
        "We delete all your data on request",
        "You have the right to have all your data erased",
    ],
)
def test_erasure_without_any_condition(text: str) -> None:
    assert promises_erasure_of_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "Du kan få slettet det vi ikke må beholde etter lov",
        "Du kan få slettet opplysningene dine",
        "Du kan alltid be om sletting",
        "You can always ask us to delete everything",
        "Vi sletter alltid opplysningene når vi ikke trenger dem",
        "Vi sletter alt når kundeforholdet er slutt",
        "Vi sletter ikke alt når du ber om det",
        "Du kan alltid slette alle informasjonskapsler i nettleseren",
        "Du kan når som helst slette kontoen din",
        "Vi legger til rette for innsyn, retting og sletting",
        "Du kan alltid få alt slettet. Regnskapsbilag må vi beholde",
        "Du kan alltid få alt slettet, med mindre loven krever noe annet",
        "We delete everything on request. The law requires us to keep invoices",
        "Du kan alltid få innsyn i alt",
    ],
)
def test_erasure_that_is_not_promised_without_condition(text: str) -> None:
    assert not promises_erasure_of_all(text)


@pytest.mark.parametrize(
    ("right", "text", "reach"),
    [
        ("portability", "Du har rett til dataportabilitet", "some"),
        ("portability", "Du kan ta med deg opplysningene til en annen tjeneste", "some"),
        ("portability", "Du kan få opplysningene dine overført til en annen kommune", "some"),
        ("portability", "Du kan få opplysningene i et maskinlesbart format", "some"),
        ("portability", "You can take your data with you to another provider", "some"),
        ("portability", "You have the right to have your data transferred to another controller", "some"),
        ("portability", "Du kan alltid flytte opplysningene dine", "every"),
        ("portability", "Du kan flytte alle opplysningene, uansett grunnlag", "every"),
        ("portability", "Du kan alltid flytte opplysningene der vi bygger på avtale", "some"),
        ("portability", "Du har ikke rett til dataportabilitet", None),
        ("portability", "Du kan ta med deg en du stoler på når du leser journalen", None),
        ("portability", "Vi overfører opplysninger til en annen leverandør", None),
        ("portability", "Vi har flyttet data til en ny server", None),
        ("objection", "Du kan protestere mot behandlingen", "some"),
        ("objection", "Du kan når som helst protestere mot behandlingen", "some"),
        ("objection", "You can object to our processing at any time", "some"),
        ("objection", "Du kan alltid protestere", "every"),
        ("objection", "You can always object to all processing", "every"),
        ("objection", "Du kan alltid protestere når vi bygger på berettiget interesse", "some"),
        ("objection", "Du kan alltid protestere mot direkte markedsføring", None),
        ("objection", "Du kan ikke protestere", None),
        ("objection", "Dette kan du si nei til", None),
        ("withdrawal", "Du kan når som helst trekke tilbake samtykket ditt", "some"),
        ("withdrawal", "Samtykket kan trekkes tilbake", "some"),
        ("withdrawal", "You can withdraw your consent at any time", "some"),
        ("withdrawal", "Vi spør om samtykke", None),
    ],
)
def test_what_is_offered(right: Offered, text: str, reach: str | None) -> None:
    assert offers(text, right) == reach


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Du har ikke rett til innsyn", ("access",)),
        ("Vi gir ikke innsyn i opplysningene", ("access",)),
        ("Ingen har rett til innsyn", ("access",)),
        ("You have no right of access", ("access",)),
        ("Du kan ikke kreve sletting. Du kan ikke få rettet opplysningene", ("rectification", "erasure")),
        ("The right to erasure does not apply", ("erasure",)),
        ("Retten til å protestere gjelder ikke hos oss", ("objection",)),
        ("You cannot object", ("objection",)),
        ("Du har ikke rett til dataportabilitet", ("portability",)),
        ("Du kan ikke trekke tilbake samtykket", ("withdraw-consent",)),
        ("Du kan ikke klage til Datatilsynet", ("complaint",)),
        ("Du har rett til innsyn", ()),
        ("Du har ikke rett til innsyn i interne notater", ()),
        ("Du kan ikke kreve sletting av regnskapsbilag", ()),
        ("Du kan ikke få sletting før saken er avgjort", ()),
        ("Du kan ikke protestere mot at vi sender faktura", ()),
        ("Retten til sletting gjelder ikke når loven krever at vi beholder dem", ()),
        ("Vi gir ikke bort opplysningene dine", ()),
        ("Du kan klage til Datatilsynet", ()),
    ],
)
def test_what_is_denied(text: str, rights: tuple[str, ...]) -> None:
    assert denied_rights(text) == rights


@pytest.mark.parametrize(
    "text",
    [
        "Du må først klage til oss",
        "Du må klage til oss",
        "Før du klager til Datatilsynet, må du kontakte oss",
        "Du kan klage til Datatilsynet først når vi har svart",
        "Du kan bare klage hvis du har kontaktet oss",
        "Klager skal sendes til oss først",
        "Klage kan bare sendes Datatilsynet etter at vi har behandlet saken",
        "Klage til Datatilsynet forutsetter at du har tatt det opp med oss først",
        "Det er et vilkår at du tar kontakt først",
        "Du kan ikke klage før du har kontaktet oss",
        "Du kan ikkje klage før du har kontakta oss",
        "You must first contact us",
        "You must complain to us before you go to the authority",
        "You cannot complain until you have contacted us",
        "You can complain only after we have answered",
        "Complaints must be sent to us",
    ],
)
def test_a_complaint_that_is_tied_to_a_condition(text: str) -> None:
    assert ties_complaint(text, about_complaints=True)


@pytest.mark.parametrize(
    "text",
    [
        "Ta gjerne kontakt med oss først, så prøver vi å rydde opp. Du kan klage uansett",
        "Du må gjerne kontakte oss først",
        "Du trenger ikke kontakte oss først",
        "Du treng ikkje ta kontakt med oss først",
        "Vi krever ikke at du kontakter oss først",
        "Det er ikke et vilkår at du kontakter oss først",
        "Skal du klage, kan du først kontakte oss",
        "Før du klager, skal vi prøve å rydde opp",
        "Ta kontakt først hvis du lurer på noe",
        "Les vilkårene før du klager",
        "Si gjerne fra til oss før du klager",
        "Vi ber om at du kontakter oss først",
        "You are welcome to contact us first, and we will try to put things right. You can complain in any case",
        "You do not have to contact us first",
        "You can complain to Datatilsynet without first contacting us",
    ],
)
def test_an_invitation_is_no_condition(text: str) -> None:
    assert not ties_complaint(text, about_complaints=True)


def test_a_condition_of_something_else_is_none_of_a_complaint() -> None:
    assert not ties_complaint("Du må logge inn først", about_complaints=False)
    assert ties_complaint("Du må klage til oss først", about_complaints=False)


def test_people_that_a_text_names() -> None:
    assert people_named("Elever kan flytte opplysningene sine") == {"pupil"}
    assert "employee" in people_named("Som ansatt kan du protestere")
    assert people_named("Vi bruker opplysningene, og du kan kontakte oss") == frozenset()
