"""The groups of a breakdown in words, and what is said of those that are hidden."""

from collections.abc import Collection
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from core.errors import Text
from kpis.numbers import shown
from kpis.rules.breakdowns import Dimension, dimension_of, groups_of

if TYPE_CHECKING:
    from kpis.selectors import Breakdown

DIMENSIONS: dict[Dimension, Text] = {
    Dimension.CHANNEL: pgettext_lazy("breakdown", "Channel"),
    Dimension.DISTRICT: pgettext_lazy("breakdown", "District"),
    Dimension.LANGUAGE: pgettext_lazy("breakdown", "Language"),
    Dimension.USER_GROUP: pgettext_lazy("breakdown", "User group"),
}
GROUPS: dict[str, Text] = {
    "channel:counter": pgettext_lazy("breakdown", "Counter"),
    "channel:telephone": pgettext_lazy("breakdown", "Telephone"),
    "channel:online": pgettext_lazy("breakdown", "Online"),
    "channel:mobile_app": pgettext_lazy("breakdown", "Mobile app"),
    "channel:kiosk": pgettext_lazy("breakdown", "Self-service kiosk"),
    "channel:post": pgettext_lazy("breakdown", "Post"),
    "channel:other": pgettext_lazy("breakdown", "Other channels"),
    "district:central_and_western": pgettext_lazy("breakdown", "Central and Western"),
    "district:wan_chai": pgettext_lazy("breakdown", "Wan Chai"),
    "district:eastern": pgettext_lazy("breakdown", "Eastern"),
    "district:southern": pgettext_lazy("breakdown", "Southern"),
    "district:yau_tsim_mong": pgettext_lazy("breakdown", "Yau Tsim Mong"),
    "district:sham_shui_po": pgettext_lazy("breakdown", "Sham Shui Po"),
    "district:kowloon_city": pgettext_lazy("breakdown", "Kowloon City"),
    "district:wong_tai_sin": pgettext_lazy("breakdown", "Wong Tai Sin"),
    "district:kwun_tong": pgettext_lazy("breakdown", "Kwun Tong"),
    "district:kwai_tsing": pgettext_lazy("breakdown", "Kwai Tsing"),
    "district:tsuen_wan": pgettext_lazy("breakdown", "Tsuen Wan"),
    "district:tuen_mun": pgettext_lazy("breakdown", "Tuen Mun"),
    "district:yuen_long": pgettext_lazy("breakdown", "Yuen Long"),
    "district:north": pgettext_lazy("breakdown", "North"),
    "district:tai_po": pgettext_lazy("breakdown", "Tai Po"),
    "district:sha_tin": pgettext_lazy("breakdown", "Sha Tin"),
    "district:sai_kung": pgettext_lazy("breakdown", "Sai Kung"),
    "district:islands": pgettext_lazy("breakdown", "Islands"),
    "language:cantonese": pgettext_lazy("breakdown", "Cantonese"),
    "language:putonghua": pgettext_lazy("breakdown", "Putonghua"),
    "language:english": pgettext_lazy("breakdown", "English"),
    "language:other": pgettext_lazy("breakdown", "Other languages"),
    "user_group:general_public": pgettext_lazy("breakdown", "General public"),
    "user_group:elderly": pgettext_lazy("breakdown", "Elderly persons"),
    "user_group:disability": pgettext_lazy("breakdown", "Persons with disabilities"),
    "user_group:ethnic_minority": pgettext_lazy("breakdown", "Ethnic minorities"),
    "user_group:business": pgettext_lazy("breakdown", "Businesses"),
    "user_group:civil_service": pgettext_lazy("breakdown", "Civil servants"),
    "user_group:other": pgettext_lazy("breakdown", "Other users"),
}


def cell_words(cell: str) -> str:
    """The group and its dimension; empty for the whole."""
    if not cell:
        return ""
    facts = {"dimension": DIMENSIONS[dimension_of(cell)], "group": GROUPS[cell]}
    return _("%(dimension)s: %(group)s") % facts


def offered_groups(dimensions: Collection[str]) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The groups of some dimensions as a choice offers them, by dimension."""
    return [
        (DIMENSIONS[one], [(cell, GROUPS[cell]) for cell in groups_of([one])]) for one in Dimension if one in dimensions
    ]


def dimension_names(dimensions: Collection[str]) -> list[Text]:
    return [DIMENSIONS[one] for one in Dimension if one in dimensions]


def finding(breakdown: "Breakdown") -> str:
    """Which of the groups shown stands highest and which lowest in the last period."""
    told = [(group.latest.value, group.label) for group in breakdown.groups if group.latest.value is not None]
    facts = {"dimension": breakdown.title, "period": breakdown.periods[0]}
    if len(told) < 2:
        return _("%(dimension)s, %(period)s") % facts
    (most, high), (least, low) = max(told, key=itemgetter(0)), min(told, key=itemgetter(0))
    facts |= {"high": high, "most": shown(most, breakdown.unit), "low": low, "least": shown(least, breakdown.unit)}
    return _("%(dimension)s, %(period)s: highest %(high)s with %(most)s, lowest %(low)s with %(least)s") % facts


def coverage(breakdown: "Breakdown") -> str:
    """How many of the dimension's groups have a verified reading for the last period."""
    facts = {"have": len(breakdown.groups), "all": breakdown.of}
    return (
        ngettext(
            "%(have)d of %(all)d groups has a verified reading in these periods.",
            "%(have)d of %(all)d groups have a verified reading in these periods.",
            breakdown.of,
        )
        % facts
    )


def masking(smallest: int) -> str:
    """What a hidden figure means; it stands wherever one may be hidden."""
    return _(
        "Groups of fewer than %(smallest)d are hidden, and with them the next smallest, so that nobody works them out"
        " from the whole."
    ) % {"smallest": smallest}
