"""What roles and shared objects give a person now, as functions: PostgreSQL keeps their plans (decision 0018)."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION accounts_permissions(person bigint, at timestamptz) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT kind.app_label || '.' || permission.codename FROM accounts_rolegrant held
    JOIN auth_group_permissions given ON given.group_id = held.group_id
    JOIN auth_permission permission ON permission.id = given.permission_id
    JOIN django_content_type kind ON kind.id = permission.content_type_id
    WHERE held.person_id = person AND held.effective_at <= at AND (held.ends_at IS NULL OR held.ends_at > at);
END $$;

CREATE FUNCTION accounts_shared(account bigint, person bigint, app text, codename text, at timestamptz)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT held.object_id FROM accounts_objectgrant held
    JOIN guardian_userobjectpermission given ON given.object_pk = held.object_id::text AND given.user_id = account
    JOIN auth_permission permission ON permission.id = given.permission_id
        AND permission.codename = accounts_shared.codename
    JOIN django_content_type kind ON kind.id = permission.content_type_id AND kind.app_label = app
    WHERE held.person_id = person AND held.permission = app || '.' || accounts_shared.codename
    AND held.granted_at <= at AND held.ends_at > at;
END $$;
"""

UNDO = """
DROP FUNCTION accounts_shared(bigint, bigint, text, text, timestamptz);
DROP FUNCTION accounts_permissions(bigint, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
