"""What a finding means, said so that an office clerk understands it, in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.messages import EN, Message
from domain.rules.findings import MatrixFinding, MatrixProblem
from domain.rules.phrases import ACTS, PARTS, condition_said
from domain.rules.routes import Finding, Route, RouteStep
from domain.rules.rows import ANY, DECIDING, NONE, Register
from domain.vocabulary import Label, Vocabulary

MOST_CLAUSES = 3
SENTENCES = {
    "SILENT": Message(
        "{region}：没有规定谁批准；最近的规定：{clauses}",
        "{region}: no clause says who approves; nearest: {clauses}",
    ),
    "ASKED": Message(
        "{region}：没有规定谁批准；{clauses} 要求办理，却没有写由谁批准",
        "{region}: no clause says who approves; {clauses} asks for it and names nobody",
    ),
    "OVERLAP": Message(
        "{region}：规定互相矛盾；{sides}", "{region}: the rules contradict each other; {sides}"
    ),
    "SELF_APPROVAL": Message(
        "{region}：只有“{role}”能批准，而申请人就是“{role}”或职级更高，没有规定由谁决定；{clauses}",
        "{region}: only the {role} could decide; the applicant is the {role} or stands above, "
        "and no clause says who does instead; {clauses}",
    ),
    "UNREACHABLE": Message(
        "{region}：没有这样的申请，规则 {rule} 永远用不上；{clauses}",
        "{region}: there is no such request, rule {rule} never applies; {clauses}",
    ),
    "VACANT_SEAT": Message(
        "{region}：“{role}”没有人担任，这一步无人能办；{clauses}",
        "{region}: nobody is {role}, so nobody can take this step; {clauses}",
    ),
}
EVERY_CASE = Label("任何情形", "In every case")
NOBODY_NAMED = Label("须批准而没有写由谁", "an approval by nobody named")


@dataclass(frozen=True)
class Speaker:
    """The words of an institution and the titles of its regulations, in one language."""

    vocabulary: Vocabulary
    titles: Mapping[str, str]
    language: str

    def say(self, label: Label) -> str:
        return label.en if self.language == EN else label.zh

    def role(self, role: str) -> str:
        known = self.vocabulary.roles.get(role)
        return self.say(known.label) if known else role

    def clauses(self, clauses: Iterable[str]) -> str:
        """The first few: 考勤办法 三, 财务制度 二 …"""
        named = [f"{self.titles.get(each, '')} {each.partition('/')[2]}" for each in clauses]
        more = self.say(Label("等", " …")) if len(named) > MOST_CLAUSES else ""
        return self.say(Label("、", ", ")).join(named[:MOST_CLAUSES]) + more


def speaker(vocabulary: Vocabulary, register: Register, language: str) -> Speaker:
    titles = {line.clause: line.title for line in register.values()}
    return Speaker(vocabulary, titles, language)


def sentence(found: MatrixFinding, speaker: Speaker) -> str:
    """超过 500 元、不足 1000 元：没有规定谁批准 …"""
    problem: str = found.problem
    if found.problem is MatrixProblem.GAP:
        problem = "ASKED" if found.claim.clauses else "SILENT"
    region = speaker.say(condition_said(found.region, speaker.vocabulary))
    details = {
        "region": region or speaker.say(EVERY_CASE),
        "clauses": speaker.clauses(found.clauses),
        "role": speaker.role(found.claim.role),
        "rule": found.claim.rule,
        "sides": speaker.say(PARTS).join(side_said(side, speaker) for side in found.sides),
    }
    return SENTENCES[problem].say(speaker.language, details)


def side_said(side: Route, speaker: Speaker) -> str:
    """考勤办法 三：科长审核，分管领导批准."""
    chain = [step_said(step, speaker) for step in side.steps if step.act in DECIDING]
    without = {Finding.FORBIDDEN: ACTS[ANY], Finding.GAP: NOBODY_NAMED}
    told = chain or [speaker.say(without.get(side.finding, ACTS[NONE]))]
    comma, colon = speaker.say(Label("，", ", ")), speaker.say(Label("：", ": "))
    return f"{speaker.clauses(side.claims)}{colon}{comma.join(told)}"


def step_said(step: RouteStep, speaker: Speaker) -> str:
    roles = speaker.say(Label("或", " or ")).join(map(speaker.role, step.roles))
    return f"{roles}{speaker.say(Label('', ': '))}{speaker.say(ACTS[step.act])}"
