from .activity import Activity, Attachment, AudienceCount, Group, HostLevel, LedgerCounter, ledger_number
from .checked import AcceptedNumber, SeenFigure
from .followed import Followed, Move, Step
from .guard import refuse_private_numbers
from .issue import Issue, IssueEntry
from .lock import PeriodLocked
from .obstacle import ObstacleType
from .once import Once
from .period import Period, PeriodField, Span, shanghai_day
from .signed import SignedDocument, SignedFigure, SignedRow
from .summary import Summary, SummarySection, SummaryStep
from .target import Light, Target, TargetProgress
from .verify import VerifyFailure
from .versioned import Conflict, Versioned

__all__ = [
    "AcceptedNumber", "Activity", "Attachment", "AudienceCount", "Conflict", "Followed", "Group", "HostLevel", "Issue", "IssueEntry",
    "LedgerCounter", "Light", "Move", "ObstacleType", "Once", "Period", "PeriodField", "PeriodLocked",
    "SeenFigure", "SignedDocument", "SignedFigure", "SignedRow", "Span", "Step", "Summary", "SummarySection", "SummaryStep",
    "Target", "TargetProgress", "VerifyFailure", "Versioned", "ledger_number", "refuse_private_numbers", "shanghai_day",
]  # fmt: skip
