from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields.related_descriptors import ReverseManyToOneDescriptor
from django.utils.functional import cached_property


class PartsOfOneUnit(ReverseManyToOneDescriptor):
    """From a whole to its parts, by unit and whole: the head of every index is the unit."""

    @cached_property
    def related_manager_cls(self) -> type[models.Manager]:
        class PartsManager(super().related_manager_cls):  # type: ignore[misc]
            def __init__(self, instance: Any) -> None:
                super().__init__(instance)
                self.core_filters["unit_id"] = instance.unit_id

        return PartsManager


class PartOf(models.ForeignKey):
    """The key of a part to its whole (a progress line to its target). Both carry their unit; neither has an index without it."""

    related_accessor_class = PartsOfOneUnit

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        super().__init__(to, on_delete, **{"db_index": False, **options})
