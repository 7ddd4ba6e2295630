"""Reads a platform's mail for whoever fills a case from it, and says where a heap belongs; no worker is needed, it is only text."""

from evidence_packer.understand.mail import MailFacts, read_mail
from evidence_packer.understand.proposing import MAIL_TYPES, begun_by_heap

__all__ = ["MAIL_TYPES", "MailFacts", "begun_by_heap", "read_mail"]
