"""What bears a secrecy mark is refused wherever it is written, and nothing of it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.files.marks import bears_mark
from tests.office import Api, leave, problems
from tests.sending import begin

MARKED = (
    *("机密★10年", "绝密★启用前", "秘密★", "机密☆长期", "機密★３年", "机 密 ★ 10 年", "机密*10年"),
    *("机\u3000密\u3000★\u3000１０\u3000年", "密级:机\u200b密★十年", "绝密⭐", "秘密＊5年"),
)
SPOKEN = (
    *("保守国家秘密", "涉密人员不得携带手机", "机密文件柜的钥匙", "秘密投票", "评为★级窗口"),
    *("商业秘密\n★重点工作", "绝密级以下", "机密* 见注"),
)


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_known_however_it_is_written(text: str) -> None:
    assert bears_mark(f"关于报送材料的通知{text}。")


@pytest.mark.parametrize("text", SPOKEN)
def test_of_secrets_anybody_may_speak(text: str) -> None:
    assert not bears_mark(text)


@given(
    st.sampled_from(MARKED[:5]), st.text(max_size=20), st.lists(st.sampled_from(" \u3000\t\u2003"))
)
def test_blanks_hide_no_mark(mark: str, before: str, blanks: list[str]) -> None:
    assert bears_mark(before + "".join(blanks).join(mark))


async def test_a_marked_text_is_refused_at_its_field_and_leaves_nothing(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.personal", leave("2026-03-16"))
    before = await api.counts()
    refused = await staff.submit("leave.personal", leave("2026-03-17", explanation="机密★10年"))
    assert problems(refused) == {("explanation", "SECRECY_MARK")}
    said = await staff.act("comment", requestId=request["id"], text="见 绝密 ★ 启用前 卷")
    assert problems(said) == {("text", "SECRECY_MARK")}
    drafted = await staff.act("saveDraft", kind="LEAVE_SICK", form={"explanation": "秘密★"})
    assert problems(drafted) == {("form.explanation", "SECRECY_MARK")}
    named = await begin(staff, "机密★10年.pdf", 10)
    assert problems(named) == {("name", "SECRECY_MARK")}
    assert await api.counts() == before
    assert await api.value("select count(*) from files") == 0
