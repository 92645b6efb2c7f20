from .activity import Activity, Attachment, AudienceCount, Group, HostLevel, LedgerCounter, ledger_number
from .checked import AcceptedNumber, SeenFigure
from .detail import Detail
from .followed import Followed, Move, Step
from .found import Found
from .guard import refuse_private_numbers
from .headcount import NEW_STRATA, Category, Headcount, HeadcountSnapshot
from .issue import Issue, IssueEntry
from .lock import PeriodLocked
from .network import NetworkCount, NetworkLevel, NetworkSnapshot
from .obstacle import ObstacleType
from .once import Once
from .paper_format import PaperFormat, SummaryLetter
from .period import Period, PeriodField, Span, shanghai_day
from .post import PublicPost
from .signed import SignedDocument, SignedFigure, SignedRow
from .summary import Summary, SummarySection, SummaryStep
from .target import Kept, Light, Target, TargetProgress
from .verify import VerifyFailure
from .versioned import Conflict, Versioned

__all__ = [
    "NEW_STRATA", "AcceptedNumber", "Activity", "Attachment", "AudienceCount", "Category", "Conflict", "Detail",
    "Followed", "Found", "Group", "Headcount", "HeadcountSnapshot", "HostLevel", "Issue", "IssueEntry", "Kept",
    "LedgerCounter", "Light", "Move", "NetworkCount", "NetworkLevel", "NetworkSnapshot", "ObstacleType", "Once",
    "PaperFormat", "Period", "PeriodField", "PeriodLocked", "PublicPost", "SeenFigure", "SignedDocument",
    "SignedFigure", "SignedRow", "Span", "Step", "Summary", "SummaryLetter", "SummarySection", "SummaryStep",
    "Target", "TargetProgress", "VerifyFailure", "Versioned", "ledger_number", "refuse_private_numbers",
    "shanghai_day",
]  # fmt: skip
