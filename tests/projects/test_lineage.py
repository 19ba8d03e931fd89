"""Renamed, split and merged procedures: the same record, a tombstone, and never a higher count (TRUST T15)."""

from datetime import date

from django.db import IntegrityError, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st
import pytest

from core import clock
from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, Stale
from projects import services
from projects.models import Claim, Procedure
from projects.rules.likeness import Named, look_alikes
from projects.rules.likeness import likeness as alike
from projects.selectors import likeness
from tests.factories.projects import ProcedureFactory
from tests.projects.refusals import refused

PARTS = [{"name_en": "Reading the form"}, {"name_en": "Checking the photo", "name_zh_hant": "核對相片"}]


def split(actor, procedure, into=PARTS, reason="Two steps."):
    return services.split_procedure(actor=actor, procedure_id=procedure.pk, into=into, reason=reason)


def merge(actor, procedure, into, reason="The same step."):
    return services.merge_procedure(actor=actor, procedure_id=procedure.pk, into_id=into.pk, reason=reason)


def claim(actor, procedure, project):
    return services.claim(actor=actor, procedure_id=procedure.pk, project_id=project.pk, went_live_on=clock.today())


def counts():
    rows = Procedure.objects
    return rows.claimed().count(), rows.verified().count(), rows.in_use(clock.today()).count()


def test_a_new_name_keeps_reference_and_count_and_is_shown_as_an_earlier_name(project, applicant, official):
    counted = ProcedureFactory(project=project, in_use=True, name_en="Visa triage")
    before = counts()
    counted.refresh_from_db()
    edited = services.edit_procedure(
        actor=applicant, procedure_id=counted.pk, expected_version=counted.version, name_en="Sorting of visa papers"
    )

    assert (edited.reference, counts()) == (counted.reference, before)
    renewed = ProcedureFactory(project=project, name_en="Visa triage")
    found = likeness.like(renewed, official)
    assert [(one.procedure.pk, one.percent, one.is_earlier_name) for one in found] == [(counted.pk, 100, True)]


def test_an_edit_of_an_older_version_or_by_another_department_changes_nothing(procedure, applicant, outsider):
    change = {"procedure_id": procedure.pk, "name_en": "Other"}
    refused(Stale, "version.stale", lambda: services.edit_procedure(actor=applicant, expected_version=9, **change))
    refused(
        NotAllowed,
        "department.other",
        lambda: services.edit_procedure(actor=outsider, expected_version=procedure.version, **change),
    )
    procedure.refresh_from_db()
    assert procedure.name_en != "Other"


def test_a_corrected_simplified_name_stays_until_the_traditional_one_changes(procedure, applicant):
    def edit(**said):
        procedure.refresh_from_db()
        return services.edit_procedure(
            actor=applicant, procedure_id=procedure.pk, expected_version=procedure.version, **said
        )

    assert edit(name_zh_hant="簽證分流").name_zh_hans == "签证分流"
    assert edit(name_zh_hans="签证分类").name_zh_hans == "签证分类"
    assert edit(planned_on=date(2027, 1, 1)).name_zh_hans == "签证分类"
    assert edit(name_zh_hant="簽證處理").name_zh_hans == "签证处理"


def test_a_split_leaves_a_tombstone_and_its_parts_count_once_together(project, applicant):
    counted = ProcedureFactory(project=project, in_use=True)
    first, second = split(applicant, counted)
    counted.refresh_from_db()

    assert counts() == (0, 0, 0)
    assert (counted.reason, counted.in_use_from) == ("split", None)
    assert {first.predecessor, first.counts_with, second.counts_with} == {counted}
    assert list(first.projects.all()) == [project]
    claim(applicant, first, project)
    error = refused(Conflict, "procedure.counted", lambda: claim(applicant, second, project))
    assert first.reference in str(error)
    refused(Conflict, "procedure.split", lambda: claim(applicant, counted, project))


def test_the_database_refuses_two_live_claims_of_one_family(project, applicant):
    counted = ProcedureFactory(project=project, in_use=True)
    parts = split(applicant, counted)
    with pytest.raises(IntegrityError, match="claim_one_live_of_family"), transaction.atomic():
        for part in parts:
            Claim.objects.create(procedure=part, project=project, went_live_on=clock.today(), family=counted)


def test_parts_of_what_never_counted_count_each_for_itself(procedure, project, applicant):
    for part in split(applicant, procedure):
        claim(applicant, part, project)

    assert counts()[0] == 2


@pytest.mark.parametrize(
    ("into", "reason", "code"),
    [(PARTS[:1], "Two.", "split.number"), (PARTS * 7, "Many.", "split.number"), (PARTS, " ", "reason.required")],
)
def test_a_split_has_a_reason_and_two_to_twelve_parts(procedure, applicant, into, reason, code):
    refused(InvalidInput, code, lambda: split(applicant, procedure, into, reason))
    assert Procedure.objects.count() == 1


def test_a_merge_leaves_a_tombstone_and_links_its_projects(project, applicant, world):
    kept = ProcedureFactory(department=world.a)
    gone = ProcedureFactory(project=project)
    merge(applicant, gone, kept)
    gone.refresh_from_db()

    assert (gone.merged_into, gone.reason) == (kept, "merged")
    assert list(kept.projects.all()) == [project]
    refused(Conflict, "procedure.merged", lambda: claim(applicant, gone, project))
    refused(Conflict, "procedure.merged", lambda: merge(applicant, gone, kept))
    refused(Conflict, "procedure.merged", lambda: merge(applicant, kept, gone))


def test_what_counts_is_not_merged_into_what_does_not(project, applicant):
    counted, plain = ProcedureFactory(project=project, in_use=True), ProcedureFactory(project=project)
    refused(Conflict, "procedure.further", lambda: merge(applicant, counted, plain))
    refused(Conflict, "procedure.itself", lambda: merge(applicant, plain, plain))
    merge(applicant, plain, counted)

    assert counts() == (1, 1, 1)


def test_two_counted_ones_merged_count_once(project, applicant):
    one, other = (ProcedureFactory(project=project, in_use=True) for _n in range(2))
    merge(applicant, one, other)

    assert counts() == (1, 1, 1)
    assert not Claim.objects.get(procedure=one).is_live


def test_a_part_takes_its_family_along_when_it_is_merged(project, applicant):
    counted = ProcedureFactory(project=project, in_use=True)
    first, second = split(applicant, counted)
    fresh = ProcedureFactory(project=project)
    merge(applicant, first, fresh)
    fresh.refresh_from_db()

    assert fresh.counts_with == counted
    claim(applicant, fresh, project)
    refused(Conflict, "procedure.counted", lambda: claim(applicant, second, project))


ACTS = st.lists(
    st.tuples(st.sampled_from(["rename", "split", "merge", "claim"]), st.integers(0, 9), st.integers(0, 9)), max_size=9
)


@pytest.mark.prove("registers")
def test_renames_splits_and_merges_never_raise_the_count(project, applicant, verifier, proof):
    @settings(max_examples=proof.size(gate=12, full=1_000))
    @given(ACTS)
    @example(acts=[("split", 1, 0), ("claim", 3, 0), ("merge", 3, 0), ("claim", 4, 0)])
    def check(acts):
        _act_on_three_procedures(acts, applicant, project)

    check()


def _act_on_three_procedures(acts, applicant, project):
    """Whatever is done, no act but a claim raises a number, and what came out of one counted procedure counts once."""
    with transaction.atomic():
        for state in ({"in_use": True}, {"claimed": True}, {}):
            ProcedureFactory(project=project, **state)
        for number, (act, one, other) in enumerate(acts):
            rows = list(Procedure.objects.order_by("pk"))
            thing, second = rows[one % len(rows)], rows[other % len(rows)]
            before = counts()
            try:
                with transaction.atomic():
                    _do(act, thing, second, number, applicant, project)
            except DomainError:
                assert counts() == before
            else:
                assert act == "claim" or counts() <= before
        _each_family_counts_once()
        transaction.set_rollback(True)


def _do(act, thing, second, number, actor, project):
    if act == "rename":
        services.edit_procedure(
            actor=actor, procedure_id=thing.pk, expected_version=thing.version, name_en=f"Name {number}"
        )
    elif act == "split":
        split(actor, thing, [{"name_en": f"Part {number} a"}, {"name_en": f"Part {number} b"}])
    elif act == "merge":
        merge(actor, thing, second)
    else:
        claim(actor, thing, project)


def _each_family_counts_once():
    families = Procedure.objects.filter(counts_with__isnull=False, is_claimed=True).values_list(
        "counts_with", flat=True
    )
    assert len(families) == len(set(families))


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("Visa triage", "VISA  triage!", True),
        ("Visa triage", "Triage of visas", True),
        ("簽證申請分流", "簽證申請的分流", True),
        ("Visa triage", "Tree inspection", False),
        ("簽證分流", "樹木巡查", False),
        ("", "Visa", False),
    ],
)
def test_names_are_compared_by_what_they_are_made_of(one, other, close):
    assert (alike(one, other) >= 0.6) is close
    assert alike(one, other) == alike(other, one)


def test_each_look_alike_is_named_once_by_its_closest_name():
    found = look_alikes(["Visa triage"], [Named(1, "Visa triaging"), Named(1, "Visa triage"), Named(2, "Trees")])

    assert [(one.key, one.likeness) for one in found] == [(1, 1.0)]


PLANTED = (
    ("Reading of visa application papers", "Reading visa application papers"),
    ("Answering tax enquiries by chat", "Answering tax enquiries through chat"),
    ("樹木風險評估", "樹木風險的評估"),
    ("公共屋邨維修報告分類", "公共屋邨維修報告自動分類"),
    ("Sorting repair reports", "Sorting of repair reports (phase 2)"),
)


def test_planted_renamings_are_all_reported_and_strangers_are_not():
    """The planted set of T15: old procedures under a slightly other name, among others that have nothing to do."""
    others = [Named(n, old) for n, (old, _new) in enumerate(PLANTED)] + [
        Named(90, "Licensing of food premises"),
        Named(91, "Weather warnings"),
        Named(92, "圖書館續借"),
    ]
    for n, (_old, new) in enumerate(PLANTED):
        assert [found.key for found in look_alikes([new], others)] == [n]
