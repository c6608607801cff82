"""Files by content, and which of them a resource has.

Revision ID: 003_files
Revises: 002_five_sops
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op

revision = "003_files"
down_revision = "002_five_sops"
branch_labels = None
depends_on = None

NOW = sa.text("timezone('utc', now())")
IS_SHA256 = "sha256 ~ '^[0-9a-f]{64}$'"


def upgrade():
    op.create_table(
        "satudata_file",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("stored_at", sa.DateTime, nullable=False, server_default=NOW),
        sa.Column("checked_at", sa.DateTime),
        sa.Column("broken", sa.Text),
        sa.CheckConstraint(IS_SHA256, "satudata_file_sha256"),
    )
    op.create_table(
        "satudata_resource_file",
        sa.Column("resource_id", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, sa.ForeignKey("satudata_file.sha256"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False, server_default=NOW),
    )
    op.create_index("satudata_resource_file_sha256", "satudata_resource_file", ["sha256"])
    # Asked of every file that is checked: which releases name it.
    op.create_index("satudata_release_file_sha256", "satudata_release_file", ["sha256"])


def downgrade():
    op.drop_index("satudata_release_file_sha256", "satudata_release_file")
    op.drop_table("satudata_resource_file")
    op.drop_table("satudata_file")
