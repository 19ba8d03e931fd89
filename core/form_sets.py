"""Form sets that grow and shrink by a round trip, with or without JavaScript."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict


class GrowingRows(forms.BaseFormSet):
    """Rows of forms that each tell by `is_blank` whether anybody used them; unused ones are passed over."""

    fewest = 0  # rows at the top that have to be filled in

    def full_clean(self) -> None:
        if self.is_bound:
            for place, form in enumerate(self.forms):
                form.empty_permitted = place >= self.fewest and form.is_blank()
        super().full_clean()

    def used(self) -> list[Any]:
        return [form for form in self.forms if not form.is_blank()]

    def filled(self) -> list[dict[str, Any]]:
        """The used rows as services take them."""
        return [form.cleaned_data for form in self.used()]

    def forget_faults(self) -> None:
        """As typed, without faults: for a form that only asks for more rows."""
        self._errors: list[Any] = [{} for _form in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form._errors = ErrorDict()
