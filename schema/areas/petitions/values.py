"""What the values of the enums on petitions, contacts and receptions say."""

VALUES = {
    "AnswerForm": {
        "ORAL": "口头: by word of mouth.",
        "WRITTEN": "书面: in writing.",
    },
    "ContactPurpose": {
        "ERRAND": "办事: something is to be done.",
        "ENQUIRY": "咨询: a question.",
        "REPORT": "反映、举报: a report or tip-off.",
    },
    "AskedScope": {
        "OWN": "本科室: one's own section.",
        "OTHER": "其他科室: another section.",
        "UNCLEAR": "不明确: it is not clear whose it is.",
        "OUTSIDE": "不属本单位: outside the office.",
    },
}
