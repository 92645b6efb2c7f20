"""Forms of what is recorded at venues: the ledger's own form, and what each kind asks besides."""

from __future__ import annotations

from workplans.forms.ledger import ActivityForm


class VenueRowForm(ActivityForm):
    """A row of the ledger that may have happened at a venue."""


class PatrolForm(VenueRowForm):
    pass


class InspectionForm(VenueRowForm):
    pass


class ScreeningForm(VenueRowForm):
    pass


class OversightForm(VenueRowForm):
    pass


class LargeEventForm(VenueRowForm):
    pass
