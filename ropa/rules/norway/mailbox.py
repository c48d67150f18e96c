"""Access to employees' mailboxes, and what happens to them when employees leave. E-postforskriften §§ 1-5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, purpose_subjects, purposes_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, Mailbox
from ropa.rules.asked import EVERYONE, broken_inside
from ropa.rules.empty import says_nothing

RULE: Final = "employee-mailbox-access-without-rules"
EMAIL: Final = "email-and-collaboration"
EMPLOYEES: Final = frozenset({"employee", "former-employee", EVERYONE})
ON_GROUNDS: Final = "on-grounds"
PROCEDURE: Final = ("grounds", "notice_before", "presence", "written_notice_after")
"""What access on grounds needs, e-postforskriften §§ 2 and 3."""

AT_EXIT: Final = ("close_at_exit", "delete_at_exit")
"""What every mailbox needs, e-postforskriften § 4."""


def employee_mailbox_access_without_rules(context: Context) -> Iterator[Breach]:
    """Employees' mailboxes have rules for access, closing and deletion."""
    for activity in context.controlled:
        address = f"activities/{activity.id}#mailbox"
        held = activity.mailbox
        if held is not None and not says_nothing(context, address, held):
            for key in _missing(held):
                if not broken_inside(context, f"{address}.{key}"):
                    yield Breach(RULE, f"{address}.{key}", key.replace("_", "-"))
        elif (held is not None or _is_employees_email(activity)) and not broken_inside(context, address):
            yield Breach(RULE, address, "missing")


def _is_employees_email(activity: Activity) -> bool:
    return any(
        purpose.kind == EMAIL and not EMPLOYEES.isdisjoint(purpose_subjects(activity, purpose))
        for purpose in purposes_of(activity).values()
    )


def _missing(held: Mailbox) -> Iterator[str]:
    """The keys that are not answered. A mailbox that a short special need keeps open is not closed at once (§ 4)."""
    if held.access is None:
        yield "access"
    elif held.access == ON_GROUNDS:
        yield from (key for key in PROCEDURE if not getattr(held, key))
    for key in AT_EXIT:
        if getattr(held, key) is None and not (key == "close_at_exit" and held.kept_open_because is not None):
            yield key


MAILBOX = (employee_mailbox_access_without_rules,)
