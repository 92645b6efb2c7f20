from .checklist import CheckGroup, ChecklistItem, CheckResult, default_items
from .clergy import ClergyPost, ClergyReader, ImpactAssessment
from .event import AtVenue, LargeEvent, OversightVisit, SafetyInspection, VenuePatrol
from .matrix import ITEMS, MARKS, Cell, Change, Entry, Mark, Rule, Sheet, Standard, Topic
from .matters import Dispute, DisputeStep, Hazard, HazardStep, Suggestion, SuggestionStep
from .project import STAGES, ProjectStep, Stage, VenueProject
from .rules import LocalRules
from .venue import TEACHINGS, RegisterLevel, Teaching, Venue, VenueChange, VenueState, VenueType

__all__ = [
    "ITEMS", "MARKS", "STAGES", "TEACHINGS", "AtVenue", "Cell", "Change", "CheckGroup", "CheckResult", "ChecklistItem",
    "ClergyPost", "ClergyReader", "Dispute", "DisputeStep", "Entry", "Hazard", "HazardStep", "ImpactAssessment",
    "LargeEvent", "LocalRules", "Mark", "OversightVisit", "ProjectStep", "RegisterLevel", "Rule", "SafetyInspection",
    "Sheet", "Stage", "Standard", "Suggestion", "SuggestionStep", "Teaching", "Topic", "Venue", "VenueChange",
    "VenuePatrol", "VenueProject", "VenueState", "VenueType", "default_items",
]  # fmt: skip
