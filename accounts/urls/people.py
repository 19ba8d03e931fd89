"""Pages under /people/."""

from django.urls import path

from accounts.views import invitations, leaving, people, postings, rights

app_name = "people"
urlpatterns = [
    path("", people.people_list, name="people"),
    path("new/", people.person_new, name="person-new"),
    path("review/", rights.review, name="review"),
    path("heads/new/", postings.head_new, name="head-new"),
    path("invitations/", invitations.invitation_list, name="invitation-list"),
    path("invitations/new/", invitations.invitation_new, name="invitation-new"),
    path("invitations/<int:pk>/", invitations.invitation_detail, name="invitation-detail"),
    path("invitations/<int:pk>/resend/", invitations.invitation_resend, name="invitation-resend"),
    path("invitations/<int:pk>/withdraw/", invitations.invitation_withdraw, name="invitation-withdraw"),
    path("postings/<int:pk>/end/", postings.posting_end, name="posting-end"),
    path("roles/<int:pk>/confirm/", rights.role_confirm, name="role-confirm"),
    path("roles/<int:pk>/withdraw/", rights.role_withdraw, name="role-withdraw"),
    path("roles/<int:pk>/end/", rights.role_end, name="role-end"),
    path("grants/new/<slug:kind>/<slug:reference>/", rights.grant_new, name="grant-new"),
    path("grants/<int:pk>/revoke/", rights.grant_revoke, name="grant-revoke"),
    path("accounts/<int:pk>/disable/", people.account_disable, name="account-disable"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("<int:pk>/invite/", invitations.invitation_for, name="invitation-for"),
    path("<int:pk>/access/", rights.person_access, name="person-access"),
    path("<int:pk>/postings/new/", postings.posting_new, name="posting-new"),
    path("<int:pk>/roles/new/", rights.role_new, name="role-new"),
    path("<int:pk>/leaving/", leaving.leaving, name="leaving"),
]
