"""Text, money and days as forms take them."""

from datetime import date
from decimal import Decimal
import logging

from django import forms
import pytest

from core.errors import Conflict
from core.forms import DayField, LineField, MoneyField, ParagraphField, TrackerForm


class Sample(TrackerForm):
    title = LineField(max_length=20, label="Title")
    note = ParagraphField(required=False)
    amount = MoneyField(label="Amount")
    on = DayField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], required=False)


def sent(**changes):
    return Sample({"title": "A title", "amount": "1,200,000.00"} | changes)


def codes(form, field):
    return [error.code for error in form.errors.as_data().get(field, [])]


def test_a_good_form_gives_typed_values():
    form = sent(on="2026-11-22", note="one\r\ntwo")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Decimal("1200000.00")
    assert form.cleaned_data["on"] == date(2026, 11, 22)
    assert form.cleaned_data["note"] == "one\ntwo"


def test_a_field_for_one_language_says_so():
    class Named(TrackerForm):
        name_en, name_zh_hant, name_zh_hans, taken = LineField(), LineField(), LineField(), LineField()

    told = [field.widget.attrs.get("lang") for name, field in Named().fields.items() if name != "form_token"]

    assert told == ["en", "zh-Hant", "zh-Hans", None]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("amount", "500,00", "amount.format"),
        ("amount", "-1", "amount.min"),
        ("amount", "0.00", "amount.min"),
        ("amount", "NaN", "amount.format"),
        ("amount", "1e5", "amount.format"),
        ("amount", "５００", "amount.format"),
        ("amount", "1.005", "amount.precision"),
        ("amount", "1000000000000", "amount.max"),
        ("amount", "", "required"),
        ("title", " \u200b\u3000 ", "blank"),
        ("title", "", "blank"),
        ("title", "x" * 21, "max_length"),
        ("title", "a\x00b", "text.control"),
        ("title", "a\u202eb", "text.control"),
        ("note", "a\x00b", "text.control"),
        ("on", "2199-01-01", "date.range"),
        ("on", "2026-02-30", "date.format"),
        ("on", "22/11/2026", "date.format"),
        ("kind", "b", "invalid_choice"),
        ("form_token", "not a token", "invalid"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field_and_kept_as_typed(field, value, code):
    form = sent(**{field: value})

    assert not form.is_valid()
    assert codes(form, field) == [code]
    assert form[field].value() == value


def test_the_summary_names_each_field_and_where_it_is():
    form = sent(amount="500,00")

    (line,) = form.error_summary()

    assert (line.target, line.label, line.code) == ("id_amount", "Amount", "amount.format")
    assert "1,200,000.00" in line.message


def test_a_services_refusal_is_shown_where_it_belongs():
    form = sent()
    form.refuse(Conflict("request.locked", "Locked.", fields={"title": ["Not now."]}))
    form.refuse(Conflict("request.locked", "Locked."))

    assert [line.message for line in form.error_summary()] == ["Locked.", "Not now."]


def test_fields_the_form_does_not_have_are_ignored_and_logged(caplog):
    with caplog.at_level(logging.WARNING):
        form = sent(status="approved")
        assert form.is_valid()

    assert "status" not in form.cleaned_data
    assert "1 fields it does not have" in caplog.text


def test_the_token_survives_a_refused_sending():
    token = str(Sample()["form_token"].value())

    again = sent(form_token=token, amount="x")

    assert str(again["form_token"].value()) == token
