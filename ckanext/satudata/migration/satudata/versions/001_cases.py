"""Cases, visits, assignments, releases.

Revision ID: 001_cases
Revises:
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from ckanext.satudata.model.proof_tables import require_proof_tables

revision = "001_cases"
down_revision = None
branch_labels = None
depends_on = None

# CREATE OR REPLACE: CKAN's own test reset drops tables and leaves functions behind.
REFUSE = """
CREATE OR REPLACE FUNCTION satudata_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'satudata: % on % is refused, proof is written once', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""


def upgrade():
    # Made at set-up by the database's administrator, for a role that is not ours.
    require_proof_tables(op.get_bind())
    op.execute(REFUSE)
    op.create_table(
        "satudata_sop",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("subject", "revision"),
    )
    op.execute("CREATE SEQUENCE satudata_case_number_seq")
    op.create_table(
        "satudata_case",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column(
            "number",
            sa.BigInteger,
            sa.Sequence("satudata_case_number_seq"),
            server_default=sa.text("nextval('satudata_case_number_seq')"),
            nullable=False,
            unique=True,
        ),
        sa.Column("sop_id", sa.Text, sa.ForeignKey("satudata_sop.id"), nullable=False),
        sa.Column("organization_id", sa.Text, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("closed_at", sa.DateTime),
    )
    op.execute("ALTER SEQUENCE satudata_case_number_seq OWNED BY satudata_case.number")
    op.create_table(
        "satudata_case_item",
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), primary_key=True),
        sa.Column("dataset_id", sa.Text, primary_key=True, index=True),
        sa.Column("status", sa.Text),
        sa.Column("status_at", sa.DateTime),
    )
    op.create_table(
        "satudata_visit",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
        sa.Column("item", sa.Text),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("opened_by", sa.Integer, nullable=False),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("closed_by", sa.Integer),
        sa.Column("outcome", sa.Text),
    )
    op.create_index(
        "satudata_visit_key",
        "satudata_visit",
        ["case_id", sa.text("coalesce(item, '')"), "step", "number"],
        unique=True,
    )
    op.create_index(
        "satudata_visit_open",
        "satudata_visit",
        ["step", "opened_at"],
        postgresql_where=sa.text("closed_by IS NULL"),
    )
    op.create_table(
        "satudata_assignment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False, index=True),
        sa.Column("sop", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("organization_id", sa.Text),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "satudata_release",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("dataset_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
        sa.Column("event_sequence", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("content_sha256", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("shown_at", sa.DateTime),
        sa.UniqueConstraint("dataset_id", "number"),
    )
    op.create_table(
        "satudata_release_file",
        sa.Column("release_id", sa.Text, sa.ForeignKey("satudata_release.id"), primary_key=True),
        sa.Column("resource_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
    )


def downgrade():
    for table in (
        "satudata_release_file",
        "satudata_release",
        "satudata_assignment",
        "satudata_visit",
        "satudata_case_item",
        "satudata_case",
        "satudata_sop",
    ):
        op.drop_table(table)
    op.execute("DROP FUNCTION satudata_refuse_change()")
