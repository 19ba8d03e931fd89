"""Random questions and their answers worked out from plain facts: no query, rule or filter of the product is asked.

`make_history(world, chance)` makes records in several steps and writes down, after each, what is so: who owns what,
at which stage, for how much. `ask(chance, history)` draws a case: a reader, a list, filters and an instant. `expected`
answers it from those notes by DESIGN 8 alone. A surface that shows totals (page, API, file, report) agrees with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
import random
from typing import Any

from core import clock
from funding import installation
from funding.models import FundingPolicy, RequestStatus, Tier
from projects.models import Category, Project, Stage
from tests.factories.funding import FundingRequestFactory
from tests.factories.projects import ProcedureFactory, ProjectFactory

STEPS = 4
WORDS = ("Harbour", "Census", "Licence", "衞生", "Tree")
STAGES = [value for value in Stage.values if value]
CATEGORIES = list(Category.values)[:3]
STATES = ("", "", "claimed", "in_use", "retired")
AWAITING = ("submitted", "endorsed", "screened", "deciding")
STATUSES = ("draft", *AWAITING, "published", "published")
MEMBERS = {"applicant": "AA", "head": "AA", "colleague": "AA", "b_applicant": "BB", "outsider": "BB"}
FUNDING_OFFICES = ("team", "secretary", "finance", "auditor")
READERS = (*MEMBERS, *FUNDING_OFFICES, "official", "report_staff")

Fact = dict[str, Any]


@dataclass
class History:
    """What was so after each step: the instant, and every record by its list and reference."""

    world: Any
    instants: list[datetime] = field(default_factory=list)
    known: list[dict[str, dict[str, Fact]]] = field(default_factory=list)
    now: dict[str, dict[str, Fact]] = field(default_factory=lambda: {"projects": {}, "procedures": {}, "requests": {}})

    def keep(self) -> None:
        self.known.append({name: {key: dict(fact) for key, fact in rows.items()} for name, rows in self.now.items()})
        self.instants.append(clock.database_now())


@dataclass(frozen=True)
class Case:
    """One question. `step` is None for now."""

    reader: str
    list_name: str
    query: Mapping[str, str]
    step: int | None

    def address(self, history: History) -> dict[str, str]:
        return dict(self.query) | ({} if self.step is None else {"as_at": history.instants[self.step].isoformat()})


@dataclass(frozen=True)
class Answer:
    """The references of a list in order of their letters, and HK$ asked for in sum where there is money."""

    references: list[str]
    amount: Decimal


def make_history(world: Any, chance: random.Random) -> History:
    installation.install()
    history = History(world)
    for _ in range(STEPS):
        for _ in range(6):
            _new_project(history, chance)
            _new_procedure(history, chance)
            _new_request(history, chance)
        for _ in range(6):
            change(history, chance)
        history.keep()
    return history


def change(history: History, chance: random.Random, *, hidden_from: str = "") -> None:
    """Something about a record becomes otherwise; with `hidden_from` one that this reader does not see."""
    name = chance.choice(["projects", "requests"])
    rows = [key for key, fact in history.now[name].items() if not (hidden_from and sees(hidden_from, name, fact))]
    if not rows:
        return
    fact = history.now[name][chance.choice(sorted(rows))]
    if name == "projects":
        fact["stage"] = chance.choice(STAGES)
        Project.objects.filter(pk=fact["pk"]).update(stage=fact["stage"])
    else:
        fact["amount"] = _amount(chance)
        FundingRequestFactory._meta.model.objects.filter(pk=fact["pk"]).update(
            own_amount=fact["amount"], assessed_amount=fact["amount"]
        )


def hide(history: History, chance: random.Random, reader: str) -> None:
    """A record comes to be that this reader does not see."""
    department = "BB" if MEMBERS.get(reader) == "AA" else "AA"
    _new_project(history, chance, department=department, status="draft")
    _new_request(history, chance, department=department, status="draft")


def ask(chance: random.Random, history: History) -> Case:
    name = chance.choice(["projects", "procedures", "requests"])
    offered: dict[str, list[str]] = {
        "projects": {"stage": STAGES, "category": CATEGORIES, "department": ["AA", "BB", "TEAM"], "q": list(WORDS)},
        "procedures": {
            "state": ["claimed", "verified", "in_use"],
            "department": ["AA", "BB", "TEAM"],
            "q": list(WORDS),
        },
        "requests": {
            "status": sorted(set(STATUSES)),
            "department": ["AA", "BB", "TEAM"],
            "awaiting": ["decision"],
            "q": list(WORDS),
            "tier": list(Tier.values),
        },
    }[name]
    chosen = chance.sample(sorted(offered), k=chance.choice([0, 1, 1, 2]))
    query = {key: chance.choice(offered[key]) for key in chosen}
    step = chance.choice([None, *range(len(history.instants))])
    return Case(chance.choice(READERS), name, query, step)


def facts_of(case: Case, history: History) -> dict[str, dict[str, Fact]]:
    return history.now if case.step is None else history.known[case.step]


def sees(reader: str, name: str, fact: Fact) -> bool:
    """DESIGN 8 in plain words."""
    if name == "procedures" or fact["status"] in ("registered", "published"):
        return True
    if MEMBERS.get(reader, "TEAM") == fact["department"]:
        return True
    return name == "requests" and fact["status"] != "draft" and reader in FUNDING_OFFICES


def expected(case: Case, history: History) -> Answer:
    rows = facts_of(case, history)[case.list_name]
    found = {
        key: fact
        for key, fact in rows.items()
        if sees(case.reader, case.list_name, fact) and all(_fits(fact, *one) for one in case.query.items())
    }
    return Answer(sorted(found), sum((fact.get("amount", Decimal(0)) for fact in found.values()), Decimal("0.00")))


def expected_overview(case: Case, history: History) -> dict[str, Any]:
    """Stages of the projects that the reader sees, the procedures, and what waits for a decision."""
    rows, stages = facts_of(case, history), dict.fromkeys(STAGES, 0)
    for fact in rows["projects"].values():
        if sees(case.reader, "projects", fact):
            stages[fact["stage"]] += 1
    told = [fact["state"] for fact in rows["procedures"].values()]
    requests = [fact for fact in rows["requests"].values() if sees(case.reader, "requests", fact)]
    return {
        "stages": stages,
        "registered": len(told),
        "claimed": sum(_fits({"state": state}, "state", "claimed") for state in told),
        "verified": sum(_fits({"state": state}, "state", "verified") for state in told),
        "in_use": sum(state == "in_use" for state in told),
        "decisions_waiting": sum(fact["status"] in AWAITING for fact in requests),
    }


def _fits(fact: Fact, key: str, value: str) -> bool:
    if key == "q":
        return value in fact["title"]
    if key == "awaiting":
        return fact["status"] in AWAITING
    if key == "state":
        return fact["state"] in {"claimed": ("claimed", "in_use", "retired"), "verified": ("in_use", "retired")}.get(
            value, ("in_use",)
        )
    return bool(fact[key] == value)


def _new_project(history: History, chance: random.Random, **said: Any) -> None:
    fact = {
        "department": chance.choice(["AA", "BB"]),
        "status": chance.choice(["registered", "registered", "draft"]),
        "stage": chance.choice(STAGES),
        "category": chance.choice(CATEGORIES),
        **said,
    }
    made = ProjectFactory(**fact | {"department": _department(history, fact)}, title_en=(title := _title(chance)))
    history.now["projects"][str(made.reference)] = fact | {"pk": made.pk, "title": title}


def _new_procedure(history: History, chance: random.Random) -> None:
    fact: Fact = {"department": chance.choice(["AA", "BB"]), "state": chance.choice(STATES)}
    host = next((one["pk"] for one in history.now["projects"].values() if one["status"] == "registered"), None)
    project = Project.objects.get(pk=host) if host else None
    fact["title"] = f"{chance.choice(WORDS)} step {len(history.now['procedures'])}"
    went_live = clock.today() - timedelta(days=chance.randrange(20, 60))
    made = ProcedureFactory(
        department=_department(history, fact),
        state=fact["state"] if project else "",
        project=project,
        name_en=fact["title"],
        went_live_on=went_live,
    )
    history.now["procedures"][str(made.reference)] = fact | ({} if project else {"state": ""})


def _new_request(history: History, chance: random.Random, **said: Any) -> None:
    fact: Fact = {
        "department": chance.choice(["AA", "BB"]),
        "status": chance.choice(STATUSES),
        "tier": chance.choice(Tier.values),
        "amount": _amount(chance),
        **said,
    }
    hosts = [one for one in history.now["projects"].values() if one["department"] == fact["department"]]
    if not hosts:
        return
    made = FundingRequestFactory(
        project=Project.objects.get(pk=chance.choice(hosts)["pk"]),
        department=_department(history, fact),
        status=RequestStatus(fact["status"]),
        **({} if fact["status"] == "draft" else _routed(fact)),
        tier=fact["tier"],
        own_amount=fact["amount"],
        title_en=(title := _title(chance)),
    )
    history.now["requests"][str(made.reference)] = fact | {"pk": made.pk, "title": title}


def _routed(fact: Fact) -> dict[str, Any]:
    """What a request has from its first submission on."""
    return {
        "first_submitted_at": clock.now(),
        "assessed_amount": fact["amount"],
        "policy": FundingPolicy.objects.get(),
    }


def _title(chance: random.Random) -> str:
    return f"{chance.choice(WORDS)} {chance.choice(WORDS)} tool"


def _amount(chance: random.Random) -> Decimal:
    return Decimal(chance.randrange(100_000_00, 30_000_000_00)) / 100


def _department(history: History, fact: Fact) -> Any:
    return history.world.a if fact["department"] == "AA" else history.world.b
