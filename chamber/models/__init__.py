from .chamber import CHANGES, ON_THE_WAY, Chamber, ChamberChange, ChamberState
from .founding import Founding
from .founding_step import FoundingStep, Obstacle
from .meeting import ChamberMeeting, VoteOn
from .member import Membership, Officer, members_at_end
from .rating import GOODS, MARKED, FourGoods, Mark, SelfRating
from .steps import ListedStep, StepList, list_owner, may_set_steps

__all__ = [
    "CHANGES",
    "GOODS",
    "MARKED",
    "ON_THE_WAY",
    "Chamber",
    "ChamberChange",
    "ChamberMeeting",
    "ChamberState",
    "Founding",
    "FoundingStep",
    "FourGoods",
    "ListedStep",
    "Mark",
    "Membership",
    "Obstacle",
    "Officer",
    "SelfRating",
    "StepList",
    "VoteOn",
    "list_owner",
    "may_set_steps",
    "members_at_end",
]  # fmt: skip
