"""Answers to what the platform asked or refused: every item, our answer, its exhibits."""

from letters.scene import Paragraphs, Raw, Scene


def write(scene: Scene) -> Paragraphs:
    """One paragraph per answered item."""
    paragraphs: Paragraphs = []
    for place, rejection in enumerate(scene.case.rejections):
        for number, reason in enumerate(rejection.reasons):
            answer = scene.own(reason.answer, "argument", f"/rejections/{place}/reasons/{number}/answer", reason.files)
            if answer is None:
                continue
            key = "letter.rejection" + ("_id" if rejection.submission_id else "")
            date = scene.day(rejection.at) if rejection.at else ""
            text = scene.text(key, id=rejection.submission_id or "", date=date, text=(reason.text or "").rstrip("。. "))
            paragraphs.append([Raw(text=text, sentence_class="fact", proof="record"), answer])
    for place, item in enumerate(scene.case.notice.required_items if scene.case.notice else ()):
        answer = scene.own(item.answer, "argument", f"/notice/required_items/{place}/answer", item.files)
        if answer:
            text = scene.text("letter.required_item", text=(item.text or "").rstrip("。. "))
            paragraphs.append([Raw(text=text, sentence_class="fact", proof="record"), answer])
    return paragraphs
