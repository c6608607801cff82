"""Releases that are shown at a time to come, embargoes, and small corrections.

Revision ID: 010_scheduled
Revises: 008_working_copies
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "010_scheduled"
down_revision = "009_access"
branch_labels = None
depends_on = None

# The way into the outbox for what is due at a time. Told to listeners all the same: they reckon
# anew how long they may sleep.
NOTE_AT = """
CREATE OR REPLACE FUNCTION satudata_note_at(topic text, key text, due timestamp)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO satudata_outbox (topic, key, made_at, next_at)
    VALUES ($1, $2, $3, $3);
    PERFORM pg_notify('satudata_outbox', '');
END
$$
"""
# What is not due yet does not wait to be delivered: its age counts from its time.
WAITING = """
CREATE OR REPLACE FUNCTION satudata_waiting()
    RETURNS TABLE (topic text, waiting bigint, failing bigint, oldest_seconds integer)
    LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    SELECT o.topic, count(DISTINCT o.key), count(DISTINCT o.key) FILTER (WHERE o.error IS NOT NULL),
           greatest(0, extract(epoch FROM satudata_now() - min(o.made_at)))::integer
    FROM satudata_outbox o
    WHERE o.topic <> 'release' OR o.made_at <= satudata_now()
    GROUP BY o.topic ORDER BY o.topic;
END
$$
"""
WAITING_BEFORE = WAITING.replace(
    "    WHERE o.topic <> 'release' OR o.made_at <= satudata_now()\n", ""
)


def upgrade():
    op.add_column("satudata_release", sa.Column("scheduled_at", sa.DateTime))
    op.add_column(
        "satudata_release", sa.Column("corrects", sa.Text, sa.ForeignKey("satudata_release.id"))
    )
    op.add_column("satudata_work", sa.Column("not_before", sa.DateTime))
    op.add_column(
        "satudata_work", sa.Column("release_id", sa.Text, sa.ForeignKey("satudata_release.id"))
    )
    op.create_index(
        "satudata_work_scheduled",
        "satudata_work",
        ["item"],
        postgresql_where=sa.text("done_at IS NULL AND release_id IS NOT NULL"),
    )
    op.create_table(
        "satudata_embargo",
        sa.Column("dataset_id", sa.Text, primary_key=True),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
    )
    op.execute(NOTE_AT)
    op.execute(WAITING)


def downgrade():
    op.execute(WAITING_BEFORE)
    op.execute("DROP FUNCTION satudata_note_at(text, text, timestamp)")
    op.drop_table("satudata_embargo")
    op.drop_index("satudata_work_scheduled", "satudata_work")
    op.drop_column("satudata_work", "release_id")
    op.drop_column("satudata_work", "not_before")
    op.drop_column("satudata_release", "corrects")
    op.drop_column("satudata_release", "scheduled_at")
