"""Access classes of releases, who reads what is not open, and answers about personal data.

Revision ID: 009_access
Revises: 008_working_copies
Create Date: 2026-11-22
"""

from importlib import import_module

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "009_access"
down_revision = "008_working_copies"
branch_labels = None
depends_on = None

# Made by the database from what was approved, so that no writer can give a release another class.
# What names none is closed: nobody said that everybody may read it.
CLASS = """
ALTER TABLE satudata_release ADD COLUMN access_class text NOT NULL GENERATED ALWAYS AS
    (coalesce(nullif(content #>> '{metadata,extras,access_class}', ''), 'tertutup')) STORED
"""

# The one place that says what is released and what of it is public; wall, gate, search and
# reconcile all ask here. PostgreSQL puts the bodies into the queries that call them.
RELEASED = """
CREATE OR REPLACE FUNCTION satudata_released(dataset text)
RETURNS TABLE (release_id text, access_class text, rows_digest text) LANGUAGE sql STABLE AS $$
    SELECT newest.id, newest.access_class, newest.rows_digest FROM (
        SELECT r.id, r.access_class, r.rows_digest, r.withdrawn_at FROM satudata_release r
        WHERE r.dataset_id = dataset AND r.shown_at IS NOT NULL ORDER BY r.number DESC LIMIT 1
    ) newest WHERE newest.withdrawn_at IS NULL
$$
"""
PUBLIC = """
CREATE OR REPLACE FUNCTION satudata_public(dataset text)
RETURNS TABLE (release_id text, rows_digest text) LANGUAGE sql STABLE AS $$
    SELECT r.release_id, r.rows_digest FROM satudata_released(dataset) r
    WHERE r.access_class = 'terbuka'
$$
"""

# What is released keeps its content whoever may read it; only what is open may be public.
WALL = """
CREATE OR REPLACE FUNCTION satudata_wall() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dataset text;
    closed boolean;
    approved text;
BEGIN
    dataset := to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[0];
    IF TG_ARGV[0] = 'resource_id' THEN
        SELECT package_id INTO dataset FROM resource WHERE id = dataset;
    END IF;
    SELECT private INTO closed FROM package WHERE id = dataset AND state = 'active';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF NOT closed THEN
        PERFORM 1 FROM satudata_public(dataset);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'satudata: dataset % would be public without a release', dataset
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    SELECT rows_digest INTO approved FROM satudata_released(dataset);
    IF FOUND AND approved IS DISTINCT FROM satudata_rows_digest(dataset) THEN
        RAISE EXCEPTION 'satudata: released dataset % would differ from its release', dataset
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$
"""

# A forced release of before may have shown what is not open.
OPENED = """
SELECT p.id FROM package p JOIN LATERAL satudata_released(p.id) r ON true
WHERE p.state = 'active' AND NOT p.private AND r.access_class <> 'terbuka'
"""


def upgrade():
    op.execute(CLASS)
    op.execute(RELEASED)
    op.execute(PUBLIC)
    op.execute(WALL)
    op.create_table(
        "satudata_reader",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("dataset_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reader_id", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.Column("ended_by", sa.Text),
        sa.Column("ended_at", sa.DateTime),
        sa.CheckConstraint(
            "(kind = 'staff' AND reader_id IS NULL)"
            " OR (kind IN ('person', 'agency') AND reader_id IS NOT NULL)",
            name="satudata_reader_kind",
        ),
    )
    # The same reader once at a time.
    op.create_index(
        "satudata_reader_open",
        "satudata_reader",
        ["dataset_id", "kind", sa.text("coalesce(reader_id, '')")],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "satudata_personal_check",
        sa.Column("content", sa.Text, primary_key=True),
        sa.Column("ending", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("findings", JSONB, nullable=False),
        sa.Column("checked_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "satudata_personal_answer",
        sa.Column("dataset_id", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, primary_key=True),
        sa.Column("finding", sa.Text, primary_key=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("answered_by", sa.Text, nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=False),
    )
    _close_what_is_not_open()


def downgrade():
    before = import_module("ckanext.satudata.migration.satudata.versions.008_working_copies")
    for table in ("satudata_personal_answer", "satudata_personal_check", "satudata_reader"):
        op.drop_table(table)
    op.execute(before.WALL)
    op.execute("DROP FUNCTION satudata_public(text)")
    op.execute("DROP FUNCTION satudata_released(text)")
    op.drop_column("satudata_release", "access_class")


def _close_what_is_not_open():
    """The index is told by a trigger on the flag."""
    connection = op.get_bind()
    for (dataset,) in connection.execute(sa.text(OPENED)).all():
        given = {"id": dataset}
        connection.execute(sa.text("UPDATE package SET private = true WHERE id = :id"), given)
        connection.execute(sa.text("DELETE FROM satudata_shown WHERE dataset_id = :id"), given)
    connection.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
