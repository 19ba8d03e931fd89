"""The project register as CSV at the speed of COPY: the columns of `exports.projects`, said in SQL."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from core.copied import Inert, Labelled
from projects.models import Category, Project, Rating, Stage, Visibility

YES_NO = [(True, "True"), (False, "False")]


def projects(found: "QuerySet[Project]") -> "QuerySet[Project, Any]":
    """One column for each of `exports.projects`, in its order."""
    said = {
        "reference": F("reference"),
        "version": F("version"),
        "department": Inert(F("department__code")),
        **{f"title_{end}": Inert(F(f"title_{end}")) for end in ("en", "zh_hant", "zh_hans")},
        **{f"summary_{end}": Inert(F(f"summary_{end}")) for end in ("en", "zh_hant", "zh_hans")},
        "stage": Labelled(F("stage"), Stage.choices),
        "category": Labelled(F("category"), Category.choices),
        "technique": Inert(F("technique")),
        "is_public_facing": Labelled(F("is_public_facing"), YES_NO),
        "yearly_volume": F("yearly_volume"),
        "visibility": Labelled(F("visibility"), Visibility.choices),
        "started_on": F("started_on"),
        "started_precision": NullIf(F("started_precision"), Value("")),
        "reported_funding": F("reported_funding"),
        "source_url": Inert(F("source_url")),
        "source_on": F("source_on"),
        "source_precision": NullIf(F("source_precision"), Value("")),
        "lead": Inert(name_of("lead__name")),
        "procedures": F("procedure_count"),
        "in_use": F("in_use_count"),
        "own_rating": Labelled(F("own_rating"), Rating.choices),
        "independent_rating": Labelled(F("independent_rating"), Rating.choices),
        "was_already_running": Labelled(F("was_already_running"), YES_NO),
        "record_status": Labelled(F("status"), Project.Status.choices),
    }
    named = {f"cell_{name}": cell for name, cell in said.items()}
    return found.annotate(**named).values_list(*named)


def name_of(field: str) -> Coalesce:
    """As `Trilingual.in_language`: the reader's language, or the nearest one there is."""
    order = {"zh-hant": ("zh_hant", "en"), "zh-hans": ("zh_hans", "zh_hant", "en")}
    ends = order.get(get_language() or "en", ("en", "zh_hant"))
    return Coalesce(*[NullIf(F(f"{field}_{end}"), Value("")) for end in ends], Value(""))
