"""How long data are kept, GDPR Arts 13(2)(a) and 14(2)(a): a sentence for each data group, and a few words for the overview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ropa.context.context import group_address, shipped_retention
from ropa.law import vocabulary
from ropa.model.activity import Activity, DataGroup
from ropa.model.records_common import Retention
from ropa.publish.notice.prose import Line, changed, joined, line, sentences
from ropa.publish.notice.writer import Writer


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept: in sentences, in a few words, and the law that says so."""

    sentences: Line
    short: Line
    law: Line = ()


def kept(writer: Writer, activity: Activity, name: str, group: DataGroup, purpose: str) -> Kept:
    """How long a data group is kept for a purpose; a gap where that is not known."""
    own = f"{group_address(activity, name)}.retention"
    whole = f"activities/{activity.id}#retention"
    asked = (own, whole) if own in writer.context.registry.unknown else (whole, own)
    declared = group.retention if group.retention is not None or own in writer.context.registry.unknown else activity.retention
    return of_retention(writer, declared, purpose, *asked)


def of_retention(writer: Writer, declared: Retention | str | None, purpose: str, *asked: str) -> Kept:
    """What a retention says: an id of a deletion rule, own or shipped, or the rule itself. `asked` are the addresses of the question."""
    if isinstance(declared, Retention) and declared.per_purpose is not None:
        return of_retention(writer, declared.per_purpose.get(purpose), "", *(f"{at}.per_purpose.{purpose}" for at in asked), *asked)
    if isinstance(declared, str):
        asked = (f"retention#{declared}", *asked)
        own = writer.context.registry.retention.get(declared)
        declared = own or (shipped_retention(declared) if declared in vocabulary.retention_rules() else None)
        asked = (*asked, *(f"{asked[0]}.{key}" for key in ("period", "until")))
    if declared is None or not _says_something(declared):
        gap = writer.gap(*asked, *(f"{at}.{key}" for at in asked for key in ("period", "from", "until")))
        return Kept(gap, writer.cell_gap())
    return Kept(_sentences(writer, declared, asked), _short(writer, declared), writer.laws(declared.law, style=True))


def _says_something(rule: Retention) -> bool:
    return bool(rule.period or rule.until or rule.criteria)


def _sentences(writer: Writer, rule: Retention, asked: tuple[str, ...]) -> Line:
    return sentences(
        _main(writer, rule, asked),
        writer.told(rule.criteria),
        writer.say("retention.every", period=writer.duration(rule.every)) if rule.every else (),
        writer.say(f"retention.material.{rule.material}") if rule.material else (),
    )


def _main(writer: Writer, rule: Retention, asked: tuple[str, ...]) -> Line:
    """The sentence itself: what we do with the data, and when."""
    if rule.period == "permanent":
        return writer.say("retention.permanent")
    when = _when(writer, rule, writer.duration)
    if not when:
        return ()
    if rule.then is None:
        then = writer.gap(*(f"{at}.then" for at in asked))
        return sentences(writer.say("retention.until-then", when=when), writer.say("retention.then-open", gap=then))
    if rule.period == "session":
        return writer.say(f"retention.session.{rule.then}")
    return writer.say(f"retention.{'then' if rule.from_ or rule.until else 'in'}.{rule.then}", when=when)


def _when(writer: Writer, rule: Retention, say: Callable[[str], str]) -> Line:
    """``2 år etter siste kontakt``; of a period and events that end it, the first to occur."""
    events = [line(writer.words.after(event)) for event in rule.until or ()]
    until = joined(events, ", ", f" {writer.fixed('or')} ")
    if not rule.period or rule.period in ("session", "permanent"):
        whichever = writer.say("retention.whichever", until=until) if len(events) > 1 else until
        return whichever or (line(say(rule.period)) if rule.period else ())
    period = line(say(rule.period))
    after = line(period, " ", writer.words.after(rule.from_)) if rule.from_ else period
    return writer.say("retention.first-of", period=after, until=until) if until else after


def _short(writer: Writer, rule: Retention) -> Line:
    if rule.period == "permanent":
        return line(writer.fixed("retention.short-permanent"))
    when = _when(writer, rule, writer.words.duration)
    return changed(when, "upper") if when else line(writer.fixed("retention.short-criteria"))
