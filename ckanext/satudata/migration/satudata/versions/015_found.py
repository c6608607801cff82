"""What a search found and the public must not see, asked of a function that keeps its plan.

Planning the question took longer than answering it, and every search by the public asks it.

Revision ID: 015_found
Revises: 014_notices
Create Date: 2026-11-22
"""

from alembic import op

revision = "015_found"
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


def upgrade():
    op.execute(NOT_PUBLIC)


def downgrade():
    op.execute("DROP FUNCTION satudata_not_public(text[], integer)")
