from .chamber import CHANGES, ON_THE_WAY, Chamber, ChamberChange, ChamberState
from .founding import Founding, FoundingStep, Obstacle
from .steps import ListedStep, StepList, list_owner, may_set_steps

__all__ = [
    "CHANGES", "ON_THE_WAY", "Chamber", "ChamberChange", "ChamberState", "Founding", "FoundingStep", "ListedStep",
    "Obstacle", "StepList", "list_owner", "may_set_steps",
]  # fmt: skip
