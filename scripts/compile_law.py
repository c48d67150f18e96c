"""Compile the law data: ``ropa/law/data`` (what people edit) into ``ropa/law/compiled`` (what the program loads).

    python scripts/compile_law.py            writes the compiled files
    python scripts/compile_law.py --check    exits 1 and names the files that are stale
    python scripts/compile_law.py --names    takes the country names from the installed Babel (CLDR) first

The country names are frozen in ``ropa/law/data/cldr-territories.json``, so that compiling needs
only PyYAML, and a new Babel changes nothing unseen.
"""

import argparse
import datetime
import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
# Names are compared in the one form that the program compares them in.
sys.path.insert(0, str(ROOT))

from ropa.law.text import fold

DATA = ROOT / "ropa" / "law" / "data"
COMPILED = ROOT / "ropa" / "law" / "compiled"
LANGUAGES = ("nb", "nn", "en")
# Two-letter codes of CLDR that ISO 3166-1 does not assign: exceptional reservations, groupings, user-assigned codes.
NOT_ISO = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
ISO_CODES = 249
# A second name in the data that is the rest of a title ("Forskrift om omsorgspoeng – barn") is no name; one that looks like these is.
REAL_SECOND_NAME = re.compile(r"(loven|lova|forskriften|forskrifta)$|^[A-ZÆØÅ][A-ZÆØÅ0-9/-]+$")
BRACKETED = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
# A name in brackets is the act's own only where it is of the act's own kind: a regulation's title may name the act that it rests on.
STATUTE_NAME = re.compile(r"(lov|loven|lova)$", re.IGNORECASE)
REGULATION_NAME = re.compile(r"(forskrift|forskriften|forskrifta)$", re.IGNORECASE)


def main() -> int:
    """Write the compiled files, or say which are stale."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="exit 1 where a compiled file is not what the sources give")
    options.add_argument("--names", action="store_true", help="freeze the country names of the installed Babel first")
    chosen = options.parse_args()
    if chosen.names:
        freeze_country_names()
    stale = []
    for name, content in compiled().items():
        path = COMPILED / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if not chosen.check:
            COMPILED.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
    for name in stale:
        sys.stdout.write(f"{'stale' if chosen.check else 'written'}: ropa/law/compiled/{name}\n")
    return 1 if chosen.check and stale else 0


def compiled() -> dict[str, str]:
    """Return every compiled file by name, with its content."""
    acts = read_json("norwegian-acts.json")
    vocabulary = read_yaml("vocabulary.yaml")
    structure = read_yaml("structure.yaml")
    overlays = read_overlays(DATA / "overlays")
    files = {
        "about.json": about(vocabulary, acts),
        "vocabulary.json": compile_vocabulary(vocabulary),
        "countries.json": compile_countries(read_yaml("countries.yaml"), overlays),
        "overlays.json": {country: compile_overlay(country, overlay) for country, overlay in overlays.items()},
        "rights.json": strip_header(read_yaml("rights.yaml")),
        "information.json": strip_header(read_yaml("information.yaml")),
        "structure.json": compile_structure(structure, acts["acts"]),
        "names.json": compile_names(acts["acts"]),
        "norms.json": strip_header(read_yaml("norms.yaml")),
    }
    return {name: to_text(content) for name, content in files.items()}


def read_yaml(name: str) -> dict[str, Any]:
    """Return a source file's data; dates become text."""
    return read_yaml_file(DATA / name)


def read_overlays(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what each country's law adds to the Regulation: a file a country, named by its code."""
    return {path.stem: read_yaml_file(path) for path in sorted(folder.glob("*.yaml"))}


def read_yaml_file(path: Path) -> dict[str, Any]:
    """Return a YAML file's data; dates become text."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    plain = dates_as_text(data)
    assert isinstance(plain, dict)
    return plain


def read_json(name: str) -> dict[str, Any]:
    """Return a JSON source file's data."""
    data: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return data


def dates_as_text(value: object) -> object:
    """Return the same data with every date as ISO text."""
    if isinstance(value, dict):
        return {key: dates_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [dates_as_text(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def strip_header(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data without its version number, which says something about the source file only."""
    return {key: value for key, value in data.items() if key != "version"}


def to_text(content: object) -> str:
    """Return JSON in one line a top-level entry: small, and a change shows as a small difference."""
    assert isinstance(content, dict)
    lines = (f"{dump(key)}:{dump(value)}" for key, value in content.items())
    return "{" + ",\n".join(lines) + "}\n"


def dump(value: object) -> str:
    """Return compact JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def about(vocabulary: dict[str, Any], acts: dict[str, Any]) -> dict[str, Any]:
    """Say how old the data are, where they come from and what the tags mean (sources.md)."""
    sources = (DATA / "sources.md").read_text(encoding="utf-8")
    tags = {tag: meaning.strip() for tag, meaning in re.findall(r"^\| ([TRSU]) \| (.+) \|$", sources, re.MULTILINE)}
    as_of_acts = re.search(r"state of (\d{4}-\d\d-\d\d)", acts["about"])
    assert as_of_acts is not None
    return {
        "as_of": vocabulary["as_of"],
        "as_of_acts": as_of_acts.group(1),
        "acts": acts["count"],
        "acts_about": acts["about"],
        "tags": tags,
        "provenance": vocabulary["provenance"],
    }


def compile_vocabulary(source: dict[str, Any]) -> dict[str, Any]:
    """Return one mapping a list: code → labels and attributes. A list in a list is named `outer.inner`."""
    lists: dict[str, Any] = {}
    for name, content in source.items():
        if name in {"version", "as_of", "provenance"}:
            continue
        if isinstance(content, list):
            lists[name] = {code: {} for code in content}
        elif all(isinstance(item, list) for item in content.values()):
            lists[name] = {code: {} for codes in content.values() for code in codes}
            lists.update({f"{name}.{inner}": {code: {} for code in codes} for inner, codes in content.items()})
        else:
            lists[name] = content
    return lists


def compile_overlay(country: str, source: dict[str, Any]) -> dict[str, Any]:
    """Return a country's overlay. Its age stands with those of all countries; an act without a jurisdiction is the country's own."""
    acts = {name: {"jurisdiction": country, **act} for name, act in source["acts"].items()}
    return {"data_protection_act": source["data_protection_act"], "acts": acts, "dpia_list": source.get("dpia_list")}


def compile_countries(source: dict[str, Any], overlays: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the countries' names and law; names written in countries.yaml win over CLDR's, an overlay's age over one written there."""
    for country, overlay in overlays.items():
        source["eea"][country]["child_age"] = overlay["child_age"]
    frozen = read_json("cldr-territories.json")
    names: dict[str, dict[str, str]] = dict(frozen["names"])
    for part in ("eea", "adequacy"):
        for code, entry in source[part].items():
            names[code] = {language: entry.pop(language) for language in LANGUAGES}
    return {
        **strip_header(source),
        "territories": {code: entry for item in source["territories"] for code, entry in territory(item)},
        "names": names,
        "older_codes": frozen["older_codes"],
    }


def territory(item: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return an entry for each code that a line of the territories names."""
    codes = item.get("codes") or [item["code"]]
    rest = {key: value for key, value in item.items() if key not in {"code", "codes"}}
    return [(code, rest) for code in codes]


def freeze_country_names() -> None:
    """Write the ISO 3166-1 names in three languages, and the older codes, as the installed Babel has them."""
    import babel
    from babel.core import get_global

    territories = {language: babel.Locale.parse(language).territories for language in LANGUAGES}
    codes = sorted({str(code) for code in territories["en"]} - NOT_ISO)
    codes = [code for code in codes if re.fullmatch("[A-Z]{2}", code)]
    assert len(codes) == ISO_CODES, f"{len(codes)} codes: ISO 3166-1 or CLDR has changed; look at NOT_ISO"
    older = {old: new[0] for old, new in sorted(get_global("territory_aliases").items()) if old.isalpha() and new[0] in codes}
    content = {
        "about": f"Country names from Unicode CLDR, taken from Babel {babel.__version__}. Unicode License v3: see NOTICE.",
        "names": {code: {language: territories[language][code] for language in LANGUAGES} for code in codes},
        "older_codes": older,
    }
    (DATA / "cldr-territories.json").write_text(to_text(content), encoding="utf-8")


def compile_structure(source: dict[str, Any], acts: dict[str, Any]) -> dict[str, Any]:
    """Return the GDPR's structure, the cited acts whole, and every everyday name of theirs."""
    keys: dict[str, str] = {key: entry["id"] for key, entry in source["norway"].items()}
    aliases = {**keys}
    for part in ("aliases", "colloquial"):
        aliases.update({name: keys.get(key, key) for name, key in source[part].items()})
    cited = {entry["id"]: {**acts[entry["id"]], "key": key, "cited": entry.get("cited", {})} for key, entry in source["norway"].items()}
    own_names = {name: identifier for identifier, act in cited.items() for name in act["names"]}
    check_aliases({**own_names, **aliases}, acts)
    return {
        "gdpr": source["gdpr"],
        "acts": cited,
        "aliases": {fold(name): identifier for name, identifier in {**own_names, **aliases}.items()},
    }


def check_aliases(aliases: dict[str, str], acts: dict[str, Any]) -> None:
    """Stop where an everyday name means another act, or several, in the acts data."""
    names = compile_names(acts)
    for name, identifier in aliases.items():
        if identifier not in acts or names.get(fold(name), identifier) != identifier:
            sys.exit(f"{name}: {identifier} in structure.yaml, {names.get(fold(name))} in norwegian-acts.json")


def compile_names(acts: dict[str, Any]) -> dict[str, Any]:
    """Return every name of every act, folded → its id, or the ids of all that carry it."""
    index: dict[str, set[str]] = {}
    for identifier, act in acts.items():
        for name in names_of(identifier, act):
            if folded := fold(name):
                index.setdefault(folded, set()).add(identifier)
    return {name: found[0] if len(found := sorted(ids)) == 1 else found for name, ids in sorted(index.items())}


def names_of(identifier: str, act: dict[str, Any]) -> list[str]:
    """Return the short names, the title with and without what stands in brackets, and the names in brackets."""
    first, others = act["names"][:1], act["names"][1:]
    is_statute = identifier.startswith("lov-")
    own_kind = STATUTE_NAME if is_statute else REGULATION_NAME
    kept = [name for name in others if is_statute or REAL_SECOND_NAME.search(name)]
    title = act["title"]
    bare = BRACKETED.sub(" ", title)
    inside = [name for name in BRACKETED.findall(title) if own_kind.search(name)]
    shorter = [BRACKETED.sub(" ", name) for name in first]
    return [*first, *shorter, *kept, title, bare, *inside]


if __name__ == "__main__":
    sys.exit(main())
