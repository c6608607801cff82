"""What lists, adoption, links, work per dataset and repeated calls need.

Revision ID: 002_five_sops
Revises: 001_cases
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "002_five_sops"
down_revision = "001_cases"
branch_labels = None
depends_on = None

ITEM = (
    ("title", sa.Text, ""),
    ("organization_id", sa.Text, ""),
    ("is_request", sa.Boolean, sa.false()),
    ("product", sa.Boolean, sa.false()),
    ("party", sa.Integer, "1"),
)


def _add(table: str, *columns: sa.Column) -> None:
    for column in columns:
        op.add_column(table, column)


# What was adopted stays as proof: a row may be ended once, and is otherwise never changed.
KEEP_ADOPTION = """
CREATE OR REPLACE FUNCTION satudata_keep_adoption() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
        AND to_jsonb(NEW) - 'ended_at' - 'ended_by' = to_jsonb(OLD) - 'ended_at' - 'ended_by'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'satudata: % on % is refused, an adoption is only ended', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""
KEPT = (
    ("satudata_sop", "write_once", "UPDATE OR DELETE", "ROW", "satudata_refuse_change"),
    ("satudata_sop", "no_truncate", "TRUNCATE", "STATEMENT", "satudata_refuse_change"),
    ("satudata_adoption", "only_ended", "UPDATE", "ROW", "satudata_keep_adoption"),
    ("satudata_adoption", "no_delete", "DELETE", "ROW", "satudata_refuse_change"),
    ("satudata_adoption", "no_truncate", "TRUNCATE", "STATEMENT", "satudata_refuse_change"),
)


def upgrade():
    _adoption()
    _kept()
    _attachments()
    _case_tables()
    _links()
    _work()
    _assignments()
    _delivery()


def _adoption():
    op.create_table(
        "satudata_adoption",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("sop_id", sa.Text, sa.ForeignKey("satudata_sop.id"), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("serves", ARRAY(sa.Text)),
        sa.Column("bound", JSONB, nullable=False, server_default="{}"),
        sa.Column("decree_number", sa.Text),
        sa.Column("decree_date", sa.Date),
        sa.Column("decree_attachment", sa.Text),
        sa.Column("adopted_by", sa.Text, nullable=False),
        sa.Column("adopted_at", sa.DateTime, nullable=False),
        sa.Column("ended_by", sa.Text),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_index(
        "satudata_adoption_in_force",
        "satudata_adoption",
        ["subject", "organization_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "satudata_route",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("organization_id", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
    )
    op.create_index(
        "satudata_route_key",
        "satudata_route",
        [sa.text("coalesce(organization_id, '')"), sa.text("coalesce(kind, '')")],
        unique=True,
    )


def _kept():
    """A SOP's text and what was adopted are proof, as events are."""
    op.execute(KEEP_ADOPTION)
    for table, name, when, each, function in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {function}()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")


def _attachments():
    op.create_table(
        "satudata_attachment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("mimetype", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("uploaded_by", sa.Text, nullable=False),
        sa.Column("uploaded_at", sa.DateTime, nullable=False),
    )


def _case_tables():
    _add(
        "satudata_case",
        sa.Column("publishes", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("cancelled", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("closes_on", sa.Date),
        sa.Column("adoption_id", sa.Text, sa.ForeignKey("satudata_adoption.id")),
        sa.Column("origin_case_id", sa.Text, sa.ForeignKey("satudata_case.id")),
    )
    for name, kind, default in ITEM:
        column = sa.Column(name, kind(), nullable=False, server_default=default)
        op.add_column("satudata_case_item", column)
    _add(
        "satudata_case_item",
        sa.Column("release_date", sa.Text),
        sa.Column("waits_at", sa.Integer),
        sa.Column("delivered_at", sa.DateTime),
        sa.Column("ended", sa.Text),
        sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    )
    _add(
        "satudata_visit",
        sa.Column("organization_id", sa.Text, nullable=False, server_default=""),
        sa.Column("sop_id", sa.Text, sa.ForeignKey("satudata_sop.id")),
        sa.Column("actors", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("writers", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("returned", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("items", sa.Integer, nullable=False, server_default="1"),
        sa.Column("claimed_by", sa.Text),
        sa.Column("paused_since", sa.DateTime),
        sa.Column("decided", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("counted_on", sa.Date),
        sa.Column("case_number", sa.BigInteger),
        sa.Column("joint", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("agencies", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("approver", sa.Text),
        sa.Column("kept_out", ARRAY(sa.Text), nullable=False, server_default="{}"),
    )
    _inbox()
    # What is late is little among all, and is offered to every list that is made up later.
    op.create_index(
        "satudata_case_item_late",
        "satudata_case_item",
        ["case_id"],
        postgresql_where=sa.text("party = 0"),
    )
    # One open case at most can publish a dataset: told by the database, whoever asks.
    op.create_table(
        "satudata_publishing",
        sa.Column("dataset_id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
    )


# What an inbox asks of open visits: those that wait longest in order, with all that says whose they
# are in the index itself (no column that a list of datasets makes long); those of an agency; those
# that somebody cannot end; those that somebody claimed; those that several end together.
INBOX = (
    "CREATE INDEX satudata_visit_inbox ON satudata_visit (opened_at, case_number, id) "
    "INCLUDE (sop_id, step, organization_id, joint, approver, returned, decided, claimed_by, "
    "paused_since) WHERE closed_by IS NULL",
    "CREATE INDEX satudata_visit_agencies ON satudata_visit USING gin (agencies) "
    "WHERE closed_by IS NULL",
    "CREATE INDEX satudata_visit_kept_out ON satudata_visit USING gin (kept_out) "
    "WHERE closed_by IS NULL",
    "CREATE INDEX satudata_visit_claimed ON satudata_visit "
    "(claimed_by, sop_id, step, organization_id) "
    "WHERE closed_by IS NULL AND claimed_by IS NOT NULL",
    "CREATE INDEX satudata_visit_joint ON satudata_visit (sop_id) "
    "WHERE closed_by IS NULL AND joint",
    # The index alone answers only for pages that a vacuum has seen since they changed.
    "ALTER TABLE satudata_visit SET (autovacuum_vacuum_scale_factor = 0.01, "
    "autovacuum_vacuum_insert_scale_factor = 0.01)",
)


def _inbox():
    op.drop_index("satudata_visit_open", "satudata_visit")
    for statement in INBOX:
        op.execute(statement)


def _no_inbox():
    op.execute(
        "ALTER TABLE satudata_visit RESET (autovacuum_vacuum_scale_factor, "
        "autovacuum_vacuum_insert_scale_factor)"
    )
    for name in ("inbox", "agencies", "kept_out", "claimed", "joint"):
        op.drop_index(f"satudata_visit_{name}", "satudata_visit")
    op.create_index(
        "satudata_visit_open",
        "satudata_visit",
        ["step", "opened_at"],
        postgresql_where=sa.text("closed_by IS NULL"),
    )


def _links():
    op.create_table(
        "satudata_link",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("token_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
        sa.Column("item", sa.Text),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("visit", sa.Integer, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
        sa.Column("withdrawn_at", sa.DateTime),
        sa.Column("withdrawn_by", sa.Text),
    )
    op.create_index("satudata_link_case", "satudata_link", ["case_id"])


def _work():
    op.create_table(
        "satudata_work",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("effects", ARRAY(sa.Text), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("done_at", sa.DateTime),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("refused", sa.Text),
        sa.Column("facts", JSONB),
        sa.UniqueConstraint("case_id", "sequence", "item"),
    )
    op.create_index(
        "satudata_work_open",
        "satudata_work",
        ["id"],
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "satudata_idempotency",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("request_sha256", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )


def _assignments():
    _add(
        "satudata_assignment",
        sa.Column("decree_number", sa.Text),
        sa.Column("decree_date", sa.Date),
        sa.Column("decree_attachment", sa.Text),
        sa.Column("acting", sa.Text),
        sa.Column("for_user_id", sa.Text),
        sa.Column("ended_on", sa.Date),
        sa.Column("ended_by", sa.Text),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_index("satudata_assignment_actor", "satudata_assignment", ["sop", "actor"])


def _delivery():
    op.create_table(
        "satudata_delivery",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("dataset_id", sa.Text, nullable=False),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("from_case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
        sa.Column("approval", JSONB, nullable=False),
        sa.Column("delivered_by", sa.Text, nullable=False),
        sa.Column("delivered_at", sa.DateTime, nullable=False),
        sa.Column("placed_case_id", sa.Text, sa.ForeignKey("satudata_case.id")),
        sa.Column("placed_by", sa.Text),
        sa.Column("placed_at", sa.DateTime),
    )


def downgrade():
    for table, name, *_rest in KEPT:
        op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
    for table in (
        "satudata_delivery",
        "satudata_idempotency",
        "satudata_work",
        "satudata_link",
        "satudata_publishing",
        "satudata_attachment",
        "satudata_route",
    ):
        op.drop_table(table)
    _no_inbox()
    op.drop_index("satudata_assignment_actor", "satudata_assignment")
    columns = {
        "satudata_case": ("publishes", "cancelled", "closes_on", "adoption_id", "origin_case_id"),
        "satudata_case_item": (
            *(name for name, _kind, _default in ITEM),
            *("release_date", "waits_at", "delivered_at", "ended", "position"),
        ),
        "satudata_visit": (
            *("organization_id", "sop_id", "actors", "writers", "returned", "items"),
            *("claimed_by", "paused_since", "decided", "counted_on", "case_number"),
            *("joint", "agencies", "approver", "kept_out"),
        ),
        "satudata_assignment": (
            *("decree_number", "decree_date", "decree_attachment", "acting", "for_user_id"),
            *("ended_on", "ended_by", "ended_at"),
        ),
    }
    for table, names in columns.items():
        for name in names:
            op.drop_column(table, name)
    op.drop_table("satudata_adoption")
    op.execute("DROP FUNCTION satudata_keep_adoption()")
