"""What the app's role may do, and the trigger that keeps the ledger a chain (DESIGN 5, TRUST C6)."""

from django.conf import settings
from django.db import migrations

CHAIN = """
CREATE FUNCTION core_ledger_continue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last core_ledgerentry%ROWTYPE;
BEGIN
    SELECT * INTO last FROM core_ledgerentry ORDER BY position DESC LIMIT 1;
    IF NEW.position <> COALESCE(last.position, 0) + 1
       OR NEW.previous_hash <> COALESCE(last.entry_hash, decode(repeat('00', 32), 'hex'))
       OR NEW.entry_hash <> sha256(NEW.payload)
       OR NEW.recorded_at < COALESCE(last.recorded_at, NEW.recorded_at) THEN
        RAISE EXCEPTION 'ledger entry % does not continue the chain', NEW.position;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER core_ledger_continue BEFORE INSERT ON core_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION core_ledger_continue();

CREATE FUNCTION core_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER core_ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION core_append_only();
"""


def app_role(schema_editor):
    return schema_editor.quote_name(settings.DATABASES["default"]["USER"])


def grant(apps, schema_editor):
    role = app_role(schema_editor)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
        f"REVOKE UPDATE, DELETE ON core_ledgerentry FROM {role}",
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunSQL(CHAIN, migrations.RunSQL.noop),
    ]
