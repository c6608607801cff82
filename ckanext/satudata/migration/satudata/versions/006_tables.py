"""Which DataStore table a resource has, and which ones a release points at.

Revision ID: 006_tables
Revises: 005_proof
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "006_tables"
down_revision = "005_proof"
branch_labels = None
depends_on = None

# Rows loaded before there were pointers lie in a table that is called after their resource.
TABLES_OF_BEFORE = """
INSERT INTO satudata_resource_table (resource_id, table_name, set_at)
SELECT id, id, timezone('utc', now()) FROM resource
WHERE state = 'active' AND extras::jsonb ->> 'datastore_active' = 'true'
"""


def upgrade():
    op.create_table(
        "satudata_resource_table",
        sa.Column("resource_id", sa.Text, primary_key=True),
        sa.Column("table_name", sa.Text, index=True),
        sa.Column("set_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "satudata_release_table",
        sa.Column("release_id", sa.Text, sa.ForeignKey("satudata_release.id"), primary_key=True),
        sa.Column("resource_id", sa.Text, primary_key=True),
        sa.Column("table_name", sa.Text, nullable=False, index=True),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("columns", JSONB, nullable=False),
    )
    for name, when, each in (
        ("satudata_release_table_write_once", "UPDATE OR DELETE", "ROW"),
        ("satudata_release_table_no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON satudata_release_table"
            f" FOR EACH {each} EXECUTE FUNCTION satudata_refuse_change()"
        )
        op.execute(f"ALTER TABLE satudata_release_table ENABLE ALWAYS TRIGGER {name}")
    op.execute(TABLES_OF_BEFORE)


def downgrade():
    op.drop_table("satudata_release_table")
    op.drop_table("satudata_resource_table")
