"""Tags are one whatever their case; following is a preference; both filter the lists."""

import pytest

from core.errors import Conflict, NotAllowed, NotVisible, Unprocessable
from tests.factories.projects import ProjectFactory
from tests.factories.work import FollowFactory, TagFactory, TaggingFactory
from work import services
from work.models import Follow, Tag, Tagging


def references(answer):
    return [row["reference"] for row in answer.json()["results"]]


@pytest.mark.parametrize("name", ["OCR", "ocr", "ＯＣＲ", "  Ocr "])
def test_a_tag_is_one_whatever_its_case_and_width(world, applicant, name):
    first = services.make_tag(actor=applicant, name_en="OCR")

    assert services.make_tag(actor=applicant, name_en=name) == first
    assert Tag.objects.count() == 1


def test_a_tag_learns_its_other_name(world, applicant):
    first = services.make_tag(actor=applicant, name_zh_hant="裏面")
    services.make_tag(actor=applicant, name_en="inside", name_zh_hant="裏面")

    first.refresh_from_db()
    assert (first.name_en, first.name_zh_hans) == ("inside", "里面")


def test_names_of_two_tags_are_refused(world, applicant):
    services.make_tag(actor=applicant, name_en="chat", name_zh_hant="對話")
    services.make_tag(actor=applicant, name_en="voice", name_zh_hant="語音")

    for names in ({"name_en": "chat", "name_zh_hant": "語音"}, {"name_en": "chat", "name_zh_hant": "聊天"}):
        with pytest.raises(Conflict):
            services.make_tag(actor=applicant, **names)
    with pytest.raises(Unprocessable):
        services.make_tag(actor=applicant)
    assert Tag.objects.count() == 2


def test_who_may_change_a_record_tags_it_once(project, applicant, outsider):
    made = TagFactory()
    for _time in range(2):
        services.tag(actor=applicant, kind="project", subject_id=project.pk, tag_id=made.pk)
    with pytest.raises(NotAllowed):
        services.tag_by_name(actor=outsider, kind="project", subject_id=project.pk, name_en="mine")

    assert Tagging.objects.count() == 1
    assert not Tag.objects.filter(name_en="mine").exists()
    assert services.untag(actor=applicant, kind="project", subject_id=project.pk, tag_id=made.pk) == 1
    assert not Tagging.objects.exists()


def test_a_tag_of_a_hidden_draft_does_not_show(world, applicant, outsider):
    TaggingFactory(subject=ProjectFactory(department=world.a, draft=True))

    assert Tag.objects.visible_to(applicant).count() == 1
    assert not Tag.objects.visible_to(outsider).exists()


def test_lists_filter_by_tag_and_by_what_i_follow(world, project, api, official):
    ProjectFactory(department=world.b)
    tagging = TaggingFactory(subject=project)
    FollowFactory(subject=project, person=official.person)
    reader = api(official)

    assert references(reader.get("/api/v1/projects/", {"tag": tagging.tag.reference})) == [project.reference]
    assert references(reader.get("/api/v1/projects/", {"following": "1"})) == [project.reference]
    assert reader.get("/api/v1/projects/", {"tag": "TAG-9999"}).status_code == 400
    assert reader.get("/api/v1/procedures/", {"following": "1"}).json()["count"] == 0


def test_following_twice_is_once_and_hidden_things_cannot_be_followed(world, project, outsider):
    hidden = ProjectFactory(department=world.a, draft=True)
    assert services.follow(actor=outsider, kind="project", subject_ids=[project.pk]) == 1
    assert services.follow(actor=outsider, kind="project", subject_ids=[project.pk]) == 0

    with pytest.raises(NotVisible):
        services.follow(actor=outsider, kind="project", subject_ids=[project.pk, hidden.pk])

    assert Follow.objects.count() == 1
    assert services.unfollow(actor=outsider, kind="project", subject_ids=[project.pk]) == 1
