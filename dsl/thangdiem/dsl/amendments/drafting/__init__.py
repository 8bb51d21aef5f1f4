"""Two versions of one document in, a draft of the amending document that leads from one to the other out."""

from thangdiem.dsl.amendments.drafting.document import Drafted, draft_amendment

__all__ = ["Drafted", "draft_amendment"]
