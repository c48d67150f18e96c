"""Control of employees: measures at work (arbeidsmiljøloven §§ 9-1, 9-2) and monitoring of equipment (e-postforskriften § 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, purpose_address, purpose_subjects, purposes_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, ControlMeasure
from ropa.rules.asked import broken_inside
from ropa.rules.empty import says_nothing
from ropa.source.address import segment

MEASURE: Final = "employee-control-measure-without-consultation"
EMPLOYEE_CONTROL: Final = "employee-control"
CAMERA: Final = "camera-surveillance"
AT_WORK: Final = frozenset({"employee", "hired-worker"})
"""Groups of people whom a camera films at their work."""

ANSWERS: Final = ("because", "proportionality", "next_evaluation")
TOLD: Final = ("purpose", "consequences", "duration")
"""What arbeidsmiljøloven § 9-2 second paragraph says that employees must be told beforehand."""

ALLOWED: Final = frozenset({"network-administration", "security-breaches"})
"""The only purposes of monitoring how employees use equipment, e-postforskriften § 2 second paragraph."""


def employee_control_measure_without_consultation(context: Context) -> Iterator[Breach]:
    """A control measure has its ground, was discussed and told beforehand, and is evaluated."""
    for activity in context.controlled:
        address = f"activities/{activity.id}#control_measure"
        related = _kinds(activity, EMPLOYEE_CONTROL)
        held = activity.control_measure
        if held is not None and not says_nothing(context, address, held):
            yield from _unanswered(context, address, held, related)
        elif broken_inside(context, address):
            continue
        elif related or held is not None:
            yield Breach(MEASURE, address, "missing", related=related)
        elif _films_people_at_work(activity):
            yield Breach(MEASURE, address, "camera", severity="info", related=_kinds(activity, CAMERA))


def _kinds(activity: Activity, kind: str) -> tuple[str, ...]:
    """Where the purposes of a kind say so."""
    return tuple(f"{purpose_address(activity, name)}.kind" for name, purpose in purposes_of(activity).items() if purpose.kind == kind)


def _films_people_at_work(activity: Activity) -> bool:
    """Whether a camera films employees. Whether that controls them depends on where it hangs, which is for a person to judge."""
    return any(
        purpose.kind == CAMERA and not AT_WORK.isdisjoint(purpose_subjects(activity, purpose)) for purpose in purposes_of(activity).values()
    )


def _unanswered(context: Context, address: str, held: ControlMeasure, related: tuple[str, ...]) -> Iterator[Breach]:
    missing = [key for key in ANSWERS if getattr(held, key) is None]
    if held.discussed is None and held.no_representatives is not True:
        missing.append("discussed")
    if held.informed is None or says_nothing(context, f"{address}.informed", held.informed):
        missing.append("informed")
    else:
        missing += [f"informed.{key}" for key in TOLD if getattr(held.informed, key) is None]
    for key in missing:
        if not broken_inside(context, f"{address}.{key}"):
            yield Breach(MEASURE, f"{address}.{key}", key.replace(".", "-").replace("_", "-"), related=related)


def employee_monitoring_purpose(context: Context) -> Iterator[Breach]:
    """Employees' use of equipment is monitored for the network's administration or against security breaches, and for nothing else."""
    for activity in context.controlled:
        if activity.monitoring is None:
            continue
        address = f"activities/{activity.id}#monitoring.purposes"
        related = _kinds(activity, EMPLOYEE_CONTROL)
        if not activity.monitoring.purposes:
            if not broken_inside(context, address):
                yield Breach("employee-monitoring-purpose", address, "missing", related=related)
            continue
        for code in activity.monitoring.purposes:
            if code not in ALLOWED:
                yield Breach("employee-monitoring-purpose", f"{address}.{segment(code)}", "other", {"code": code}, related=related)


CONTROL_MEASURES = (employee_control_measure_without_consultation, employee_monitoring_purpose)
