"""Documents, comments, tags and saved views of any project or procedure."""

from datetime import timedelta
import io

import factory
from factory.django import DjangoModelFactory

from core import clock, uploads
from core.simplified import simplified
from tests.factories.accounts import PersonFactory
from work import subjects
from work.models import Comment, Document, DocumentVersion, Follow, SavedView, Tag, Tagging, Task, TaskStep
from work.services.tags import key

TEXT = b"Minutes of the first meeting.\n"


class OfSubjectFactory(DjangoModelFactory):
    """Give `subject`, a project or a procedure."""

    class Meta:
        abstract = True

    class Params:
        subject = None

    subject_kind = factory.LazyAttribute(lambda o: subjects.kind_of(o.subject).word)
    subject_id = factory.LazyAttribute(lambda o: o.subject.pk)


class DocumentFactory(OfSubjectFactory):
    """An open document with one stored text file; `classification="restricted"` is for insiders."""

    class Meta:
        model = Document
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"DOC-T{n + 1:04d}")
    title_en = factory.Sequence(lambda n: f"Document {n}")
    title_zh_hant = factory.Sequence(lambda n: f"文件{n}")
    kind = "minutes"
    classification = "open"
    created_by = factory.SubFactory(PersonFactory)
    created_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def content(self, create, extracted, **kwargs):
        add_version(self, extracted or TEXT)


def add_version(document, content=TEXT):
    stored = uploads.store(io.BytesIO(content), shown_name="minutes.txt", quota_used=0)
    return DocumentVersion.objects.create(
        document=document,
        number=document.versions.count() + 1,
        stored_name=stored.name,
        shown_name=stored.shown_name,
        media_type=stored.media_type,
        size=stored.size,
        digest=stored.digest,
        uploaded_by=document.created_by,
        uploaded_at=clock.now(),
    )


class CommentFactory(OfSubjectFactory):
    class Meta:
        model = Comment

    text = factory.Sequence(lambda n: f"Comment {n}")
    author = factory.SubFactory(PersonFactory)
    said_at = factory.LazyFunction(clock.now)


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    reference = factory.Sequence(lambda n: f"TAG-T{n + 1:04d}")
    name_en = factory.Sequence(lambda n: f"tag {n}")
    name_zh_hant = factory.Sequence(lambda n: f"標籤{n}")
    name_zh_hans = factory.LazyAttribute(lambda o: simplified(o.name_zh_hant))
    key_en = factory.LazyAttribute(lambda o: key(o.name_en))
    key_zh = factory.LazyAttribute(lambda o: key(o.name_zh_hant))
    made_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(clock.now)


class TaggingFactory(OfSubjectFactory):
    class Meta:
        model = Tagging

    tag = factory.SubFactory(TagFactory)
    tagged_by = factory.SubFactory(PersonFactory)
    tagged_at = factory.LazyFunction(clock.now)


class FollowFactory(OfSubjectFactory):
    class Meta:
        model = Follow

    person = factory.SubFactory(PersonFactory)
    since = factory.LazyFunction(clock.now)


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(PersonFactory)
    list_name = "projects"
    name = factory.Sequence(lambda n: f"View {n}")
    query = "stage=live"
    created_at = factory.LazyFunction(clock.now)


class TaskFactory(OfSubjectFactory):
    """An open task with its first step, as the service would make it."""

    class Meta:
        model = Task
        skip_postgeneration_save = True

    wording = factory.Sequence(lambda n: f"Task {n}")
    owner = factory.SubFactory(PersonFactory)
    given_by = factory.SubFactory(PersonFactory)
    given_at = factory.LazyFunction(clock.now)
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=10))

    @factory.post_generation
    def first_step(self, create, extracted, **kwargs):
        TaskStep.objects.create(task=self, what="given", by=self.given_by, to=self.owner, at=self.given_at)
