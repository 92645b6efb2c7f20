"""Rules that Django's models cannot state: signed documents never change, and the ledger is vacuumed early."""

from django.db import migrations

FROZEN = ("workplans_signeddocument", "workplans_signedfigure", "workplans_signedrow")


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION signed_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'A signed document is never changed.'; END $$"
        )
        for table in FROZEN:
            schema_editor.execute(
                f"CREATE TRIGGER signed_never_changes BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION signed_never_changes()"
            )
        # Index-only reads need a fresh visibility map; the default waits for a fifth of the table to change.
        schema_editor.execute(
            "ALTER TABLE workplans_activity SET "
            "(autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)"
        )
    else:
        for table in FROZEN:  # deleting is refused by the models alone here: the test runner empties tables by DELETE
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'A signed document is never changed.'); END"
            )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION signed_never_changes CASCADE")
    else:
        for table in FROZEN:
            schema_editor.execute(f"DROP TRIGGER {table}_never_changes")


class Migration(migrations.Migration):
    dependencies = [("workplans", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
