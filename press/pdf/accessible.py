"""The claim that a tagged document can be read aloud (PDF/UA-1), in the way in which an archive copy may make it.

Source: ISO 14289-1, 5 (identification); ISO 19005-2, 6.6.2.3.3 (an archive copy describes each property that it does not know).
"""

import re

_NAMES = (
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"'
)
_PROPERTY = (
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 that is kept to</pdfaProperty:description>"
)
_SCHEMA = (
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    f'<rdf:li rdf:parseType="Resource">{_PROPERTY}</rdf:li></rdf:Seq></pdfaSchema:property>'
)
CLAIM = (
    f'<rdf:Description rdf:about=""{_NAMES}><pdfuaid:part>1</pdfuaid:part><pdfaExtension:schemas><rdf:Bag>'
    f'<rdf:li rdf:parseType="Resource">{_SCHEMA}</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>'
)
"""One description more for the metadata of a document."""

_CLAIMED = re.compile(rb"<rdf:Description(?:(?!<rdf:Description).)*?<pdfuaid:part>.*?</rdf:Description>", re.DOTALL)


def unclaimed(packet: bytes) -> bytes:
    """Metadata without the claim, however they were written anew."""
    return _CLAIMED.sub(b"", packet)
