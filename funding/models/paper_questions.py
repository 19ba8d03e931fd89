"""What members ask the applicant while a round is open, and what was answered, on the paper before everybody."""

from django.db import models

from accounts.models import Person
from funding.models.rounds import Round


class PaperQuestion(models.Model):
    """One question of a member on an open round. Append-only; every reader of the round sees it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="paper_questions")
    number = models.PositiveSmallIntegerField(help_text="1, 2, … of the round.")
    text = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="paperquestion_number_once")]

    def __str__(self) -> str:
        return f"{self.round_id} question {self.number}"


class PaperAnswer(models.Model):
    """What the applicant answered. Append-only: a better answer is the next revision, the earlier ones stay."""

    question = models.ForeignKey(PaperQuestion, on_delete=models.PROTECT, related_name="answers")
    revision = models.PositiveSmallIntegerField()
    text = models.TextField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["question", "revision"]
        constraints = [models.UniqueConstraint(fields=["question", "revision"], name="paperanswer_revision_once")]

    def __str__(self) -> str:
        return f"{self.question_id} answer {self.revision}"
