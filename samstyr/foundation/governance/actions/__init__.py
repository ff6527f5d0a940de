"""The only writes to a tenant's model."""

from .adopt import accept_finding, adopt, draft_version
from .change_matrix import change_matrix
from .drafts import discard_draft, edit_draft, go_to_step, rename_key, start_draft
from .proposing import propose, settle_proposal, take_up_proposal

__all__ = [
    "accept_finding",
    "adopt",
    "change_matrix",
    "discard_draft",
    "draft_version",
    "edit_draft",
    "go_to_step",
    "propose",
    "rename_key",
    "settle_proposal",
    "start_draft",
    "take_up_proposal",
]
