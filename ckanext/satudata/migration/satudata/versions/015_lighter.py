"""What every search and every note of a change asks of the database, made lighter.

Planning what the public must not see took longer than answering it: a function keeps its plan.
Listeners hear of which topic a note is, so that only who delivers it looks.

Revision ID: 015_lighter
Revises: 014_notices
Create Date: 2026-11-22
"""

from alembic import op

revision = "015_lighter"
down_revision = "014_notices"
branch_labels = None
depends_on = None

NOT_PUBLIC = """
CREATE OR REPLACE FUNCTION satudata_not_public(ids text[], most integer)
RETURNS TABLE (dataset_id text, waits boolean) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    WITH waiting AS (
        SELECT o.key AS id FROM satudata_outbox o WHERE o.topic = 'dataset' AND (
            EXISTS (SELECT FROM satudata_release r
                    WHERE r.dataset_id = o.key AND r.shown_at IS NOT NULL)
            OR NOT EXISTS (SELECT FROM package p WHERE p.id = o.key)
        )
        GROUP BY o.key ORDER BY max(o.id) DESC LIMIT most
    ), asked AS (
        SELECT unnest(ids) AS id, false AS waits
        UNION ALL SELECT w.id, true FROM waiting w
    )
    SELECT a.id, a.waits FROM asked a
    WHERE NOT EXISTS (
        SELECT FROM package p JOIN LATERAL satudata_public(p.id) r ON true
        WHERE p.id = a.id AND p.state = 'active' AND NOT p.private
    );
END
$$
"""
NOTE = """
CREATE OR REPLACE FUNCTION satudata_note(topic text, key text, payload jsonb DEFAULT NULL)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO satudata_outbox (topic, key, payload, made_at, next_at)
    VALUES ($1, $2, $3, satudata_now(), satudata_now());
    PERFORM pg_notify('satudata_outbox', $1);
END
$$
"""


def upgrade():
    op.execute(NOT_PUBLIC)
    op.execute(NOTE)


def downgrade():
    op.execute(NOTE.replace("pg_notify('satudata_outbox', $1)", "pg_notify('satudata_outbox', '')"))
    op.execute("DROP FUNCTION satudata_not_public(text[], integer)")
