"""An example of a form is accepted from whoever asks for it, or says why there is none."""

from tests.office import Api, problems
from tests.test_forms_explained import PREVIEW, submit


async def test_an_example_keeps_clear_of_when_its_reader_is_away_already(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    for name in ("LEAVE_PERSONAL", "OUTING_OFFICIAL", "LEAVE_PERSONAL"):
        [kind] = await asking.one(f"{{ kinds(kind: {name}) {{ example {{ form }} }} }}")
        form = {"kind": name, "form": kind["example"]["form"]}
        begins = next(each for each in ("begins", "departs") if each in form["form"])
        sent = await submit(asking, form)
        assert sent["__typename"] == "Submitted", sent
        # What the query asks first needs no office; the preview beside it does.
        both = "query ($input: PreviewInput!) { viewer { name } "
        data = (await asking.ask(both + PREVIEW.partition("{")[2], {"input": form})).data
        again = data["preview"]
        assert (again["code"], problems(again)) == (
            "ABSENCE_OVERLAPS",
            {(f"form.{begins}", "ABSENCE_OVERLAPS")},
        )


async def test_why_there_is_no_example_is_what_a_form_would_be_told(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    why = {
        each["kind"]: each["noExample"]
        for each in await asking.one("{ kinds(regulated: true) { kind noExample } }")
    }
    assert "门卫" in why["DUTY_LEAVE_POST"]
    assert why["VEHICLE_PRIVATE_USE"].startswith("规定禁止")
    assert why["LEAVE_PERSONAL"] is None
