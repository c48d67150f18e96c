"""Pictures to draw: the small one by hand, the others generated, all of invented parties."""

from __future__ import annotations

from random import Random

from ropa.graph.picture import Band, BandText, Edge, Heading, Legend, Node, Picture, Tag

HEADINGS = (
    Heading("who", "Hvem", "det gjelder"),
    Heading("why", "Hvorfor", "formål og grunnlag"),
    Heading("where", "Hvor", "systemene våre"),
    Heading("recipient", "Til hvem", "i EØS"),
)
BAND_TEXTS = (
    BandText(
        "adequate",
        "Utenfor EØS, tilstrekkelig vern",
        "EU-kommisjonen har besluttet at vernet er tilstrekkelig hos disse.",
        "3 mottakere i USA",
    ),
    BandText("agreement", "Utenfor EØS, sikret med avtale", "EUs standard personvernbestemmelser (SCC) gjelder.", "1 mottaker i India"),
    BandText("none", "Utenfor EØS, uten avtale", "Overføringen bygger på et unntak.", "1 mottaker i Peru"),
)
LEGEND = Legend(
    stays="Blir i EØS",
    adequate="Ut av EØS, tilstrekkelig vern",
    agreement="Ut av EØS, sikret med avtale",
    none="Ut av EØS, uten overføringsgrunnlag",
    border="EØS slutter her",
    gate="Overføringsgrunnlag",
)


def picture(title: str, nodes: list[Node], edges: list[Edge], subtitle: str = "", bands: tuple[BandText, ...] = BAND_TEXTS) -> Picture:
    return Picture(
        title=title,
        subtitle=subtitle,
        description="Fra venstre mot høyre: hvem det gjelder, hvorfor, hvor opplysningene er og hvem som får dem.",
        border="EØS slutter her",
        headings=HEADINGS,
        bands=bands,
        nodes=tuple(nodes),
        edges=tuple(edges),
        legend=LEGEND,
    )


def twelve() -> Picture:
    nodes = [
        Node("subject:newsletter", "who", "Mottakere av nyhetsbrev"),
        Node("subject:contacts", "who", "Kontakter hos kunder"),
        Node("subject:visitors", "who", "Besøkende på nettsted"),
        Node("purpose:newsletter", "why", "Sende nyhetsbrev", ("Samtykke",), (Tag("USA", "adequate"),)),
        Node("purpose:follow-up", "why", "Følge opp kunder", ("Berettiget interesse",), (Tag("USA", "adequate"),)),
        Node("purpose:website", "why", "Drive nettstedet", ("Berettiget interesse",), (Tag("India", "agreement"),)),
        Node("system:crm", "where", "CRM", ("lagres i Tyskland",)),
        Node("system:website", "where", "nettstedet", ("lagres i Norge",)),
        Node("party:crm-ireland", "recipient", "Kundesky Ireland", ("Irland, databehandler",)),
        Node("party:hosting", "recipient", "Nordlog Drift AS", ("Norge, databehandler",)),
        Node("party:crm-inc", "abroad", "Kundesky, Inc.", ("navn, e-postadresse",), (Tag("USA", "adequate"),), "adequate"),
        Node("party:support", "abroad", "Support 24 Pvt. Ltd.", ("IP-adresse",), (Tag("India", "agreement"),), "agreement"),
    ]
    edges = [
        Edge("subject:newsletter", "purpose:newsletter"),
        Edge("subject:contacts", "purpose:newsletter"),
        Edge("subject:contacts", "purpose:follow-up"),
        Edge("subject:visitors", "purpose:website"),
        Edge("purpose:newsletter", "system:crm", "adequate"),
        Edge("purpose:follow-up", "system:crm", "adequate"),
        Edge("purpose:website", "system:website", "agreement"),
        Edge("system:crm", "party:crm-ireland", "adequate"),
        Edge("system:website", "party:hosting", "agreement"),
        Edge("party:crm-ireland", "party:crm-inc", "adequate", gate="DPF-listen"),
        Edge("party:hosting", "party:support", "agreement", gate="SCC modul 3"),
    ]
    bands = (BandText("adequate", "Utenfor EØS, tilstrekkelig vern"), BandText("agreement", "Utenfor EØS, sikret med avtale"))
    return picture("To av fire mottakere er utenfor EØS", nodes, edges, bands=bands)


def forty() -> Picture:
    """Eight groups, fourteen purposes, five systems and thirteen recipients, with a direct flow and a system that serves both bands."""
    people = {
        "customers": ("Kontakter hos kunder", ["invoice", "deliver", "follow-up", "newsletter"]),
        "leads": ("Potensielle kunder", ["leads"]),
        "course": ("Deltakere på kurs", ["course"]),
        "partners": ("Kontakter hos partnere", ["newsletter", "partners"]),
        "visitors": ("Besøkende på nettsted", ["count", "ads", "website"]),
        "followers": ("Følgere i sosiale medier", ["social"]),
        "callers": ("De som tar kontakt", ["answer"]),
        "applicants": ("Jobbsøkere", ["assess", "keep-cv"]),
    }
    interest = "Berettiget interesse"
    usa, india, malaysia = Tag("USA", "adequate"), Tag("India", "agreement"), Tag("Malaysia", "agreement")
    purposes: dict[str, tuple[str, str, Tag | None, list[tuple[str, Band]]]] = {
        "invoice": ("Fakturere", "Rettslig plikt", None, [("accounts", "")]),
        "deliver": ("Levere tjenester", interest, usa, [("crm", "adequate")]),
        "follow-up": ("Følge opp kunder", interest, usa, [("crm", "adequate")]),
        "newsletter": ("Sende nyhetsbrev", "Samtykke", usa, [("crm", "adequate")]),
        "leads": ("Finne nye kunder", interest, usa, [("crm", "adequate")]),
        "course": ("Holde kurs", "Avtale", usa, [("crm", "adequate")]),
        "partners": ("Samarbeide", interest, malaysia, [("mail", "agreement")]),
        "count": ("Telle besøk", "Samtykke", usa, [("website", "adequate")]),
        "ads": ("Vise annonser", "Samtykke", usa, [("website", "adequate")]),
        "website": ("Drive og sikre nettsted", interest, india, [("website", "agreement")]),
        "social": ("Ha sider i sosiale medier", interest, usa, []),
        "answer": ("Svare på henvendelser", "Rettslig plikt", malaysia, [("mail", "agreement")]),
        "assess": ("Vurdere søknader", "Avtale", malaysia, [("mail", "agreement"), ("recruitment", "")]),
        "keep-cv": ("Ta vare på CV-er", "Samtykke", None, [("recruitment", "")]),
    }
    systems: dict[str, tuple[str, str, list[tuple[str, Band]]]] = {
        "accounts": ("Regnskap", "Norge", [("tax", ""), ("accountant", "")]),
        "crm": ("CRM", "Tyskland", [("crm-ireland", "adequate")]),
        "website": ("nettstedet", "Norge", [("ads-ireland", "adequate"), ("social-ireland", "adequate"), ("hosting", "agreement")]),
        "mail": ("E-post og dokumenter", "Irland", [("office", "agreement")]),
        "recruitment": ("Rekruttering", "Norge", [("jobs", "")]),
    }
    parties: dict[str, tuple[str, str, str]] = {
        "tax": ("Skatteetaten", "Norge, myndighet", ""),
        "accountant": ("Regnskapshuset AS", "Norge, databehandler", ""),
        "crm-ireland": ("Kundesky Ireland", "Irland, databehandler", "crm-inc"),
        "ads-ireland": ("Annonse Ireland", "Irland, databehandler", "ads-llc"),
        "social-ireland": ("Nettverk Ireland", "Irland, felles ansvar", "social-inc"),
        "hosting": ("Nordlog Drift AS", "Norge, databehandler", "support"),
        "office": ("Kontorsky Europe", "Irland, databehandler", "office-support"),
        "jobs": ("Jobbportal AS", "Norge, databehandler", ""),
    }
    outside: dict[str, tuple[str, Tag, str]] = {
        "crm-inc": ("Kundesky, Inc.", usa, "navn og e-postadresse"),
        "ads-llc": ("Annonse LLC", usa, "nettidentifikator"),
        "social-inc": ("Nettverk Platforms, Inc.", usa, "nettidentifikator"),
        "support": ("Support 24 Pvt. Ltd.", india, "IP-adresse"),
        "office-support": ("Kontorsky Support", malaysia, "e-post og dokumenter"),
    }
    nodes = [Node(f"subject:{key}", "who", name) for key, (name, _) in people.items()]
    edges = [Edge(f"subject:{key}", f"purpose:{goal}") for key, (_, goals) in people.items() for goal in goals]
    for key, (name, basis, tag, used) in purposes.items():
        nodes.append(Node(f"purpose:{key}", "why", name, (basis,), (tag,) if tag else ()))
        edges += [Edge(f"purpose:{key}", f"system:{system}", band) for system, band in used]
    edges.append(Edge("purpose:social", "party:social-ireland", "adequate", label="rett hos plattformen"))
    for key, (name, place, reached) in systems.items():
        nodes.append(Node(f"system:{key}", "where", name, (place,)))
        edges += [Edge(f"system:{key}", f"party:{party}", band) for party, band in reached]
    for key, (name, role, sub) in parties.items():
        nodes.append(Node(f"party:{key}", "recipient", name, (role,)))
        if sub:
            band = outside[sub][1].band
            edges.append(Edge(f"party:{key}", f"party:{sub}", band, gate="DPF-listen" if band == "adequate" else "SCC modul 3"))
    for key, (name, tag, data) in outside.items():
        nodes.append(Node(f"party:{key}", "abroad", name, (data,), (tag,), tag.band))
    return picture(
        "Fem mottakere utenfor EØS kan lese opplysninger",
        nodes,
        edges,
        "Eksempel AS: 8 grupper, 14 formål, 5 systemer og 13 mottakere. Les fra venstre mot høyre.",
    )


def chain() -> Picture:
    """Sub-processors in three countries, a system abroad, a purpose that goes straight out, and data that come back in."""
    nodes = [
        Node("subject:users", "who", "Brukere av programvaren"),
        Node(
            "purpose:support",
            "why",
            "Hjelpe brukere",
            ("Avtale",),
            (Tag("USA", "adequate"), Tag("India", "agreement"), Tag("Peru", "none")),
        ),
        Node("purpose:analyse", "why", "Finne feil", ("Berettiget interesse",), (Tag("USA", "adequate"),)),
        Node("system:tickets", "where", "Sakssystem", ("Irland",)),
        Node("system:logs", "abroad", "Loggarkiv", ("alle logger",), (Tag("USA", "adequate"),), "adequate", "spine"),
        Node("party:desk", "recipient", "Brukerhjelp AS", ("Norge, databehandler",)),
        Node("party:desk-ireland", "recipient", "Brukerhjelp Ireland", ("Irland, underdatabehandler",)),
        Node("party:logs", "abroad", "Loggfirma, Inc.", ("logger",), (Tag("USA", "adequate"),), "adequate"),
        Node("party:one", "abroad", "Døgnvakt, Inc.", ("navn, saker",), (Tag("USA", "adequate"),), "adequate"),
        Node("party:two", "abroad", "Nattvakt Pvt. Ltd.", ("saker",), (Tag("India", "agreement"),), "agreement"),
        Node("party:three", "abroad", "Helgevakt S.A.", ("saker",), (Tag("Peru", "none"),), "none"),
    ]
    edges = [
        Edge("subject:users", "purpose:support"),
        Edge("subject:users", "purpose:analyse"),
        Edge("purpose:support", "system:tickets", "adequate"),
        Edge("purpose:support", "system:tickets", "agreement"),
        Edge("purpose:support", "system:tickets", "none"),
        Edge("purpose:analyse", "system:logs", "adequate", "rett til leverandøren", "DPF-listen"),
        Edge("system:logs", "party:logs", "adequate"),
        Edge("system:logs", "party:desk", "", "feilrapporter"),
        Edge("system:tickets", "party:desk", "adequate"),
        Edge("party:desk", "party:desk-ireland", "adequate"),
        Edge("party:desk-ireland", "party:one", "adequate", gate="DPF-listen"),
        Edge("party:one", "party:two", "agreement", gate="SCC modul 3"),
        Edge("party:two", "party:three", "none", gate="uten avtale"),
    ]
    return picture("Opplysninger går videre til tre land utenfor EØS", nodes, edges)


def circle() -> Picture:
    """Sub-processors in a circle, inside and outside, and data that come back across the border."""
    nodes = [
        Node("system:mail", "where", "E-post", ("Irland",)),
        Node("party:a", "recipient", "Alfa AS", ("Norge",)),
        Node("party:b", "recipient", "Beta AS", ("Norge",)),
        Node("party:c", "abroad", "Gamma, Inc.", ("navn",), (Tag("USA", "adequate"),), "adequate"),
        Node("party:d", "abroad", "Delta Ltd.", ("navn",), (Tag("India", "agreement"),), "agreement"),
    ]
    edges = [
        Edge("system:mail", "party:a"),
        Edge("party:a", "party:b"),
        Edge("party:b", "party:a"),
        Edge("party:a", "party:c", "adequate", gate="DPF-listen"),
        Edge("party:c", "party:d", "agreement", gate="SCC modul 3"),
        Edge("party:d", "party:c", "adequate", gate="DPF-listen"),
        Edge("party:d", "party:a", "", "rapporter", "tilbake"),
    ]
    return picture("Rundt og rundt", nodes, edges)


def generated(count: int, seed: int = 7) -> Picture:
    """As many nodes as asked for, in the proportions of a real registry, with hubs, direct flows and chains."""
    random = Random(seed)  # noqa: S311 - a sample, no secret
    share = {"who": 0.14, "why": 0.36, "where": 0.15, "recipient": 0.22}
    ids = {lane: [f"{lane}:{index:03}" for index in range(max(1, round(count * part)))] for lane, part in share.items()}
    abroad = [f"abroad:{index:03}" for index in range(max(1, count - sum(map(len, ids.values()))))]
    bands: dict[str, Band] = {node: random.choice(("adequate", "adequate", "agreement", "agreement", "none")) for node in abroad}
    nodes = [Node(node, "who", f"Gruppe {node[-3:]}") for node in ids["who"]]
    nodes += [Node(node, "why", f"Formål nummer {node[-3:]}", ("Berettiget interesse",)) for node in ids["why"]]
    nodes += [Node(node, "where", f"System {node[-3:]}", ("Norge",)) for node in ids["where"]]
    nodes += [Node(node, "recipient", f"Leverandør {node[-3:]} AS", ("Irland, databehandler",)) for node in ids["recipient"]]
    nodes += [Node(node, "abroad", f"Firma {node[-3:]}, Inc.", ("navn",), (Tag("USA", bands[node]),), bands[node]) for node in abroad]
    edges = [Edge(random.choice(ids["who"]), node) for node in ids["why"]]
    edges += [Edge(node, random.choice(ids["why"])) for node in ids["who"]]
    edges += [Edge(node, random.choice(ids["where"])) for node in ids["why"]]
    edges += [
        Edge(random.choice(ids["why"]), node, label="rett hos mottakeren")
        for node in random.sample(ids["recipient"], len(ids["recipient"]) // 8)
    ]
    edges += [Edge(random.choice(ids["where"]), node) for node in ids["recipient"]]
    edges += [
        Edge(random.choice(ids["recipient"]), node, bands[node], gate="DPF" if bands[node] == "adequate" else "SCC modul 3")
        for node in abroad
    ]
    edges += [Edge(random.choice(abroad), node, bands[node]) for node in random.sample(abroad, len(abroad) // 6)]
    return picture(f"{count} bokser", nodes, edges)
