from .enterprise import Enterprise, EnterpriseState, EnterpriseType, PartyBody, StaffBand
from .event import AtEnterprise, Contribution, EnterpriseVisit, ServiceEvent
from .request import Request, RequestStep

__all__ = [
    "AtEnterprise", "Contribution", "Enterprise", "EnterpriseState", "EnterpriseType",
    "EnterpriseVisit", "PartyBody", "Request", "RequestStep", "ServiceEvent", "StaffBand",
]  # fmt: skip
