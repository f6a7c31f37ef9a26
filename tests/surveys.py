"""What officers found out on the spot about what is asked for."""

from tests.duty import enter
from tests.office import MONDAY, Api

POLICE = "household-registration"


async def surveyed(api: Api, request: str) -> None:
    """Two officers have looked into it on the spot, for whatever it is."""
    officer = await api.person(f"household_officer@{POLICE}")
    for of in ("LATE_ENTRY", "MOVE_IN"):
        done = await enter(
            officer, "HouseholdSurvey", requestId=request, surveyedOn=MONDAY.date().isoformat(),
            surveyOf=of, officers=2, officerNames="樊婷婷、梁福林", informedPersons=2,
            onSiteInvestigated=True, reportComplete=True, report="属实", paperSent=True,
        )  # fmt: skip
        assert done["__typename"] == "LineEntered", done
