"""What a person of a team may do."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person may do, the least first."""

    READER = "reader"
    CODER = "coder"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)
