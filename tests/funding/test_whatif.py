"""The what-if bench: the real requests under other lines, in memory; and notes that are never changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
import hashlib
import random

from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
import pytest

from core.errors import InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.forms.whatif import typed_as
from funding.models import FundingRequest, LookalikeQuestion, WhatIfNote
from funding.rules import whatif
from funding.rules.group import Member
from funding.rules.tiers import TierLine
from funding.rules.whatif import Assumption, Placed, Step
from funding.services.whatif import read_note
from tests.factories.funding import line, make_office
from tests.funding.test_policy_pages import program, signed_in
from tests.funding.test_replay import Walk

NOW = Assumption(
    (
        TierLine("department", Decimal("500000.00")),
        TierLine("working_group", Decimal("20000000.00"), upper_included=True),
        TierLine("legco", None),
    ),
    12,
)


def assume(department="500000.00", working_group="20000000.00", months=12):
    first, second, top = NOW.lines
    lines = (replace(first, upper=Decimal(department)), replace(second, upper=Decimal(working_group)), top)
    return Assumption(lines, months)


def run(office, assumed=NOW, persona="team"):
    return services.run_whatif(actor=office.world[persona], assumed=assumed)


def routes(found):
    return {one.reference: (one.before, one.after) for one in found.placed}


@pytest.fixture
def three(office):
    """One request in each tier, none linked with another."""
    titles = {"400000.00": "Chairs", "1200000.00": "Model for letters", "21000000.00": "Port radio"}
    return [
        office.submitted(amount, project_id=office.new_project().pk, title_en=title) for amount, title in titles.items()
    ]


def test_under_the_policy_in_force_nothing_moves(office, three):
    found = whatif.figures(run(office).placed)

    assert (found.requests, found.moved) == (3, 0)
    assert [(one.before, one.after) for one in found.tiers] == [(1, 1)] * 3


def test_a_lower_line_makes_requests_rise_and_a_higher_one_lets_them_escape(office, three):
    small, middle, large = (one.reference for one in three)

    assert routes(run(office, assume(department="400000.00"))) == {
        small: ("department", "working_group"),
        middle: ("working_group", "working_group"),
        large: ("legco", "legco"),
    }
    found = whatif.figures(run(office, assume(department="2000000.00", working_group="30000000.00")).placed)
    assert (found.rise, found.escape) == (0, 2)
    assert [(move.before, move.after, move.amount) for move in found.moves] == [
        ("working_group", "department", Decimal("1200000.00")),
        ("legco", "working_group", Decimal("21000000.00")),
    ]
    assert [(one.money_before, one.money_after) for one in found.tiers] == [
        (Decimal("400000.00"), Decimal("1600000.00")),
        (Decimal("1200000.00"), Decimal("21000000.00")),
        (Decimal("21000000.00"), Decimal("0.00")),
    ]


def test_a_shorter_window_counts_linked_requests_apart(office):
    first = office.submitted("400000.00", title_en="Chairs")
    second = office.submitted("400000.00", project_id=office.new_project().pk, title_en="Tables", linked_ids=[first.pk])
    FundingRequest.objects.filter(pk=first.pk).update(first_submitted_at="2026-01-05T02:00:00Z")
    FundingRequest.objects.filter(pk=second.pk).update(first_submitted_at="2026-06-05T02:00:00Z")

    assert {after for _before, after in routes(run(office)).values()} == {"working_group"}
    assert {after for _before, after in routes(run(office, assume(months=3))).values()} == {"department"}


def test_a_request_whose_head_is_involved_never_falls_to_the_department(office, head):
    office.submitted("900000.00", actor=head)

    assert {after for _before, after in routes(run(office, assume(department="2000000.00"))).values()} == {
        "working_group"
    }


def test_what_was_decided_stands_where_it_was_decided_and_counts_with_what_was_approved(office):
    office.published("600000.00")
    office.submitted("19500000.00", title_en="Port radio")

    assert [after for _before, after in routes(run(office)).values()] == ["working_group", "legco"]
    assert [after for _before, after in routes(run(office, assume(department="700000.00"))).values()] == [
        "department",
        "legco",
    ]


@pytest.mark.prove("funding")
def test_the_replay_under_the_policy_in_force_reproduces_every_stored_route(world, proof):
    """Random acts on linked requests, then once more in memory: every request ends at the tier that is stored."""
    office = make_office(world, seats=5)
    for number in range(proof.size(gate=2, full=40)):
        with transaction.atomic():
            walk = Walk(office, random.Random(proof.seed + number))
            walk.take(25)
            assert [one for one in routes(run(office)).values() if one[0] != one[1]] == []
            transaction.set_rollback(True)


def test_a_sum_that_falls_waits_while_a_round_is_open():
    one, two = (Member(key, 7, date(2026, 5, 4), None) for key in (1, 2))
    steps = [
        Step(1, "submitted", own=Decimal("300000.00"), links=one),
        Step(2, "submitted", own=Decimal("300000.00"), links=two),
        Step(1, "deciding"),
        Step(2, "withdrawn"),
    ]

    def tiers(told):
        return whatif.replay(told, NOW, families={1: [1, 2], 2: [1, 2]}, without_free_head=[])

    assert tiers(steps)[1] == "working_group"
    assert tiers([*steps, Step(1, "screened")])[1] == "department"


def placed(reference, before, after, days=None, month="2026-05"):
    return Placed(reference, reference, month, Decimal("100.00"), before, after, days)


def test_a_request_that_moves_takes_the_median_days_of_its_new_body():
    found = whatif.figures(
        [
            placed("A", "department", "department", 4),
            placed("B", "working_group", "department", 40),
            placed("C", "working_group", "working_group", 20),
            placed("D", "working_group", "working_group"),
        ]
    )

    assert [one.days for one in found.tiers] == [Decimal(4), Decimal(30), None]
    assert (found.days_before, found.days_after) == (Decimal(20), Decimal(4))


@pytest.mark.parametrize(
    ("show", "behind"),
    [
        ("move.department.working_group", ["A"]),
        ("rise", ["A"]),
        ("escape", ["B"]),
        ("before.working_group", ["B", "C"]),
        ("after.working_group", ["A", "C"]),
        ("after.working_group.2026-06", ["C"]),
        ("", []),
        ("move.department", []),
        ("after", []),
        ("nonsense.legco", []),
    ],
)
def test_every_number_opens_its_requests(show, behind):
    rows = [
        placed("A", "department", "working_group"),
        placed("B", "working_group", "department"),
        placed("C", "working_group", "working_group", month="2026-06"),
    ]

    assert [one.reference for one in whatif.behind(rows, show)] == behind


def test_a_run_writes_nothing(office, three):
    entries, questions = LedgerEntry.objects.count(), LookalikeQuestion.objects.count()
    stored = list(FundingRequest.objects.order_by("pk").values())

    with CaptureQueriesContext(connection) as asked:
        run(office, assume(department="100000.00"))

    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []
    assert list(FundingRequest.objects.order_by("pk").values()) == stored
    assert (LedgerEntry.objects.count(), LookalikeQuestion.objects.count()) == (entries, questions)


def test_a_run_asks_as_often_for_one_request_as_for_ten(office):
    counts: list[int] = []
    for many in (1, 9):
        for number in range(many):
            office.submitted("90000.00", project_id=office.new_project().pk, title_en=f"Chairs {number}")
        run(office)
        with CaptureQueriesContext(connection) as asked:
            run(office)
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("lines", [("600000.00", "500000.00"), ("0.00", "500000.00")])
def test_lines_that_do_not_rise_are_refused(office, lines):
    with pytest.raises(Unprocessable) as refusal:
        run(office, assume(*lines))
    assert refusal.value.code == "tiers.rising"


@pytest.mark.parametrize("persona", ["applicant", "head", "official", "administrator"])
def test_the_bench_is_for_who_may_read_every_request(office, persona):
    with pytest.raises(NotAllowed) as refusal:
        run(office, persona=persona)
    assert refusal.value.code == "bench.only"


def test_a_note_keeps_what_the_run_came_to_and_never_changes(office, three):
    assumed = assume(department="400000.00")
    entries = LedgerEntry.objects.count()
    note = services.save_whatif_note(actor=office.world["team"], assumed=assumed, title="Lower line", remark="Why.")
    services.revise_request(
        actor=office.world["applicant"],
        request_id=three[0].pk,
        expected_version=2,
        reason="Less.",
        lines=[line("100000.00")],
    )

    kept = read_note(WhatIfNote.objects.get())
    assert (whatif.figures(kept.placed).rise, kept.assumed) == (1, assumed)
    assert whatif.figures(run(office, assumed).placed).rise == 0
    assert note.digest == hashlib.sha256(note.content.encode()).hexdigest()
    assert kept.position == entries
    with pytest.raises(DatabaseError), transaction.atomic():
        WhatIfNote.objects.update(title="Other")


def test_a_note_has_a_title(office):
    with pytest.raises(InvalidInput):
        services.save_whatif_note(actor=office.world["team"], assumed=NOW, title=" ")
    assert not WhatIfNote.objects.exists()


def test_the_page_shows_the_figures_and_saves_the_note(office, three):
    browser = signed_in(office.world["team"])
    typed = typed_as(assume(department="400000.00"))
    address = reverse("policy:what-if")

    shown = browser.get(address, {**typed, "show": "rise"}).content.decode()
    saved = browser.post(reverse("policy:what-if-save"), {**typed, "title": "Lower line"})
    note = browser.get(saved.url + "?show=rise").content.decode()

    for text in (shown, note):
        assert "1 of 3 requests would be decided by another body: 1 would rise" in text
        assert "1 request behind this number" in text
        assert three[0].reference in text
    bench = browser.get(address).content.decode()
    assert "Lower line" in bench
    assert 'value="500,000.00"' in bench


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"department_upper": "x"}, 422), ({"department_upper": "30000000.00"}, 422), ({"colour": "red"}, 400)],
)
def test_an_assumption_that_cannot_be_read_is_refused(office, typed, status):
    answer = signed_in(office.world["team"]).get(reverse("policy:what-if"), {**typed_as(NOW), **typed})

    assert answer.status_code == status


def test_the_api_runs_keeps_and_reads_again(office, three):
    client = program(office.world["team"])
    sent = {"department_upper": "400000.00", "working_group_upper": "20000000.00"}

    ran = client.post("/api/v1/what-if-notes/run/", sent, format="json")
    kept = client.post("/api/v1/what-if-notes/", {**sent, "title": "Lower line"}, format="json")
    read = client.get(f"/api/v1/what-if-notes/{kept.json()['number']}/").json()

    assert (ran.status_code, kept.status_code) == (200, 201)
    assert ran.json()["rise"] == read["run"]["rise"] == 1
    assert ran.json()["requests"] == read["run"]["requests"]
    assert read["digest"] == hashlib.sha256(read["content"].encode()).hexdigest()
