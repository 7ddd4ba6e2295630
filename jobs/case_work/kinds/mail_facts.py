"""Reads a platform's mail for whoever fills a case from it; no worker is needed, it is only text."""

from evidence_packer.understand.mail import MailFacts, read_mail

__all__ = ["MailFacts", "read_mail"]
