"""Working copies of what is public, what is shown, and the wall around it.

Revision ID: 008_working_copies
Revises: 007_accounts
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "008_working_copies"
down_revision = "007_accounts"
branch_labels = None
depends_on = None

# What a release holds as it stands on the rows: a digest that SQL itself can make, so that a
# writer who goes round everything else is met by the database. Extras are compared as JSON, not
# as text, for the order of their keys moves. Which bytes and rows a resource has is in it too.
DIGEST = """
CREATE OR REPLACE FUNCTION satudata_rows_digest(dataset text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT md5(jsonb_build_array(
        (SELECT jsonb_build_array(p.name, p.title, p.notes, p.url, p.version, p.license_id,
                p.owner_org, p.type, p.state, p.author, p.author_email, p.maintainer,
                p.maintainer_email, coalesce(p.extras, '{}'))
         FROM package p WHERE p.id = dataset),
        (SELECT jsonb_agg(jsonb_build_array(r.id, r.name, r.description, r.format, r.url,
                r.url_type, r.mimetype, r.size, r.hash, r.last_modified, r.resource_type,
                r.mimetype_inner, r.cache_url, r.cache_last_updated,
                coalesce(nullif(r.extras, ''), '{}')::jsonb
                    - 'datastore_active' - 'datastore_contains_all_records_of_source_file',
                f.sha256, f.name, t.table_name)
                ORDER BY r.position, r.id)
         FROM resource r
         LEFT JOIN satudata_resource_file f ON f.resource_id = r.id
         LEFT JOIN satudata_resource_table t ON t.resource_id = r.id
         WHERE r.package_id = dataset AND r.state = 'active'),
        (SELECT jsonb_agg(jsonb_build_array(t.name, t.vocabulary_id)
                ORDER BY t.name COLLATE "C", t.vocabulary_id COLLATE "C")
         FROM package_tag pt JOIN tag t ON t.id = pt.tag_id
         WHERE pt.package_id = dataset AND pt.state = 'active')
    )::text)
$$
"""

# A source of a harvest is private always, so no type of dataset is let past.
WALL = """
CREATE OR REPLACE FUNCTION satudata_wall() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dataset text;
    shown record;
BEGIN
    dataset := to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[0];
    IF TG_ARGV[0] = 'resource_id' THEN
        SELECT package_id INTO dataset FROM resource WHERE id = dataset;
    END IF;
    PERFORM 1 FROM package
    WHERE id = dataset AND NOT private AND state = 'active';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT withdrawn_at, rows_digest INTO shown FROM satudata_release
    WHERE dataset_id = dataset AND shown_at IS NOT NULL ORDER BY number DESC LIMIT 1;
    IF NOT FOUND OR shown.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'satudata: dataset % would be public without a release', dataset
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF shown.rows_digest IS DISTINCT FROM satudata_rows_digest(dataset) THEN
        RAISE EXCEPTION 'satudata: public dataset % would differ from its release', dataset
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$
"""

WALLED = {
    "package": "id",
    "resource": "package_id",
    "package_tag": "package_id",
    "satudata_resource_file": "resource_id",
    "satudata_resource_table": "resource_id",
}
"""Table -> its column that names the dataset, or a resource of it."""


def upgrade():
    op.add_column("satudata_release", sa.Column("rows_digest", sa.Text))
    op.add_column("satudata_release", sa.Column("withdrawn_at", sa.DateTime))
    op.add_column("satudata_release", sa.Column("withdrawal", JSONB))
    op.add_column("satudata_release", sa.Column("forced", sa.Boolean, nullable=False, server_default="false"))
    op.alter_column("satudata_release", "case_id", nullable=True)
    op.create_index(
        "satudata_release_shown",
        "satudata_release",
        ["dataset_id", "number"],
        postgresql_where=sa.text("shown_at IS NOT NULL"),
    )
    op.create_table(
        "satudata_working_copy",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("dataset_id", sa.Text, nullable=False, index=True),
        sa.Column("base_release_id", sa.Text, sa.ForeignKey("satudata_release.id"), nullable=False),
        sa.Column("restored_release_id", sa.Text, sa.ForeignKey("satudata_release.id")),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("ended", sa.Text),
    )
    # One at a time: two would overwrite each other's changes, the later one unseen.
    op.create_index(
        "satudata_working_copy_open",
        "satudata_working_copy",
        ["dataset_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "satudata_working_copy_resource",
        sa.Column("copy_resource_id", sa.Text, primary_key=True),
        sa.Column("copy_id", sa.Text, sa.ForeignKey("satudata_working_copy.id"), nullable=False, index=True),
        sa.Column("resource_id", sa.Text, nullable=False),
        sa.UniqueConstraint("copy_id", "resource_id"),
    )
    op.create_table(
        "satudata_shown",
        sa.Column("dataset_id", sa.Text, primary_key=True),
        sa.Column("release_id", sa.Text, sa.ForeignKey("satudata_release.id"), nullable=False),
        sa.Column("dataset", JSONB, nullable=False),
    )
    op.execute(DIGEST)
    op.execute(WALL)
    for table, column in WALLED.items():
        op.execute(
            f"CREATE CONSTRAINT TRIGGER satudata_wall AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
            f"EXECUTE FUNCTION satudata_wall('{column}')"
        )


def downgrade():
    for table in WALLED:
        op.execute(f"DROP TRIGGER satudata_wall ON {table}")
    op.execute("DROP FUNCTION satudata_wall()")
    op.execute("DROP FUNCTION satudata_rows_digest(text)")
    for table in ("satudata_shown", "satudata_working_copy_resource", "satudata_working_copy"):
        op.drop_table(table)
    op.drop_index("satudata_release_shown", "satudata_release")
    op.alter_column("satudata_release", "case_id", nullable=False)
    for column in ("forced", "withdrawal", "withdrawn_at", "rows_digest"):
        op.drop_column("satudata_release", column)
