"""A new registry and stubs of new records, from the templates in ``templates/starter``.

A template is the file as it will be, with its explanations in three languages side by side (``#nb …``, ``#nn …``, ``#en …``) and its
texts in the three languages of the format. Of both, only the wanted languages are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Final

from ropa.resources import directory
from ropa.schema.editor import globs
from ropa.source.write import block_style, json_text

STUBS: Final = ("activity", "party", "system", "cookies", "consent", "assessment")
CI_FILES: Final = {"github": ".github/workflows/ropa.yml", "gitlab": ".gitlab-ci.yml"}
HOOK_FILES: Final = {"pre-commit": ".pre-commit-config.yaml"}
_REGISTRY_FILES: Final = (
    "organisation",
    "activities/newsletter",
    "parties/newsletter-supplier",
    "systems/newsletter-tool",
    "consents",
    "security-measures",
)
_EXPLANATION: Final = re.compile(r"( *)#(nb|nn|en) (.*)")
_TEXT: Final = re.compile(r" +(nb|nn|en): (.*)")
_ASK: Final = {
    "organisation_number": {
        "nb": "Hvilket organisasjonsnummer har vi? Slå opp i Enhetsregisteret",
        "nn": "Kva organisasjonsnummer har vi? Slå opp i Einingsregisteret",
        "en": "Which registration number do we have? Look it up in the business register",
    },
    "email": {
        "nb": "Hvilken e-postadresse skal folk skrive til om personvern?",
        "nn": "Kva e-postadresse skal folk skrive til om personvern?",
        "en": "To which e-mail address are people to write about privacy?",
    },
}
_EXAMPLE: Final = {"organisation_number": "123 456 785", "email": "personvern@eksempel.example"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the organisation; without a name it is an example that the officer writes over."""

    name: str | None
    organisation_number: str | None
    country: str
    email: str | None
    languages: Sequence[str]


def registry_files(answers: Answers, language: str) -> dict[str, str]:
    """The files of a new registry by their path in it; explanations are in `language`, texts in the registry's languages."""
    values = {
        "name": _scalar(answers.name or "Eksempel AS"),
        "organisation_number": _answer("organisation_number", answers, language),
        "country": answers.country,
        "email": _answer("email", answers, language),
        "contact": _answer("email", answers, language, "    "),
        "languages": f"[{', '.join(answers.languages)}]",
    }
    files = {f"{name}.yaml": filled(_template(f"registry/{name}.yaml"), language, answers.languages, values) for name in _REGISTRY_FILES}
    return files | {"README.md": _template(f"surroundings/README.{language}.md")}


def surrounding_files(ci: str, hooks: str, editor: str, version: str) -> dict[str, str]:
    """The files beside a registry by path, for one of `CI_FILES`, one of `HOOK_FILES` and the editor vscode, or none of a kind."""
    chosen = {CI_FILES[ci]: ci} if ci in CI_FILES else {}
    if hooks in HOOK_FILES:
        chosen[HOOK_FILES[hooks]] = hooks
    files = {path: Template(_template(f"surroundings/{name}.yaml")).substitute(version=version) for path, name in chosen.items()}
    if editor == "vscode":
        schemas = {f"registry/.schemas/{kind}.schema.json": pattern for kind, pattern in sorted(globs("registry").items())}
        settings = {"yaml.schemas": schemas, "files.encoding": "utf8", "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2}}
        files[".vscode/settings.json"] = json_text(settings)
        files[".vscode/extensions.json"] = json_text({"recommendations": ["redhat.vscode-yaml"]})
    return files


def stub(kind: str, id_: str, language: str, languages: Sequence[str]) -> str:
    """A new record of a kind, with ``…`` where the officer's facts belong; a consent with its id, as it stands in its file."""
    return filled(_template(f"stubs/{kind}.yaml"), language, languages, {"id": id_})


def filled(template: str, language: str, languages: Sequence[str], values: Mapping[str, str]) -> str:
    """A template with the explanations of one language, the texts of some, and its values filled.

    A text in one language is written in the short form: ``name: Nyhetsbrev``.
    """
    lines: list[str] = []
    for line in template.splitlines():
        explanation, text = _EXPLANATION.fullmatch(line), _TEXT.fullmatch(line)
        if explanation is not None:
            if explanation[2] == language:
                lines.append(f"{explanation[1]}# {explanation[3]}")
        elif text is not None and len(languages) == 1:
            if text[1] == languages[0]:
                lines[-1] = f"{lines[-1]} {text[2]}"
        elif text is None or text[1] in languages:
            # An explanation is no place for values: it may speak of ${…}.
            lines.append(Template(line).substitute(values))
    return "\n".join(lines) + "\n"


def _template(name: str) -> str:
    return (directory("templates") / "starter" / name).read_text(encoding="utf-8")


def _answer(key: str, answers: Answers, language: str, indent: str = "  ") -> str:
    """What stands after a key's colon: the answer, the example's, or `unknown` with the question on a line of its own."""
    given: str | None = getattr(answers, key)
    if given is None and answers.name is not None:
        return f"\n{indent}unknown: {_scalar(_ASK[key][language])}"
    text = _scalar(given or _EXAMPLE[key])
    return f" {text}" if key == "email" or text.startswith(("'", '"')) else f' "{text}"'


def _scalar(text: str) -> str:
    """A text as it stands after a key in YAML."""
    return block_style({"k": text}).removeprefix("k:").strip()
