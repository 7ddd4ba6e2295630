"""What was offered or done for the buyer; only dated proof makes it done."""

from letters.scene import Paragraphs, Raw, Scene


def write(scene: Scene) -> Paragraphs:
    """One paragraph, or none."""
    remedy = scene.case.remedy
    if remedy is None:
        return []
    what = scene.text(f"letter.remedy.{remedy.type}")
    amount = scene.text("letter.remedy_amount", amount=scene.money(remedy.amount)) if remedy.amount else ""
    params = {"what": what, "amount": amount, "date": scene.moment(remedy.at) if remedy.at else ""}
    cites = scene.cite_files(remedy.files)
    if remedy.status == "done" and remedy.at and cites:
        return [[scene.fact("letter.remedy_done", cites, "attached", **params)]]
    key = "letter.remedy_accepted" if remedy.status == "accepted" else "letter.remedy_offer"
    return [[Raw(text=scene.text(key, **params).replace("  ", " "), sentence_class="commitment")]]
