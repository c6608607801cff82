"""What is to be delivered after the commit.

Revision ID: 004_outbox
Revises: 003_files
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "004_outbox"
down_revision = "003_files"
branch_labels = None
depends_on = None

# Times are the database's own, whatever the clocks of its clients say. STABLE, so that a comparison
# with it may use an index: it is asked once for each statement.
NOW = """
CREATE OR REPLACE FUNCTION satudata_now() RETURNS timestamp LANGUAGE sql STABLE AS $$
    SELECT clock_timestamp() AT TIME ZONE 'UTC'
$$
"""
# The one way into the outbox, for our code and for the trigger below. What is told to listeners
# reaches them with the commit, and not at all after a rollback.
NOTE = """
CREATE OR REPLACE FUNCTION satudata_note(topic text, key text, payload jsonb DEFAULT NULL)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO satudata_outbox (topic, key, payload, made_at, next_at)
    VALUES ($1, $2, $3, satudata_now(), satudata_now());
    PERFORM pg_notify('satudata_outbox', '');
END
$$
"""
# What waits, by topic; asked by the portal and by ./portal status.
WAITING = """
CREATE OR REPLACE FUNCTION satudata_waiting()
    RETURNS TABLE (topic text, waiting bigint, failing bigint, oldest_seconds integer)
    LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    SELECT o.topic, count(DISTINCT o.key), count(DISTINCT o.key) FILTER (WHERE o.error IS NOT NULL),
           greatest(0, extract(epoch FROM satudata_now() - min(o.made_at)))::integer
    FROM satudata_outbox o GROUP BY o.topic ORDER BY o.topic;
END
$$
"""
# Who reads a dataset, and where it is listed, changes also by ways that never come to the index:
# package_owner_org_update, raw ORM, SQL by hand.
CHANGED = """
CREATE OR REPLACE FUNCTION satudata_note_dataset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM satudata_note('dataset', NEW.id);
    RETURN NULL;
END
$$
"""
WATCHED = ("owner_org", "private", "state", "name")


def upgrade():
    _tables()
    for function in (NOW, NOTE, WAITING, CHANGED):
        op.execute(function)
    differs = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in WATCHED)
    op.execute("DROP TRIGGER IF EXISTS satudata_note_dataset ON package")
    op.execute(
        f"CREATE TRIGGER satudata_note_dataset AFTER UPDATE OF {', '.join(WATCHED)} ON package"
        f" FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION satudata_note_dataset()"
    )


def _tables() -> None:
    op.create_table(
        "satudata_outbox",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("payload", JSONB),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_at", sa.DateTime, nullable=False),
        sa.Column("leased_until", sa.DateTime),
        sa.Column("leased_by", sa.Text),
        sa.Column("error", sa.Text),
    )
    op.create_index("satudata_outbox_due", "satudata_outbox", ["next_at", "id"])
    op.create_index("satudata_outbox_key", "satudata_outbox", ["topic", "key", "id"])
    # The newest note of a dataset that the index has been told of.
    op.create_table(
        "satudata_indexed",
        sa.Column("dataset_id", sa.Text, primary_key=True),
        sa.Column("stamp", sa.BigInteger, nullable=False),
    )


def downgrade():
    op.execute("DROP TRIGGER IF EXISTS satudata_note_dataset ON package")
    op.execute("DROP FUNCTION IF EXISTS satudata_note_dataset()")
    op.execute("DROP FUNCTION IF EXISTS satudata_waiting()")
    op.execute("DROP FUNCTION IF EXISTS satudata_note(text, text, jsonb)")
    op.execute("DROP FUNCTION IF EXISTS satudata_now()")
    op.drop_table("satudata_indexed")
    op.drop_table("satudata_outbox")
