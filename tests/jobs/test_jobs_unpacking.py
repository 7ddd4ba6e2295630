"""Archives and mails among the uploads: their files are taken as if they had been sent one by one, and nothing is lost."""

import io
import zipfile
from email.message import EmailMessage

from casefile.case import Case
from casefile.upload import Upload
from jobs.case_work.steps.taking import opened_up
from reading.read import ReadingRoom


def case(**files):
    body = {"platform": "amazon", "procedure": "a_to_z_response", "order": {"id": "112-4829307-7716253"}}
    return Case.model_validate(body | {"files": [{"name": name, "use": use} for name, use in files.items()]})


def archive(*files):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as packed:
        for name, data in files:
            packed.writestr(name, data)
    return sink.getvalue()


def mail():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "c@d.example", "Order"
    message["Date"] = "Mon, 02 Nov 2026 14:22:00 +0800"
    message.set_content("Hello")
    message.add_attachment(b"photo", maintype="image", subtype="png", filename="photo.png")
    return bytes(message)


def test_files_of_an_archive_and_of_a_mail_in_it():
    upload = Upload(name="all.zip", data=archive(("question.eml", mail()), ("a.txt", b"one")))
    with ReadingRoom() as room:
        uploads, aside = opened_up(case(), (upload,), room)
    assert [one.name for one in uploads] == ["all.zip", "question.eml", "photo.png", "a.txt"]
    assert [(line.file, line.code, line.params["count"]) for line in aside] == [("all.zip", "archive-unpacked", 2)]


def test_an_archive_that_the_case_leaves_out_stays_packed():
    upload = Upload(name="all.zip", data=archive(("a.txt", b"one")))
    with ReadingRoom() as room:
        uploads, aside = opened_up(case(**{"all.zip": "exclude"}), (upload,), room)
    assert (uploads, aside) == ((upload,), ())


def test_two_files_of_one_name_are_told_apart():
    uploads = (Upload(name="a.txt", data=b"one"), Upload(name="more.zip", data=archive(("A.txt", b"two"))))
    with ReadingRoom() as room:
        names = [one.name for one in opened_up(case(), uploads, room)[0]]
    assert names == ["a.txt", "more.zip", "A (more).txt"]
