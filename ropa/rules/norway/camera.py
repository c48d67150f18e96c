"""Fixed cameras: that people know of them, how long footage is kept and who gets it. Kameraforskriften §§ 1, 3-6."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ropa.context.context import Context, PlacedRetention, groups_of, purposes_of, served_purposes
from ropa.findings.finding import Breach, Severity
from ropa.flows.edges import Receipt
from ropa.law import vocabulary
from ropa.model.activity import Activity, Camera, DataGroup, Recipient, Sign
from ropa.model.records_common import Retention
from ropa.rules.asked import broken_inside
from ropa.rules.empty import says_nothing
from ropa.rules.law_references import asked_law
from ropa.rules.norway.retention_by_law import PERMANENT, Length, length
from ropa.rules.special_categories import SERVICE_KINDS
from ropa.source.address import segment

UNSEEN: Final = "camera-without-sign"
TOO_LONG: Final = "camera-retention-too-long"
DISCLOSED: Final = "camera-footage-disclosed"

SURVEILLANCE: Final = "camera-surveillance"
FOOTAGE: Final = "camera-footage"
LIMITED_GROUP: Final = "limited-group"

A_WEEK: Final = "7 days"
LONGER: Final = {"police-expected": "30 days", "payment-or-postal-premises": "3 months"}
NO_LIMIT: Final = frozenset({"consent", "national-security", "permit"})
"""Reasons that lift the deadlines, kameraforskriften § 6 and Datatilsynet's exemptions from it."""

FROM_RECORDING: Final = frozenset({"recording", "collection", "transaction", "event-held"})
"""Events that fall together with the recording."""

POLICE: Final = "police"


# --- signs ------------------------------------------------------------------------------------------------------------


def camera_without_sign(context: Context) -> Iterator[Breach]:
    """A sign, or another notice, tells of the camera, of sound and of the controller; filming a limited group has a need."""
    for activity in context.controlled:
        if not any(purpose.kind == SURVEILLANCE for purpose in purposes_of(activity).values()):
            continue
        address = f"activities/{activity.id}#camera"
        camera = activity.camera
        if camera is None or says_nothing(context, address, camera):
            if not broken_inside(context, address):
                yield Breach(UNSEEN, address, "missing")
            continue
        yield from _notice(context, address, camera)
        if camera.area == LIMITED_GROUP and camera.limited_group is None and not broken_inside(context, f"{address}.limited_group"):
            yield Breach(UNSEEN, f"{address}.limited_group", "limited-group")


def _notice(context: Context, address: str, camera: Camera) -> Iterator[Breach]:
    """What the sign lacks, or the notice in another way where that is what is told. One of them is enough."""
    gaps = {
        "sign": _gaps(context, f"{address}.sign", camera.sign, ()),
        "notice_other_way": _gaps(context, f"{address}.notice_other_way", camera.notice_other_way, ("how",)),
    }
    if [] in gaps.values():
        return
    told = next((key for key, lacking in gaps.items() if lacking), None)
    if told is None:
        if not any(broken_inside(context, f"{address}.{key}") for key in gaps):
            at = "notice_other_way" if f"{address}.notice_other_way" in context.registry.unknown else "sign"
            yield Breach(UNSEEN, f"{address}.{at}", "no-sign")
        return
    for key, variant in gaps[told] or ():
        if not broken_inside(context, f"{address}.{told}.{key}"):
            yield Breach(UNSEEN, f"{address}.{told}.{key}", variant)


def _gaps(context: Context, address: str, sign: Sign | None, texts: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """The keys of a sign or notice that are not answered as the regulation asks, with the wording for each; None where there is no sign."""
    if sign is None or says_nothing(context, address, sign):
        return None
    found = [(key, key) for key in texts if getattr(sign, key) is None]
    if sign.controller_named is not True:
        found.append(("controller_named", "controller" if sign.controller_named is None else "controller-not-named"))
    if sign.sound is None:
        found.append(("sound", "sound"))
    return found


# --- footage ----------------------------------------------------------------------------------------------------------


class Footage(NamedTuple):
    """An activity with the data groups that hold footage of a fixed camera."""

    activity: Activity
    groups: dict[str, DataGroup]


def _footage(context: Context) -> Iterator[Footage]:
    """Every activity with footage under the regulation. A drone or a body-worn camera has a purpose of another kind (§ 1)."""
    own = context.registry.vocabulary.data_categories or {}
    codes = {FOOTAGE, *(name for name, category in own.items() if category.like == FOOTAGE)}
    for activity in context.controlled:
        groups = {name: group for name, group in groups_of(activity).items() if not codes.isdisjoint(group.categories or ())}
        fixed = {name: group for name, group in groups.items() if _is_of_fixed_camera(activity, group)}
        if fixed:
            yield Footage(activity, fixed)


def _is_of_fixed_camera(activity: Activity, group: DataGroup) -> bool:
    """Whether the activity declares a fixed camera, or a purpose that the footage serves is surveillance or has no kind."""
    if activity.camera is not None:
        return True
    purposes = [purposes_of(activity)[name] for name in served_purposes(activity, group) if name in purposes_of(activity)]
    return any(purpose.kind in (SURVEILLANCE, None) for purpose in purposes)


# --- how long ---------------------------------------------------------------------------------------------------------


def camera_retention_too_long(context: Context) -> Iterator[Breach]:
    """Footage is deleted after a week, or after the longer time that a reason allows."""
    footage = {found.activity.id: found for found in _footage(context)}
    if not footage:
        return
    told: set[str] = set()
    for placed in context.retentions():
        found = footage.get(placed.activity.id) if placed.activity is not None else None
        if found is None or placed.address in told or not _holds_for(placed, found):
            continue
        for breach in _kept(context, placed, found.activity):
            told.add(placed.address)
            yield breach


def _holds_for(placed: PlacedRetention, footage: Footage) -> bool:
    """Whether a retention is that of footage: of the group itself, or the activity's for footage without one of its own."""
    if placed.group is not None:
        return placed.group in footage.groups
    return any(group.retention is None for group in footage.groups.values())


def _kept(context: Context, placed: PlacedRetention, activity: Activity) -> Iterator[Breach]:
    camera, related = activity.camera or Camera(), f"activities/{activity.id}#camera"
    if camera.longer_because in NO_LIMIT or camera.permit is not None or broken_inside(context, f"{related}.longer_because"):
        return
    limit = LONGER.get(camera.longer_because or "", A_WEEK)
    found = _fault(placed.retention, length(limit))
    if found is None:
        return
    variant, severity = found
    address = placed.address if placed.shipped is not None else f"{placed.address}.period"
    variant = "shipped" if placed.shipped is not None else variant
    params = {"period": placed.retention.period or "", "limit": limit, "rule": placed.shipped or "", "from": placed.retention.from_ or ""}
    shown = (related,) if activity.camera is not None else ()
    yield Breach(TOO_LONG, address, variant, params, severity, related=shown)


def _fault(retention: Retention, limit: Length) -> tuple[str, Severity | None] | None:
    """What is wrong with a period. One that counts from another event, or has only an event, must be looked at by a person."""
    if retention.period is None:
        only_event = bool(retention.until) and not retention.law and not FROM_RECORDING.intersection(retention.until or ())
        return ("no-period", "warning") if only_event else None
    if length(retention.period).exceeds(limit):
        return "permanent" if retention.period == PERMANENT else "too-long", None
    later = retention.from_ is not None and retention.from_ not in FROM_RECORDING and retention.from_ in vocabulary.codes("events")
    return ("start", "warning") if later else None


# --- who gets it ------------------------------------------------------------------------------------------------------


def camera_footage_disclosed(context: Context) -> Iterator[Breach]:
    """Footage goes to others than processors only with consent, to the police or by law."""
    for footage in _footage(context):
        told: set[str] = set()
        for receipt in context.flows.receipts(footage.activity.id):
            if not _is_disclosure(receipt) or not _gets(receipt, footage):
                continue
            for breach in _ground(context, footage.activity, receipt):
                if breach.address not in told:
                    told.add(breach.address)
                    yield breach


def _is_disclosure(receipt: Receipt) -> bool:
    """Whether a flow leaves the controllers and their processors. A kind of supplier without a role usually acts on instructions."""
    if receipt.via == "cookies" or receipt.role in ("processor", "joint-controller"):
        return False
    return receipt.role is not None or (receipt.party is None and receipt.kind not in SERVICE_KINDS)


def _gets(receipt: Receipt, footage: Footage) -> bool:
    """Whether a flow carries footage: it is narrowed neither to other groups nor to purposes that footage does not serve."""
    groups = [group for name, group in footage.groups.items() if receipt.groups is None or name in receipt.groups]
    if receipt.purposes is None:
        return bool(groups)
    return any(not set(receipt.purposes).isdisjoint(served_purposes(footage.activity, group)) for group in groups)


def _ground(context: Context, activity: Activity, receipt: Receipt) -> Iterator[Breach]:
    """What a disclosure lacks. Who gets footage without being listed is asked for an entry with a ground."""
    entries = activity.recipients or {}
    if receipt.entry is None:
        entry_of_party = (entry for name, entry in entries.items() if receipt.party in (name, entry.party))
        if any(_stands(context, receipt, entry) for entry in entry_of_party):
            return
        address = f"activities/{activity.id}#recipients.{segment(receipt.party or '')}"
        yield Breach(DISCLOSED, address, "unlisted", {"recipient": receipt.party or ""}, related=(receipt.address,))
        return
    entry = entries[receipt.entry]
    if _stands(context, receipt, entry) or broken_inside(context, f"{receipt.address}.ground"):
        return
    params = {"recipient": receipt.entry, "ground": entry.ground or "", "law": ", ".join(entry.law or ())}
    if entry.ground == "law":
        if not broken_inside(context, f"{receipt.address}.law"):
            variant = "law" if not entry.law else "section"
            yield Breach(DISCLOSED, f"{receipt.address}.law", variant, params)
        return
    variant = "missing" if entry.ground is None else "not-police" if entry.ground == POLICE else "ground"
    yield Breach(DISCLOSED, f"{receipt.address}.ground", variant, params)


def _stands(context: Context, receipt: Receipt, entry: Recipient) -> bool:
    """Whether an entry has one of the grounds of § 5. A law with its section is a ground, also where `ground` does not say so."""
    if entry.ground == "consent":
        return True
    if entry.ground == POLICE:
        return _may_be_police(context, receipt)
    return entry.ground in ("law", None) and asked_law(context, entry.law) == "said"


def _may_be_police(context: Context, receipt: Receipt) -> bool:
    party = context.registry.parties.get(receipt.party or "")
    kind = receipt.kind or (party.kind if party is not None else None)
    return receipt.role == "authority" or kind in (POLICE, None)


CAMERAS = (camera_without_sign, camera_retention_too_long, camera_footage_disclosed)
