"""The numbers of a mail: of its order and of its claim, behind their labels or by the form that only they have. Pure."""

import re

from evidence_packer.understand.mail_text import MailText, labelled, plain

CLAIMS = ("/claim/id", "/payment/dispute_id", "/return/id", "/notice/id", "/submission/case_id")
"""Fields of a case that hold the number of a claim, whatever a procedure calls it."""
_NO_CODE = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?|\d\d?-\d\d?-(?:19|20)\d\d|(?:19|20)\d{2}[01]\d[0-3]\d")
"""What is a day, and no number."""
_LEAST_ID = 9
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{4,60}")
_LONG_LABEL = 40


def order_number(mail: MailText) -> str | None:
    """The number of the order that no interpreter knew by its form."""
    return _code(mail, "order_id", None) or _short_order(mail) or _order_in_words(mail)


def claim_number(mail: MailText, order: str | None) -> str | None:
    """The number of the claim, which is not that of the order."""
    return _code(mail, "claim_id", order) or _of_a_claim(mail, order) or _claim_by_form(mail, order)


def _code(mail: MailText, name: str, without: str | None) -> str | None:
    for rest in labelled(mail, name):
        for match in _CODE.finditer(rest.lstrip(" :：#")[:80]):
            if match[0] != without and any(map(str.isdigit, match[0])) and not _NO_CODE.fullmatch(match[0]):
                return match[0]
    return None


def _order_in_words(mail: MailText) -> str | None:
    """The only number of the platform's form in the sentences that speak of an order ("a refund for order 5798…")."""
    words = {
        part for label in mail.labels("order_id") for part in re.findall(r"[^\W\d_]{4,}|[^\x00-\u2e7f]{2,}", label)
    }
    forms = [one.pattern for one in mail.platform.identifiers if one.field == "/order/id"]
    lines = [line for line in mail.lines if any(word in plain(line) for word in words)]
    found = {
        match[0]
        for line in lines
        for form in forms
        for match in re.finditer(rf"(?<![A-Za-z0-9_-])(?:{form})(?![A-Za-z0-9_-])", line)
        if len(match[0]) >= _LEAST_ID and not _is_called(mail, line[: match.start()])
    }
    return found.pop() if len(found) == 1 else None


def _claim_by_form(mail: MailText, order: str | None) -> str | None:
    """The only number that is written as the platform writes those of claims, and as no other number is."""
    forms = [one.pattern for one in mail.platform.identifiers if one.field in CLAIMS and one.in_text]
    text = "\n".join(mail.lines)
    found = {m[0] for form in forms for m in re.finditer(rf"(?<![\w-])(?:{form})(?![\w-])", text)} - {order}
    marked = {
        one
        for one in found
        if len(one) >= _LEAST_ID and re.search(r"\d", one) and re.search(r"[_-]", one) and not _NO_CODE.fullmatch(one)
    }
    return marked.pop() if len(marked) == 1 else None


def _is_called(mail: MailText, head: str) -> bool:
    """Whether the words right before a number call it that of a claim."""
    ahead = plain(head).rstrip(" :：#")
    return any(ahead.endswith(plain(label)) for label in mail.labels("claim_id"))


def _short_order(mail: MailText) -> str | None:
    """A short number behind the label of an order (#4471), where the platform writes its orders so."""
    forms = [one.pattern for one in mail.platform.identifiers if one.field == "/order/id"]
    for rest in labelled(mail, "order_id"):
        word = next(iter(rest.strip(" :：#").split()), "").strip(".,;()")
        if word and any(re.fullmatch(form, f"#{word}") for form in forms):
            return f"#{word}"
    return None


def _of_a_claim(mail: MailText, order: str | None) -> str | None:
    """The code behind a label that is made of a claim and a word for a number ("ID du litige", 纠纷单号, "Return Order ID")."""
    nouns = [plain(word) for name in ("claims", "returns") for word in mail.labels(name)]
    numbers = [plain(word) for word in mail.labels("ids")]
    for line in mail.lines:
        label, _, value = line.replace("：", ":").partition(":")
        code = _CODE.match(value.strip(" #"))
        if not code or code[0] == order or _NO_CODE.fullmatch(code[0]) or not any(map(str.isdigit, code[0])):
            continue
        called = plain(label)
        if len(called) <= _LONG_LABEL and any(word in called for word in nouns):
            marked = value.strip().startswith("#") or any(_stands(word, called) for word in numbers)
            if marked:
                return code[0]
    return None


def _stands(word: str, label: str) -> bool:
    """Whether a word for a number stands in a label: whole, or as the end of another word (Fallnummer, 纠纷单号)."""
    return re.search(rf"{re.escape(word)}(?![a-zà-ÿ])", label) is not None if word.isalpha() else word in label


def charge_number(mail: MailText) -> str | None:
    """The only number that is written as the platform writes those of payments."""
    forms = [one.pattern for one in mail.platform.identifiers if one.field == "/payment/charge_id"]
    text = "\n".join(mail.lines)
    found = {m[0] for form in forms for m in re.finditer(rf"(?<![\w-])(?:{form})(?![\w-])", text)}
    found = {one for one in found if re.search(r"\d", one) and re.search(r"[A-Za-z]", one)}
    return found.pop() if len(found) == 1 else None
