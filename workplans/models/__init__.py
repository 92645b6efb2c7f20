from .activity import Activity, Attachment, AudienceCount, Group, HostLevel, LedgerCounter, ledger_number
from .followed import Followed, Move, Step
from .guard import refuse_private_numbers
from .issue import Issue, IssueEntry
from .obstacle import ObstacleType
from .once import Once
from .paper_format import PaperFormat, SummaryLetter
from .period import Period, PeriodField, Span, shanghai_day
from .summary import SignedDocument, SignedFigure, SignedRow, Summary, SummarySection, SummaryStep
from .target import Light, Target, TargetProgress
from .versioned import Conflict, Versioned

__all__ = [
    "Activity", "Attachment", "AudienceCount", "Conflict", "Followed", "Group", "HostLevel", "Issue", "IssueEntry",
    "LedgerCounter", "Light", "Move", "ObstacleType", "Once", "PaperFormat", "Period", "PeriodField",
    "SignedDocument", "SignedFigure", "SignedRow", "Span", "Step", "Summary", "SummaryLetter", "SummarySection",
    "SummaryStep", "Target", "TargetProgress", "Versioned", "ledger_number", "refuse_private_numbers", "shanghai_day",
]  # fmt: skip
