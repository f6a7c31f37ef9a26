"""Plates are written one way; what was entered otherwise is brought into it, unless it collides."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SHAPE = f"^[{PROVINCES}][A-Z]([A-HJ-NP-Z0-9]{{5,6}}|[A-HJ-NP-Z0-9]{{4}}[挂学警港澳领试超])$"


MARKS = "[\\s.·•・‧⋅∙‐‑–—−-]+"
ONE_WAY = f"""
with closed as (
  select institution_id, id, plate,
         upper(regexp_replace(normalize(plate, NFKC), '{MARKS}', '', 'g')) as letters
  from vehicles
), written as (
  select institution_id, id,
         case when letters ~ '{SHAPE}'
           then substr(letters, 1, 2) || '·' || substr(letters, 3) else plate end as plate
  from closed
), alone as (
  select institution_id, plate from written group by institution_id, plate having count(*) = 1
)
update vehicles v set plate = w.plate
from written w join alone using (institution_id, plate)
where (v.institution_id, v.id) = (w.institution_id, w.id) and v.plate <> w.plate
"""
"""Two lines that write one plate both stay: which of them is the car, people must say."""


def upgrade() -> None:
    # The walls hold the owner too: they stand aside for this statement.
    op.execute("alter table vehicles no force row level security")
    op.execute(ONE_WAY)
    op.execute("alter table vehicles force row level security")


def downgrade() -> None:
    """A plate stays as it is written."""
