"""Versions of kamus data: what stood in the resource field `schema`, each written once.

Revision ID: 018_dictionary
Revises: 015_lighter
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "018_dictionary"
down_revision = "016_updates"
branch_labels = None
depends_on = None

TABLE = "satudata_dictionary_version"


def upgrade():
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("resource_id", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("saved_by", sa.Text),
        sa.Column("saved_at", sa.DateTime, nullable=False),
    )
    op.create_index(f"{TABLE}_resource", TABLE, ["resource_id", "id"])
    op.execute(
        f"CREATE TRIGGER satudata_kept BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION satudata_refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER satudata_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION satudata_refuse_change()"
    )


def downgrade():
    op.drop_table(TABLE)
