"""Exemption from duty 免予值班: whoever is let off is on no roster, for good or until a day.

Regulations: 值班制度.
"""

from datetime import date

from domain.approval.procedure import Form, Procedure, Requirement, asked, explanation

KIND = "duty.exemption"


class Exemption(Form):
    """免予值班: why, and until when where it is not for good."""

    explanation: str = explanation()
    special: bool | None = asked("特殊情况", "Special circumstances", default=None)
    until: date | None = asked("免至", "The last day of it", default=None)


PROCEDURES = (
    Procedure(
        KIND,
        Exemption,
        requirements=(
            Requirement(
                "END_BEFORE_START",
                ("until",),
                lambda form, known: form.until is None or form.until >= known.today,
            ),
        ),
    ),
)
