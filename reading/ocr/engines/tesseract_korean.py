"""Korean by Tesseract: the first engine has no model of the script and would read digits into it."""

from reading.ocr.tesseract import tesseract_kind

ENGINE = tesseract_kind("tesseract_korean", language="ko", model="kor", together="kor+eng")
