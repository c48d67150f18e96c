"""Small registries, written on the spot, and what the record makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent

from ropa.context.context import Context
from ropa.flows.reach import reach
from ropa.model.load import load
from ropa.publish.output import Stamp
from ropa.publish.record.outputs import outputs, sheet_outputs
from ropa.source.files import read_registry

TODAY = date(2026, 12, 1)
STAMP = Stamp(TODAY, draft=False, revision="0123456789abcdef", errors=1, warnings=2, questions=1)

SUPPLIER = {
    "organisation": """
        format: 1
        legal_name: Fjellregneark AS
        organisation_number: "123 456 785"
        country: "NO"
        address: {street: Storgata 1, postcode: "0155", city: Oslo}
        email: personvern@fjellregneark.example
        languages: [nb, en]
        kind: company
        acts_as_processor: true
        dpo: {name: Personvernkontoret, email: ombud@fjellregneark.example}
        """,
    "security-measures": """
        everywhere: [access-control, training]
        """,
    "retention": """
        crm: {period: 2 years, from: last-contact, then: delete}
        """,
    "consents": """
        form: {given: tick-box, where: web-form, withdrawn: unsubscribe-link, evidence: [time, choices]}
        """,
    "activities/letters": """
        name: {nb: Nyhetsbrev, en: Newsletters}
        role: controller
        unit: Salg
        owner: salgsleder
        subjects: [newsletter-subscriber]
        purposes:
          send: {text: {nb: Sende deg nyhetsbrev, en: Send you newsletters}, kind: electronic-marketing, basis: {consent: form}}
        source: data-subject
        obligation_to_provide: none
        retention: {unknown: "Spurt leverandøren 24.11., svar ventes 15.12."}
        data:
          addresses: [name, work-email]
        systems: [mailer]
        recipients: none
        automated_decision: none
        """,
    "activities/payroll": """
        name: {nb: Lønn, en: Payroll}
        role: controller
        subjects: [employee]
        purposes:
          pay:
            title: {nb: Utbetaling, en: Payment}
            text: {nb: Betale deg lønn, en: Pay your salary}
            kind: payroll
            basis: {contract: {name: Arbeidsavtalen, with: data-subject}}
          account:
            title: {nb: Regnskap, en: Accounts}
            text: {nb: Føre regnskap, en: Keep accounts}
            kind: invoicing-accounting
            basis: {legal-obligation: bokføringsloven § 13}
        source: data-subject
        obligation_to_provide: {required: contractual, consequence: {nb: Vi får ikke betalt deg, en: We cannot pay you}}
        data:
          money:
            categories: [name, salary, bank-account]
            purposes: [pay, account]
            retention: {per_purpose: {pay: crm, account: bookkeeping}}
          union:
            categories: [trade-union-membership]
            purposes: [pay]
            retention: crm
            article_9: {employment-and-social-law: arbeidsmiljøloven § 14-15}
        recipients:
          tax-authority: {data: [money]}
          lab: {role: independent-controller, data: [money], purposes: [account]}
        automated_decision: none
        dpia: {not_needed: Få ansatte}
        """,
    "activities/hosting": """
        name: {nb: Drift for kunder, en: Hosting for customers}
        role: processor
        on_behalf_of:
          customer-a: {since: 2024-05-01}
          customer-b: {since: 2025-05-01}
        categories_of_processing: [hosting, support]
        subjects: [user-of-customer]
        data: {users: [name, work-email]}
        systems: [mailer]
        """,
    "activities/plans": """
        name: Planer
        role: controller
        status: draft
        """,
    "activities/old-inbox": """
        name: {nb: Gammel innboks, en: Old inbox}
        role: controller
        collection_ended: 2023-12-31
        data_deleted: 2026-01-31
        subjects: [enquirer]
        purposes:
          answer: {text: {nb: Svare på spørsmål, en: Answer questions}, basis: {legitimate-interest: {interest: Svare dem som spør}}}
        """,
    "assessments/tia-us": """
        kind: transfer
        date: 2026-09-01
        country: US
        outcome: adequate
        """,
    "assessments/tia-au": """
        kind: transfer
        date: 2026-09-02
        country: AU
        outcome: adequate-with-measures
        """,
    "systems/mailer": """
        name: Utsending
        kind: email
        run_by: mailer-eu
        """,
    "parties/mailer-eu": """
        name: Mailer Europe Limited
        kind: email-delivery
        role: processor
        country: IE
        stored_in: [IE]
        accessed_from: [US]
        agreement: {ref: dba-1, date: 2026-01-10, contents: complete}
        subprocessors: {mailer-us: {service: Drift, same_obligations: true}}
        """,
    "parties/mailer-us": """
        name: Mailer, Inc.
        kind: it-hosting
        role: processor
        country: US
        stored_in: [US]
        transfers:
          US:
            mechanism: adequacy-us-dpf
            dpf: {entity: "Mailer, Inc.", status: active, covers: [non-hr], checked: 2026-11-01}
            fallback: {mechanism: scc-3, transfer_assessment: tia-us}
        """,
    "parties/lab": """
        name: Southern Lab Pty Ltd
        kind: it-support
        role: independent-controller
        country: AU
        transfers:
          AU:
            mechanism: 49-1-ii
            compelling:
              not_repetitive: true
              few_people: true
              assessment: tia-au
              safeguards: Kryptert oversending
              authority_informed: 2026-05-04
              people_informed: 2026-05-05
        """,
    "parties/customer-a": """
        name: Hemmelig Kunde AS
        alias: Kunde A
        kind: customer
        role: controller
        country: "NO"
        contact: personvern@kunde-a.example
        """,
    "parties/customer-b": """
        name: Kunde B AS
        kind: customer
        role: controller
        country: "NO"
        contact: personvern@kunde-b.example
        dpo: {email: ombud@kunde-b.example}
        """,
}
"""Controller and processor, with what a record can meet: an open question, a draft, erased data, an alias, two kinds of transfer."""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """A registry of these files (record to YAML, indented as in the source)."""
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def context(folder: Path, today: date | None = TODAY) -> Context:
    """A registry and its flows, without running the rules."""
    registry = load(read_registry(folder)).registry
    return Context(registry, reach(registry), today)


def pages(folder: Path, language: str = "nb", stamp: Stamp = STAMP) -> dict[str, str]:
    """The pages of the record by file name."""
    return {
        output.path.rpartition("/")[2]: output.content.decode("utf-8") for output in outputs(context(folder, stamp.as_of), language, stamp)
    }


def sheets(folder: Path, stamp: Stamp = STAMP) -> dict[str, bytes]:
    """Workbook, CSV and JSON by file name."""
    return {output.path.rpartition("/")[2]: output.content for output in sheet_outputs(context(folder, stamp.as_of), stamp)}
