"""Russian by Tesseract: the first engine has no model of the script and would read Latin letters into it.

English comes first, or it reads ``Order`` as Cyrillic.
"""

from reading.ocr.tesseract import tesseract_kind

ENGINE = tesseract_kind("tesseract_russian", language="ru", model="rus", together="eng+rus")
