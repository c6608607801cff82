"""Clocks of cases, and the calendars of offices that they are reckoned by.

Revision ID: 013_clocks
Revises: 012_wall
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "013_clocks"
down_revision = "012_wall"
branch_labels = None
depends_on = None

# Whoever reckons by a calendar holds it until his commit, so that a change of it finds every clock
# that was reckoned before. The version is read after the lock: each statement here sees anew.
VERSION = """
CREATE OR REPLACE FUNCTION satudata_calendar_version() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('satudata:calendar', 0));
    RETURN coalesce((SELECT max(version) FROM satudata_calendar), 0);
END
$$
"""
# Taken before anything else is locked: a change of a calendar waits for all who reckon by it. A
# version is never given twice, so that nobody takes what he remembers of another one for this.
NEXT_VERSION = """
CREATE OR REPLACE FUNCTION satudata_calendar_next() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    present bigint := extract(epoch FROM clock_timestamp()) * 1000000;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('satudata:calendar', 0));
    present := greatest(present, (SELECT max(version) + 1 FROM satudata_calendar));
    DELETE FROM satudata_calendar;
    INSERT INTO satudata_calendar VALUES (present);
    RETURN present;
END
$$
"""
# What was judged stays as it was judged.
KEEP = """
CREATE OR REPLACE FUNCTION satudata_keep_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.opened_at, NEW.due_at, NEW.closed_at, NEW.late, NEW.minutes, NEW.norm)
        IS DISTINCT FROM
       (OLD.opened_at, OLD.due_at, OLD.closed_at, OLD.late, OLD.minutes, OLD.norm)
    THEN
        RAISE EXCEPTION 'satudata: clock % is closed and stays as it was', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$
"""
KEPT = """
CREATE TRIGGER satudata_clock_kept BEFORE UPDATE ON satudata_clock
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION satudata_keep_clock()
"""
INBOX = (
    "CREATE INDEX satudata_visit_inbox ON satudata_visit (opened_at, case_number, id) "
    "INCLUDE (sop_id, step, organization_id, joint, approver, returned, decided, claimed_by, {}) "
    "WHERE closed_by IS NULL"
)
# Open visits by when they are due, for lists of what is near or over: all that says whose they are
# in the index itself, as in the inbox.
DUE = (
    "CREATE INDEX satudata_visit_due ON satudata_visit (due_at, case_number, id) "
    "INCLUDE (near_at, sop_id, step, organization_id, joint, approver, returned, decided, "
    "claimed_by, paused_since) WHERE closed_by IS NULL AND due_at IS NOT NULL",
    "DROP INDEX satudata_visit_inbox",
    INBOX.format("paused_since, due_at, near_at"),
    "CREATE INDEX satudata_clock_due ON satudata_clock (due_at, id) "
    "WHERE closed_at IS NULL AND reminds",
    "CREATE INDEX satudata_clock_near ON satudata_clock (near_at, id) "
    "WHERE closed_at IS NULL AND reminds",
    "CREATE INDEX satudata_clock_visit ON satudata_clock (visit_id) WHERE closed_at IS NULL",
    "CREATE INDEX satudata_clock_office ON satudata_clock (office_id) WHERE closed_at IS NULL",
)


def upgrade():
    _clocks()
    _calendars()
    for statement in (VERSION, NEXT_VERSION, KEEP, KEPT, *DUE):
        op.execute(statement)


def _clocks():
    op.create_table(
        "satudata_clock",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id"), nullable=False),
        sa.Column("case_number", sa.BigInteger),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("item", sa.Text),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("rows", ARRAY(sa.Integer), nullable=False),
        sa.Column("visit_id", sa.Text),
        sa.Column("at_step", sa.Integer, nullable=False),
        sa.Column("sop_id", sa.Text, sa.ForeignKey("satudata_sop.id"), nullable=False),
        sa.Column("office_id", sa.Text, nullable=False),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("amount", sa.Integer),
        sa.Column("norm", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("due_at", sa.DateTime),
        sa.Column("near_at", sa.DateTime),
        sa.Column("stopped_at", sa.DateTime),
        sa.Column("stopped_by", sa.Text),
        sa.Column("stopped_why", sa.Text),
        sa.Column("stopped_event", sa.Integer),
        sa.Column("stood", JSONB, nullable=False),
        sa.Column("effort", sa.Boolean, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("reminds", sa.Boolean, nullable=False),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("counted_on", sa.Date),
        sa.Column("late", sa.Boolean),
        sa.Column("minutes", sa.Integer),
        sa.Column("calendar", sa.Text, nullable=False),
        sa.Column("moved_at", sa.DateTime),
        sa.Column("moved_from", sa.DateTime),
        sa.Column("moved_by", sa.Integer),
    )
    op.execute(
        "CREATE UNIQUE INDEX satudata_clock_key ON satudata_clock "
        "(case_id, coalesce(item, ''), step, number)"
    )
    op.add_column("satudata_visit", sa.Column("due_at", sa.DateTime))
    op.add_column("satudata_visit", sa.Column("near_at", sa.DateTime))


def _calendars():
    op.create_table("satudata_calendar", sa.Column("version", sa.BigInteger, primary_key=True))
    _table(
        "satudata_holiday_correction",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("off", sa.Boolean, nullable=False),
        sa.Column("joint", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("name", sa.Text, nullable=False),
        key="day",
    )
    _table(
        "satudata_ramadan",
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        key="first_day",
    )
    _table(
        "satudata_working_hours",
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("usual", ARRAY(sa.Text), nullable=False),
        sa.Column("ramadan", ARRAY(sa.Text), nullable=False),
        key="since",
    )


def _table(name, *columns, key):
    """A table of an office's own (of no office: of the portal), whose rows are ended and kept."""
    op.create_table(
        name,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("organization_id", sa.Text),
        *columns,
        sa.Column("decree_number", sa.Text, nullable=False),
        sa.Column("decree_date", sa.Date),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("ended_by", sa.Text),
        sa.Column("ended_at", sa.DateTime),
    )
    op.execute(
        f"CREATE UNIQUE INDEX {name}_one ON {name} (coalesce(organization_id, ''), {key}) "
        "WHERE ended_at IS NULL"
    )


def downgrade():
    for table in ("working_hours", "ramadan", "holiday_correction", "calendar"):
        op.drop_table(f"satudata_{table}")
    op.execute("DROP INDEX satudata_visit_due")
    op.execute("DROP INDEX satudata_visit_inbox")
    op.execute(INBOX.format("paused_since"))
    op.drop_column("satudata_visit", "near_at")
    op.drop_column("satudata_visit", "due_at")
    op.drop_table("satudata_clock")
    for name in ("keep_clock", "calendar_next", "calendar_version"):
        op.execute(f"DROP FUNCTION satudata_{name}()")
