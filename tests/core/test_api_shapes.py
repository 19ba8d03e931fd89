"""Answers of the API are read straight from a record where they can be, and say what they would say otherwise."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from django.core.exceptions import ObjectDoesNotExist
import pytest
from rest_framework import serializers

from core.api.serializers import MoneyOut, Out, TrilingualOut
from projects.api.serializers import ProjectOut
from projects.models import Stage
from projects.selectors import project_rows
from tests.factories.projects import ProjectFactory


class InnerOut(Out):
    code = serializers.CharField()


class EverythingOut(Out):
    text = serializers.CharField()
    elsewhere = serializers.CharField(source="other.name", allow_null=True)
    number = serializers.IntegerField(allow_null=True)
    truth = serializers.BooleanField(allow_null=True)
    choice = serializers.ChoiceField(choices=Stage.choices)
    digit = serializers.ChoiceField(choices=[(1, "one"), (2, "two")])
    day = serializers.DateField(allow_null=True)
    money = MoneyOut(allow_null=True)
    title = TrilingualOut()
    inner = InnerOut(allow_null=True)
    several = InnerOut(many=True)
    worked_out = serializers.SerializerMethodField()
    left_out = serializers.CharField(required=False)
    usual = serializers.CharField(default="usual")

    def get_worked_out(self, thing):
        return f"<{self.context['word']}>"


@dataclass
class Thing:
    """As a record is: attributes, a method as a text, a number that comes as a text."""

    text: object = "text"
    other: object = None
    number: object = 7
    truth: object = True
    choice: object = "live"
    digit: object = "2"
    day: object = date(2026, 1, 2)
    money: object = Decimal("1.5")
    title_en: str = "One"
    title_zh_hant: str = "一"
    inner: object = None
    several: tuple = (SimpleNamespace(code="a"), {"code": "b"})


class Missing:
    """What it names is gone."""

    @property
    def name(self):
        raise ObjectDoesNotExist


THINGS = [
    Thing(),
    Thing(other=SimpleNamespace(name="there"), inner=SimpleNamespace(code="c"), number=None, truth=None, money=None),
    Thing(other=Missing(), number="12", truth="false", choice=Stage.PILOT, digit=1, day=None),
    Thing(text=lambda: "called", other={"name": "in a table"}, number=True, truth=1, choice="", digit=9),
    Thing(text=3),
    vars(Thing(other={"name": "of a table"})),
]


@pytest.mark.parametrize("thing", THINGS, ids=range(len(THINGS)))
def test_an_answer_says_what_the_framework_would_say(thing):
    out = EverythingOut(thing, context={"word": "told"})

    assert out.data == serializers.Serializer.to_representation(EverythingOut(context={"word": "told"}), thing)
    assert out.data["worked_out"] == "<told>"
    assert "left_out" not in out.data


def test_what_a_record_does_not_have_is_a_fault_as_ever():
    with pytest.raises(AttributeError, match="InnerOut"):
        assert InnerOut(SimpleNamespace()).data


def test_a_list_of_projects_says_what_the_framework_would_say(official):
    ProjectFactory.create_batch(3, status="registered", is_public_facing=True, yearly_volume=4_000, visibility="high")
    rows = list(project_rows(official))

    told = ProjectOut(rows, many=True).data

    one = ProjectOut()
    assert told == [serializers.Serializer.to_representation(one, row) for row in rows]
    assert told[0]["priority"]["score"] == 73
