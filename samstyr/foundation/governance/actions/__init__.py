"""The only writes to a tenant's model."""

from .adopt import accept_finding, adopt, draft_version

__all__ = ["accept_finding", "adopt", "draft_version"]
