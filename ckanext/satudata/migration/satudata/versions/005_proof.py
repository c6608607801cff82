"""Events beside cases, daily heads, and references to people.

Revision ID: 005_proof
Revises: 004_outbox
Create Date: 2026-11-21
"""

revision = "005_proof"
down_revision = "004_outbox"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
