"""What is said of files: uploads, papers of a record, and opening them."""

from domain.messages.message import Message

KINDS_TAKEN = "PDF、OFD、WPS、DOCX、XLSX、JPEG、PNG、HEIC"

MESSAGES: dict[str, Message] = {
    "INVALID_FILE_NAME": Message(
        '文件名为空、超过 120 个字,或含有路径、控制字符和 : * ? " < > | 等符号',
        "The file name is blank, longer than 120 characters, or holds a path or a sign "
        'such as : * ? " < > |',
    ),
    "FILE_KIND_REFUSED": Message(
        f"不收这种文件;只收 {KINDS_TAKEN}",
        "Such files are not taken: PDF, OFD, WPS, DOCX, XLSX, JPEG, PNG and HEIC alone",
    ),
    "FILE_NOT_AS_NAMED": Message(
        "文件内容与文件名的后缀不符", "The file is not what the ending of its name says"
    ),
    "FILE_WITH_PROGRAM": Message(
        "文件含有宏、脚本或程序,不予接收", "The file holds macros, scripts or programs"
    ),
    "FILE_NOT_READABLE": Message(
        "文件已损坏或无法检查", "The file is damaged, or cannot be looked through"
    ),
    "FILE_EMPTY": Message("文件是空的", "The file is empty"),
    "FILE_TOO_LARGE": Message(
        "这种文件最大 {limit} MB", "A file of this kind has at most {limit} MB"
    ),
    "SECRECY_MARK": Message(
        "带有密级标志;涉密内容不得进入本系统,所填内容未予保存",
        "It bears a secrecy mark: classified content does not belong here, and nothing was kept",
    ),
    "INVALID_SHA256": Message(
        "应为 64 位十六进制的 SHA-256", "Should be a SHA-256 in 64 hex digits"
    ),
    "UPLOAD_NOT_FOUND": Message("没有这个上传的文件", "There is no such upload"),
    "UPLOAD_INCOMPLETE": Message(
        "已收到 {received} 字节,应有 {size} 字节", "{received} of {size} bytes have come"
    ),
    "UPLOAD_SIZE_DIFFERS": Message(
        "与申报的大小 {size} 字节不符", "Not the {size} bytes that were announced"
    ),
    "UPLOAD_DIGEST_DIFFERS": Message(
        "SHA-256 与收到的内容不符", "Not the SHA-256 of what has come"
    ),
    "INVALID_RANGE": Message("没有这一段内容", "There are no such bytes"),
    "INVALID_PAPER_NAME": Message(
        "材料名称为空或太长", "The name of the demanded paper is blank or too long"
    ),
    "UPLOAD_OFFSET": Message("请从第 {offset} 字节续传", "Go on at byte {offset}"),
    "UPLOAD_IN_HAND": Message(
        "这个文件正由另一个连接上传", "Another connection is sending this file"
    ),
    "UPLOAD_CONFIRMED": Message("文件已经确认,不能再改", "It is confirmed and stands"),
    "UPLOAD_NOT_CONFIRMED": Message("文件还没有确认", "The upload is not confirmed yet"),
    "UPLOAD_ATTACHED": Message(
        "这个文件已附在另一件事项上,请另行上传",
        "It goes with another record already: upload it again",
    ),
    "QUOTA_OF_PERSON": Message(
        "您的文件已达上限 {limit} MB", "Your files have reached their {limit} MB"
    ),
    "QUOTA_OF_OFFICE": Message(
        "本机关的文件已达上限 {limit} MB", "The office's files have reached their {limit} MB"
    ),
    "STORAGE_FULL": Message(
        "存储空间已满,暂时不能上传和提交,仍可查阅;请联系管理员",
        "Storage is full: nothing can be uploaded or submitted for now, reading goes on",
    ),
    "PAPER_NOT_YOURS_TO_OPEN": Message(
        "这份材料涉及健康、身份或账户,只由据以办理的人员和保管人查阅",
        "It tells of health, identity or accounts: those open it whose act it serves, "
        "and afterwards its keeper",
    ),
    "LINK_EXPIRED": Message("链接已失效,请重新打开", "The link no longer opens anything"),
    "CONTENT_MISSING": Message("文件内容不在了", "Its content is gone"),
}
