"""Process maps: what the steps come to, and how a map is kept, drawn and edited."""

from decimal import Decimal

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
import pytest

from core.errors import InvalidInput, NotAllowed, Stale, Unprocessable
from projects import services
from projects.models import ProcessMap, ProcessStep
from projects.rules.process import Measures, Saved, Step, compare, is_handed_off, measure
from projects.selectors import maps
from tests.projects.refusals import refused

D = Decimal
STEPS = [
    Step("Clerk", D(10), D(0), D("0.2")),
    Step(" clerk ", D(5), D(60), is_digital=True),
    Step("Officer", D(30), D(1440)),
    Step("Clerk", D(2)),
]


def test_the_measures_are_sums_over_the_steps_with_rework_once_more():
    found = measure(STEPS)

    assert found == Measures(
        steps=4,
        digital_steps=1,
        hand_offs=2,
        touch=D("49.0"),
        waiting=D(1500),
        cycle=D("1549.0"),
        bottleneck=2,
    )
    assert is_handed_off(STEPS) == [False, False, True, True]


@pytest.mark.parametrize(
    ("steps", "bottleneck"),
    [([], None), ([Step("A", D(0))], None), ([Step("A", D(5)), Step("B", D(2), D(3))], 0), (STEPS[1:], 1)],
)
def test_the_bottleneck_is_the_longest_step_and_the_first_of_equals(steps, bottleneck):
    assert measure(steps).bottleneck == bottleneck


AMOUNTS = st.integers(0, 1_000_000).map(lambda cents: D(cents) / 100)
SHARES = st.integers(0, 1000).map(lambda mills: D(mills) / 1000)
STORIES = st.lists(st.builds(Step, st.sampled_from("ABC"), AMOUNTS, AMOUNTS, SHARES), max_size=12)


@given(STORIES)
def test_cycle_time_is_waiting_and_touch_time_and_never_less_than_either(steps):
    found = measure(steps)

    assert found.cycle == found.touch + found.waiting
    assert found.touch >= sum((step.work for step in steps), D(0))
    assert found.hand_offs <= max(0, len(steps) - 1)


@given(STORIES, STORIES)
def test_a_comparison_the_other_way_round_is_its_opposite(one, other):
    there, back = compare(measure(one), measure(other)), compare(measure(other), measure(one))

    assert back == Saved(-there.touch, -there.cycle, -there.hand_offs)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [("1", "1 minute"), ("45.5", "45.5 minutes"), ("60", "1 hour"), ("210", "3.5 hours"), ("2880", "2 days")],
)
def test_minutes_are_said_as_people_say_them(minutes, words):
    assert maps.duration(D(minutes)) == words


STEP = {"name_en": "Check the form", "name_zh_hant": "檢查表格", "done_by": "Clerk", "work_minutes": D("12.50")}


def draw(actor, procedure, *, seen=0, steps=(STEP,), variant="as_is"):
    return services.draw_map(
        actor=actor, procedure_id=procedure.pk, variant=variant, expected_number=seen, steps=list(steps)
    )


def test_every_save_is_a_new_version_and_the_earlier_ones_stay(procedure, applicant):
    draw(applicant, procedure)
    second = draw(applicant, procedure, seen=1, steps=[STEP, STEP | {"name_en": "Sign", "done_by": "Officer"}])

    assert second.number == 2
    assert ProcessMap.objects.count() == 2
    assert ProcessStep.objects.filter(map__number=1).count() == 1
    shown = maps.maps_of(procedure).as_is
    assert [one.step.name_zh_hans for one in shown.steps] == ["检查表格", "检查表格"]
    assert (shown.measures.cycle, shown.measures.hand_offs) == (D(25), 1)


def test_a_map_of_an_older_version_of_another_department_or_with_bad_numbers_is_refused(procedure, applicant, outsider):
    draw(applicant, procedure)
    refused(Stale, "version.stale", lambda: draw(applicant, procedure))
    refused(NotAllowed, "department.other", lambda: draw(outsider, procedure, seen=1))
    refused(InvalidInput, "map.steps", lambda: draw(applicant, procedure, seen=1, steps=[]))
    refused(InvalidInput, "map.steps", lambda: draw(applicant, procedure, seen=1, steps=[STEP] * 61))
    for bad in ({"rework_share": D("1.001")}, {"work_minutes": D(-1)}, {"name_en": " "}, {"waiting_minutes": D(10**7)}):
        refused(Unprocessable, "map.range", lambda bad=bad: draw(applicant, procedure, seen=1, steps=[STEP | bad]))
    assert ProcessMap.objects.count() == 1


def row(number, **typed):
    return {f"steps-{number}-{name}": value for name, value in typed.items()}


def posted(*rows, seen=0, **more):
    data = {"steps-TOTAL_FORMS": str(len(rows)), "steps-INITIAL_FORMS": "0", "expected_number": str(seen)}
    for number, typed in enumerate(rows):
        data |= row(number, **typed)
    return data | more


FORM_STEP = {"name_en": "Check", "done_by": "Clerk", "work_minutes": "1,200.5", "rework_percent": "12.5"}


@pytest.fixture
def edit(procedure):
    return reverse("projects:procedure-map-edit", args=[procedure.reference, "as_is"])


def test_the_form_orders_rows_by_number_and_passes_over_blank_and_removed_ones(edit, procedure, signed_in, applicant):
    rows = (
        FORM_STEP | {"place": "30", "name_en": "Last"},
        FORM_STEP | {"place": "10", "name_en": "First"},
        {"place": "40"},
        FORM_STEP | {"name_en": "Gone", "is_removed": "on"},
        FORM_STEP | {"place": "20", "name_en": "Middle", "is_digital": "on"},
    )
    response = signed_in(applicant).post(edit, posted(*rows))

    assert response.status_code == 302
    steps = list(ProcessStep.objects.all())
    assert [(step.number, step.name_en) for step in steps] == [(1, "First"), (2, "Middle"), (3, "Last")]
    assert (steps[0].work_minutes, steps[0].rework_share, steps[1].is_digital) == (D("1200.50"), D("0.125"), True)


@pytest.mark.parametrize(
    "bad",
    [
        {"work_minutes": "-1"},
        {"work_minutes": "ten"},
        {"work_minutes": "１２"},
        {"work_minutes": "NaN"},
        {"work_minutes": "1.234"},
        {"work_minutes": "9999999"},
        {"work_minutes": ""},
        {"rework_percent": "101"},
        {"done_by": ""},
        {"name_en": "\u200b"},
    ],
)
def test_bad_numbers_are_refused_beside_their_field_with_nothing_stored(edit, signed_in, applicant, bad):
    response = signed_in(applicant).post(edit, posted(FORM_STEP | bad))

    assert response.status_code == 422
    assert b'role="alert"' in response.content
    assert not ProcessMap.objects.exists()


def test_an_empty_map_and_a_stale_one_are_shown_again(edit, procedure, signed_in, applicant):
    client = signed_in(applicant)
    assert client.post(edit, posted({})).status_code == 422
    draw(applicant, procedure)
    stale = client.post(edit, posted(FORM_STEP))

    assert stale.status_code == 412
    assert "Check" in stale.content.decode()
    assert ProcessMap.objects.count() == 1


def test_more_rows_keep_what_was_typed_and_store_nothing(edit, signed_in, applicant):
    response = signed_in(applicant).post(edit, posted(FORM_STEP, do="more"))

    assert response.status_code == 200
    assert len(response.context["steps"].forms) == 4
    assert "1,200.5" in response.content.decode()
    assert not ProcessMap.objects.exists()


def test_the_map_page_compares_both_ways_and_its_chart_holds_the_same_numbers(
    procedure, signed_in, applicant, official
):
    draw(applicant, procedure, steps=[STEP | {"waiting_minutes": D(120), "rework_share": D("0.5")}])
    draw(applicant, procedure, variant="to_be", steps=[STEP | {"work_minutes": D(2), "is_digital": True}])
    response = signed_in(official).get(reverse("projects:procedure-map", args=[procedure.reference]))

    as_is = response.context["variants"][0]["chart"]
    waiting, work, rework = as_is["figure"]["data"]
    assert (waiting["x"], work["base"], work["x"], rework["x"]) == ([2.0], [2.0], [0.2083], [0.1042])
    assert as_is["table"]["rows"] == [["1. Check the form", "Clerk", "2 hours", "12.5 minutes", "50.0%", "2.3 hours"]]
    text = response.content.decode()
    assert "−2.3 hours" in text
    assert "bottleneck" in text


def test_the_api_draws_and_shows_a_map_with_the_same_measures(procedure, signed_in, applicant):
    client = signed_in(applicant)
    address = f"/api/v1/procedures/{procedure.reference}"
    step = {"name_en": "Check", "done_by": "Clerk", "work_minutes": "10", "rework_share": "0.25"}
    body = {"variant": "to_be", "expected_number": 0, "steps": [step]}
    made = client.post(f"{address}/draw-map/", body, content_type="application/json")
    shown = client.get(f"{address}/map/").json()

    assert made.status_code == 201
    assert shown["as_is"] is None
    assert (shown["to_be"]["touch_minutes"], shown["to_be"]["bottleneck"]) == ("12.5", 1)
    bad = body | {"expected_number": 1, "steps": [step | {"work_minutes": 10}]}
    assert client.post(f"{address}/draw-map/", bad, content_type="application/json").status_code == 400
    assert ProcessMap.objects.count() == 1
