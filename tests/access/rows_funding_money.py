"""Envelopes, votes of money, the money of a decision, files of expenditure and yearly returns."""

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core import clock
from funding import services
from funding.models import MoneyPolicy, SpendingImport, YearlyReturn
from funding.services.spending import Payment
from tests.access.table import Row, api, page, post
from tests.factories.funding import EnvelopeFactory
from tests.factories.records import MilestoneFactory

OWN = ("applicant", "head", "colleague")
RECORDS = (*OWN, "finance")
DATA = {"amount": "1.00", "source": "FCR"}
NEW = {"code": "new-2026-27", "name_en": "New", "financial_year": "2026", **DATA}
PAYMENT = {"category": "software", "amount": "1.00", "spent_on": "2026-05-04", "voucher": "V-9"}
CARRY = {"amount": "1.00", "reason": "The server is late."}
LINE = "2026/services"
STARTS = "2098-01-01"


def each(people: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)


def prepare(world):
    scene, things = world.things["scene"], world.things
    decision = things["funded"] = scene.round_published("3000000.00").decision
    envelope, finance = scene.envelope, world["finance"]
    services.commit(actor=finance, decision_id=decision.pk, envelope_id=envelope.pk, amount=Decimal("2000000.00"))
    things["later"] = EnvelopeFactory(code="ai-2027", financial_year=2027)
    things["reached"] = MilestoneFactory(project=decision.request.project, done_on=date(2026, 5, 1))
    things["vote_of_money"] = services.propose_vote(
        actor=finance, envelope_id=envelope.pk, amount=Decimal("5.00"), source="FCR"
    )
    things["carry_over"] = services.propose_carry_over(
        actor=finance,
        decision_id=decision.pk,
        source_id=envelope.pk,
        target_id=things["later"].pk,
        amount=Decimal("7.00"),
        reason="Late.",
    )
    payment = Payment("services", Decimal("9.00"), clock.today(), "V-1")
    things["payment"] = services.record_spending(
        actor=finance, decision_id=decision.pk, envelope_id=envelope.pk, payment=payment
    )
    row = {"request": decision.request.reference, "envelope": envelope.code, "description": "", **PAYMENT}
    things["spending_file"] = SpendingImport.objects.create(
        source="GFMIS",
        file_name="payments.csv",
        file_digest="0" * 64,
        rows=[{"number": 1, "cells": row}],
        offered_by=world["colleague"].person,
        offered_at=timezone.now(),
    )
    things["return"] = YearlyReturn.objects.create(
        reference="MR-2026-0001",
        financial_year=2025,
        content=RETURN,
        digest="0" * 64,
        position=1,
        issued_by=finance.person,
        issued_at=timezone.now(),
    )
    things["money_policy"] = MoneyPolicy.objects.create(
        starts_on=date(2097, 1, 1), source="Circular", proposed_by=world["administrator"].person
    )


ZERO_ROW = '"carried":"0.00","closing":"0.00","committed":"0.00","department":"","envelope":"","opening":"0.00"'
RETURN = (
    '{"allocated":{},"at":"2026-03-31","by_department":[],"by_envelope":[],"financial_year":2025,"rows":[],'
    f'"total":{{{ZERO_ROW},"request":"","spent":"0.00"}}}}'
)


def number(name):
    return lambda world: {"number": world.things[name].pk}


def of_envelope(world):
    return {"code": world.things["scene"].envelope.code}


def with_envelope(more, name="envelope"):
    return lambda world: {name: world.things["scene"].envelope.code, **more}


def released(world):
    return {
        "envelope": world.things["scene"].envelope.code,
        "milestone": world.things["reached"].pk,
        "amount": "1.00",
    }


def carried(source, target):
    return lambda world: {
        source: world.things["scene"].envelope.code,
        target: world.things["later"].code,
        **CARRY,
    }


def file(world):
    head = b"request,envelope,category,amount,spent_on,voucher,description"
    content = head + b"\r\nFR-2026-0001,x,software,1.00,2026-05-04,V,\r\n"
    return {"source": "GFMIS", "file": SimpleUploadedFile("payments.csv", content, content_type="text/csv")}


IMPORT = {"default": 404, "colleague": 200, "finance": 200, "auditor": 200}
MOVE = {"line": LINE, "financial_year": "2027", "category": "training", "amount": "1.00", "reason": "Later."}
MOVE_SENT = {
    "from_year": 2026,
    "from_category": "services",
    "to_year": 2027,
    "to_category": "training",
    "amount": "1.00",
    "reason": "Later.",
}
EXPLAIN = {"financial_year": 2026, "category": "services", "text": "Later."}
POLICY = {"starts_on": STARTS, "variance_percent": "10", "source": "Circular"}

ROWS: list[Row] = [
    page("funding:money-index"),
    page("funding:money-new", 403, finance=200),
    post("funding:money-new", 403, data=NEW, finance=302),
    page("funding:money-envelope", at=of_envelope),
    page("funding:money-envelope", 404, at={"code": "none"}),
    post("funding:money-envelope-vote", 403, at=of_envelope, data=DATA, finance=302),
    page("funding:money-vote", at=number("vote_of_money")),
    post("funding:money-vote-approve", 403, at=number("vote_of_money")),
    post("funding:money-vote-withdraw", 403, at=number("vote_of_money"), data={"reason": "No."}, finance=302),
    page("funding:money-carry-over", at=number("carry_over")),
    post("funding:money-carry-over-approve", 403, at=number("carry_over")),
    post("funding:money-carry-over-withdraw", 403, at=number("carry_over"), data={"reason": "No."}, finance=302),
    page("funding:money-decision", at=number("funded")),
    post("funding:money-spend", 403, at=number("funded"), data=with_envelope(PAYMENT), **each(RECORDS, 302)),
    post("funding:money-release", 403, at=number("funded"), data=released, finance=302),
    post(
        "funding:money-carry",
        403,
        at=number("funded"),
        data=carried("source", "target"),
        finance=302,
    ),
    post("funding:money-move", 403, at=number("funded"), data=MOVE, **each(RECORDS, 302)),
    post(
        "funding:money-explain", 403, at=number("funded"), data={"line": LINE, "text": "Later."}, **each(RECORDS, 302)
    ),
    page("funding:money-expenditure", at=number("payment")),
    post("funding:money-correct", 403, at=number("payment"), data={"reason": "Twice."}, **each(OWN, 302)),
    page("funding:money-import-list", 200, member=200, chair=200),
    post("funding:money-import-list", 302, data=file),
    page("funding:money-import-template", 200),
    page("funding:money-import", at=number("spending_file"), **IMPORT),
    post("funding:money-import-confirm", 404, at=number("spending_file"), colleague=302, finance=403, auditor=403),
    post("funding:money-import-withdraw", 404, at=number("spending_file"), colleague=302, finance=403, auditor=403),
    page("funding:money-return-list"),
    post("funding:money-return-list", 403, data={"financial_year": "2026"}, finance=409),
    page("funding:money-year", at={"year": 2026}),
    page("funding:money-return", at={"reference": "MR-2026-0001"}),
    page("funding:money-return-export", at={"reference": "MR-2026-0001"}, query={"format": "csv"}),
    page("policy:money-policy-list"),
    page("policy:money-policy-new", 403, administrator=200),
    post("policy:money-policy-new", 403, data=POLICY, administrator=302),
    page("policy:money-policy-detail", at=number("money_policy")),
    post("policy:money-policy-approve", 403, at=number("money_policy")),
    post("policy:money-policy-withdraw", 403, at=number("money_policy"), data={"reason": "No."}, administrator=302),
    api("GET", "/api/v1/money-votes/"),
    api("GET", "/api/v1/money-votes/{number}/", at=number("vote_of_money")),
    api("POST", "/api/v1/money-votes/", 403, data=with_envelope(DATA), finance=201),
    api("POST", "/api/v1/money-votes/new-envelope/", 403, data={**NEW, "financial_year": 2026}, finance=201),
    api("POST", "/api/v1/money-votes/{number}/approve/", 403, at=number("vote_of_money")),
    api(
        "POST",
        "/api/v1/money-votes/{number}/withdraw/",
        403,
        at=number("vote_of_money"),
        data={"reason": "No."},
        finance=200,
    ),
    api("GET", "/api/v1/carry-overs/"),
    api("GET", "/api/v1/carry-overs/{number}/", at=number("carry_over")),
    api("POST", "/api/v1/carry-overs/{number}/approve/", 403, at=number("carry_over")),
    api(
        "POST",
        "/api/v1/carry-overs/{number}/withdraw/",
        403,
        at=number("carry_over"),
        data={"reason": "No."},
        finance=200,
    ),
    api("GET", "/api/v1/decision-money/"),
    api("GET", "/api/v1/decision-money/{number}/", at=number("funded")),
    api(
        "POST",
        "/api/v1/decision-money/{number}/spend/",
        403,
        at=number("funded"),
        data=with_envelope(PAYMENT),
        **each(RECORDS, 201),
    ),
    api("POST", "/api/v1/decision-money/{number}/release/", 403, at=number("funded"), data=released, finance=201),
    api(
        "POST",
        "/api/v1/decision-money/{number}/carry-over/",
        403,
        at=number("funded"),
        data=carried("source", "target"),
        finance=201,
    ),
    api(
        "POST",
        "/api/v1/decision-money/{number}/move-budget/",
        403,
        at=number("funded"),
        data=MOVE_SENT,
        **each(RECORDS, 200),
    ),
    api(
        "POST",
        "/api/v1/decision-money/{number}/explain-variance/",
        403,
        at=number("funded"),
        data=EXPLAIN,
        **each(RECORDS, 201),
    ),
    api("GET", "/api/v1/expenditures/"),
    api("GET", "/api/v1/expenditures/{number}/", at=number("payment")),
    api(
        "POST",
        "/api/v1/expenditures/{number}/correct/",
        403,
        at=number("payment"),
        data={"reason": "Twice."},
        **each(OWN, 201),
    ),
    api("GET", "/api/v1/spending-imports/"),
    api("POST", "/api/v1/spending-imports/", 400, data={"source": "GFMIS"}),
    api("GET", "/api/v1/spending-imports/{number}/", at=number("spending_file"), **IMPORT),
    api(
        "POST",
        "/api/v1/spending-imports/{number}/confirm/",
        404,
        at=number("spending_file"),
        colleague=200,
        finance=403,
        auditor=403,
    ),
    api(
        "POST",
        "/api/v1/spending-imports/{number}/withdraw/",
        404,
        at=number("spending_file"),
        colleague=200,
        finance=403,
        auditor=403,
    ),
    api("GET", "/api/v1/yearly-returns/"),
    api("GET", "/api/v1/yearly-returns/{reference}/", at={"reference": "MR-2026-0001"}),
    api("POST", "/api/v1/yearly-returns/", 403, data={"financial_year": 2026}, finance=409),
    api("GET", "/api/v1/money-policies/"),
    api("GET", "/api/v1/money-policies/{number}/", at=number("money_policy")),
    api("POST", "/api/v1/money-policies/", 403, data={**POLICY, "variance_percent": 10}, administrator=201),
    api("POST", "/api/v1/money-policies/{number}/approve/", 403, at=number("money_policy")),
    api(
        "POST",
        "/api/v1/money-policies/{number}/withdraw/",
        403,
        at=number("money_policy"),
        data={"reason": "No."},
        administrator=200,
    ),
]
