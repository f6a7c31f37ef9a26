"""The style and the words of a printed form 审批单."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from domain.vocabulary import Label

STYLE = (Path(__file__).parent / "printed.css").read_text(encoding="utf-8")

_DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'"
"""The page brings its one sheet of style, and nothing else is loaded or run; a saved one too."""

WORDS = {
    "title": Label("{office} {kind}审批单", "{office}: {kind}, approval form"),
    "number": Label("编号", "Number"),
    "status": Label("状态", "State"),
    "applicant": Label("申请人", "Applicant"),
    "unit": Label("科室", "Unit"),
    "submitted": Label("提交时间", "Submitted"),
    "completed": Label("办结时间", "Completed"),
    "round": Label("第 {n} 次提交", "Submission {n}"),
    "asked": Label("申请内容", "What is asked for"),
    "papers": Label("附件", "Papers"),
    "opinions": Label("审批意见", "Decisions"),
    "step": Label("环节", "Step"),
    "opinion": Label("意见", "Decision"),
    "by": Label("签署", "Signed"),
    "clause": Label("依据", "Clause"),
    "notes": Label("附注", "Notes"),
    "clauses": Label("依据条款", "Clauses"),
    "history": Label("办理记录", "Record"),
    "position": Label("台账序号", "Ledger no."),
    "at": Label("时间", "When"),
    "who": Label("经办", "By"),
    "what": Label("事项", "What"),
    "agree": Label("同意", "Agreed"),
    "reject": Label("不同意", "Rejected"),
    "return": Label("退回", "Returned"),
    "or": Label("(或{n})", " (or {n})"),
    "acting": Label("代{name}({document})", "acting for {name} ({document})"),
    "outside": Label(
        "答复文件：{number}，{dated}，{name}", "Answered by {number}, {dated}, {name}"
    ),
    "telephone": Label(
        "电话同意，{at}，由 {name} 记录", "Agreed by telephone, {at}, recorded by {name}"
    ),
    "handed": Label("{name} 转出：{reason}", "Handed on by {name}: {reason}"),
    "confirms": Label("书面确认电话同意", "Confirms in writing what was said by telephone"),
    "repeats": Label("退回后再次办理", "Asked again after a return"),
    "added": Label("加签", "Asked to sign besides"),
    "sign": Label("签字:\n          年   月   日", "Signature:\nDate:"),
    "rules": Label("适用规则第 {n} 版", "Rulebook version {n}"),
    "chain": Label("台账第 {n} 号，摘要 {hash}", "Ledger line {n}, digest {hash}"),
    "signed": Label(
        "本页以密钥 {key} 签名，用 guiju verify-receipt 核验",
        "Signed by the key {key}: guiju verify-receipt proves it",
    ),
    "head": Label(
        "{day} 签名的台账第 {n} 号覆盖以上各号，摘要 {hash}",
        "Covered by the head signed on {day}: ledger line {n}, digest {hash}",
    ),
    "no_head": Label("尚无签名覆盖以上各号", "No signed head covers these lines yet"),
    "printed": Label("{name} 打印于 {at}", "Printed by {name}, {at}"),
    "destroyed": Label("文字已销毁", "Its texts were destroyed"),
    "comma": Label("、", ", "),
}
