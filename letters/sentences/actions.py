"""Corrective actions already taken, each with its date and exhibits."""

from letters.banked import told
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """Every action, as a list where there are several."""
    sentences: list[Raw] = []
    for place, action in enumerate(scene.case.actions_taken):
        words = told(scene, action, "action", f"/actions_taken/{place}")
        if words:
            cites = scene.of_files(action.files)
            sentences.append(scene.worded(words.words, "fact", cites, at=action.at, own=words.own))
    if sentences:
        scene.said.add("action_shown")
    return paragraph(*sentences, listed=True)
