"""What the wall leans on is as firm as the wall: releases, tags, and which rows belong where.

Revision ID: 012_wall
Revises: 011_duties
Create Date: 2026-11-22
"""

from alembic import op

revision = "012_wall"
down_revision = "011_duties"
branch_labels = None
depends_on = None

# A release is what was approved: its content never changes, what was shown stays as it was shown,
# and a withdrawal is not taken back.
KEEP = """
CREATE OR REPLACE FUNCTION satudata_keep_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.dataset_id, NEW.number, NEW.case_id, NEW.event_sequence, NEW.content,
             NEW.content_sha256, NEW.made_by, NEW.made_at)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.dataset_id, OLD.number, OLD.case_id, OLD.event_sequence, OLD.content,
             OLD.content_sha256, OLD.made_by, OLD.made_at)
        AND (OLD.shown_at IS NULL OR (NEW.shown_at, NEW.rows_digest, NEW.forced)
            IS NOT DISTINCT FROM (OLD.shown_at, OLD.rows_digest, OLD.forced))
        AND (OLD.withdrawn_at IS NULL OR (NEW.withdrawn_at, NEW.withdrawal)
            IS NOT DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawal))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'satudata: % of release % is refused, it stays as it was approved',
        TG_OP, OLD.id USING ERRCODE = 'restrict_violation';
END
$$
"""
# The licence to be public is an event that nobody takes back, not a row that anybody may add.
PROVEN = """
CREATE OR REPLACE FUNCTION satudata_release_proven() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM satudata_proof.satudata_event
    WHERE stream IN (NEW.case_id, 'dataset:' || NEW.dataset_id) AND sequence = NEW.event_sequence
      AND body ->> 'content_sha256' = NEW.content_sha256;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'satudata: release % is shown, and no event says who approved it', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$
"""
TAG = """
CREATE OR REPLACE FUNCTION satudata_keep_tag() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM package_tag pt JOIN package p ON p.id = pt.package_id
    WHERE pt.tag_id = OLD.id AND pt.state = 'active' AND p.state = 'active' AND NOT p.private;
    IF FOUND THEN
        RAISE EXCEPTION 'satudata: tag % is a word of public data', OLD.name
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$
"""
# No such row ever moves to another dataset; the wall would look at the new one only.
MOVES = {
    "resource": "package_id",
    "package_tag": "package_id",
    "satudata_resource_file": "resource_id",
    "satudata_resource_table": "resource_id",
}
RELEASES = ("satudata_release", "satudata_release_file")
EMPTIED = ("package_tag", "resource", "satudata_resource_file", "satudata_resource_table")


def upgrade():
    for function in (KEEP, PROVEN, TAG):
        op.execute(function)
    # A temporary table of the same name would be asked instead of ours.
    op.execute("ALTER FUNCTION satudata_wall() SET search_path = public, pg_temp")
    _trigger("satudata_release", "kept", "BEFORE UPDATE OR DELETE", "ROW", "satudata_keep_release")
    _trigger("satudata_release_file", "kept", "BEFORE UPDATE OR DELETE", "ROW")
    for table in (*RELEASES, *EMPTIED):
        _trigger(table, "no_truncate", "BEFORE TRUNCATE", "STATEMENT")
    for table, column in MOVES.items():
        when = f"ROW WHEN (OLD.{column} IS DISTINCT FROM NEW.{column})"
        _trigger(table, "stays", f"BEFORE UPDATE OF {column}", when)
    _trigger("tag", "kept", "BEFORE UPDATE OF name, vocabulary_id", "ROW", "satudata_keep_tag")
    op.execute(
        "CREATE CONSTRAINT TRIGGER satudata_release_proven AFTER INSERT OR UPDATE ON "
        "satudata_release DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        "WHEN (NEW.shown_at IS NOT NULL) EXECUTE FUNCTION satudata_release_proven()"
    )


def _trigger(table, name, when, each, function="satudata_refuse_change"):
    op.execute(
        f"CREATE TRIGGER satudata_{name} {when} ON {table} FOR EACH {each} "
        f"EXECUTE FUNCTION {function}()"
    )


def downgrade():
    op.execute("DROP TRIGGER satudata_release_proven ON satudata_release")
    op.execute("DROP TRIGGER satudata_kept ON tag")
    for table in MOVES:
        op.execute(f"DROP TRIGGER satudata_stays ON {table}")
    for table in (*RELEASES, *EMPTIED):
        op.execute(f"DROP TRIGGER satudata_no_truncate ON {table}")
    for table in RELEASES:
        op.execute(f"DROP TRIGGER satudata_kept ON {table}")
    op.execute("ALTER FUNCTION satudata_wall() RESET search_path")
    for function in ("satudata_keep_release", "satudata_release_proven", "satudata_keep_tag"):
        op.execute(f"DROP FUNCTION {function}()")
