"""The personas hold what their roles give them, and nothing else."""


def test_roles_come_from_dated_grants(secretary, applicant):
    assert secretary.has_perm("funding.serve_committee")
    assert not applicant.has_perm("funding.serve_committee")


def test_a_role_that_ended_gives_nothing(secretary):
    secretary.person.role_grants.update(ends_at="2021-01-01T00:00:00Z")

    assert not secretary.has_perm("funding.serve_committee")
