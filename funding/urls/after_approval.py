"""Pages under /funding/money/: envelopes, votes of money, the money of a decision, files and yearly returns."""

from django.urls import URLPattern, URLResolver, path, re_path

from funding.views import decision_money, envelopes, returns, spending_imports

RETURN = r"(?P<reference>MR-[0-9]{4}-[0-9]{4,12})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", envelopes.money_index, name="money-index"),
    path("new/", envelopes.envelope_new, name="money-new"),
    path("envelopes/<slug:code>/", envelopes.envelope_detail, name="money-envelope"),
    path("envelopes/<slug:code>/vote/", envelopes.envelope_vote, name="money-envelope-vote"),
    path("votes/<int:number>/", envelopes.vote_detail, name="money-vote"),
    path("carry-overs/<int:number>/", envelopes.carry_over_detail, name="money-carry-over"),
    *[
        path(f"{folder}/<int:number>/{act.name}/", envelopes.proposal_act(act), name=f"money-{act.name}")
        for folder, acts in (("votes", envelopes.VOTE_ACTS), ("carry-overs", envelopes.CARRY_ACTS))
        for act in acts
    ],
    path("decisions/<int:number>/", decision_money.money_decision, name="money-decision"),
    *[
        path(f"decisions/<int:number>/{act.name}/", decision_money.money_act(act), name=f"money-{act.name}")
        for act in decision_money.ACTS
    ],
    path("expenditures/<int:number>/", decision_money.expenditure_detail, name="money-expenditure"),
    path("expenditures/<int:number>/correct/", decision_money.expenditure_correct, name="money-correct"),
    path("imports/", spending_imports.import_list, name="money-import-list"),
    path("imports/template/", spending_imports.import_template, name="money-import-template"),
    path("imports/<int:number>/", spending_imports.import_detail, name="money-import"),
    *[
        path(f"imports/<int:number>/{act.name}/", spending_imports.import_act(act), name=f"money-{act.name}")
        for act in spending_imports.ACTS
    ],
    path("returns/", returns.return_list, name="money-return-list"),
    path("years/<int:year>/", returns.position_so_far, name="money-year"),
    re_path(rf"^returns/{RETURN}/$", returns.return_detail, name="money-return"),
    re_path(rf"^returns/{RETURN}/export/$", returns.return_export, name="money-return-export"),
]
