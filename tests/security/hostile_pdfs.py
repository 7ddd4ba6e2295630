"""PDFs that loop, nest, lie about lengths and sizes, act, hide, lock, or want more memory than there is."""

import functools
import io
import zlib

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from tests.reading.made_files import encoded, loaded_pdf, saved, scan_pdf, text_pdf, words
from tests.security.hostile import HIDDEN, PAGE, Group, cut, flipped, noise
from tests.security.hostile_pictures import shown

BROKEN = ("file-unreadable", "file-truncated", "decode-crashed", "decode-timeout", "decode-memory")
EITHER = (PAGE, *BROKEN)
TEXT = "Order 112-4829307-7716253 was delivered on Nov 2, 2026"
BOX = "[0 0 595 842]"


def raw(*objects: str | bytes, root=1, trailer="", head="%PDF-1.7") -> bytes:
    """A PDF by hand: objects from 1, a cross-reference table and a trailer."""
    out, places = head.encode() + b"\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += (
            f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode("latin-1")) + b"\nendobj\n"
        )
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010d} 00000 n \n" for place in places
    )
    told = f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + table.encode() + told.encode()


def stream(data: bytes, keys="", length=None) -> bytes:
    return f"<</Length {len(data) if length is None else length}{keys}>>\nstream\n".encode() + data + b"\nendstream"


def paged(page="", content: bytes = b"", *more: str | bytes, **options) -> bytes:
    """One page: its keys, its content, further objects from 6 (5 is Helvetica)."""
    return raw(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/Contents 4 0 R{page if 'MediaBox' in page else '/MediaBox' + BOX + page}"
        f"{'' if 'Resources' in page else '/Resources<</Font<</F1 5 0 R>>>>'}>>",
        stream(content or words(TEXT)), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *more, **options,
    )  # fmt: skip


def flate(data: bytes) -> bytes:
    return zlib.compress(data, 9)


sizes = Group("page sizes")
for name, box in {
    "zero": "0 0 0 0", "inverted": "595 842 0 0", "negative": "-595 -842 0 0", "speck": "0 0 0.001 0.001", "one-point": "0 0 1 1",
    "tall-2g": "0 0 595 2147483647", "wide-1e38": "0 0 1e38 842", "square-1e9": "0 0 1000000000 1000000000", "far": "1e9 1e9 1000000595 1000000842",
    "five-numbers": "0 0 595 842 9", "two-numbers": "0 595", "names": "/a /b /c /d", "nulls": "null null null null", "strip": "0 0 10 14400",
}.items():  # fmt: skip
    sizes.add(f"box-{name}.pdf", functools.partial(paged, f"/MediaBox[{box}]"), *EITHER)
sizes.add("box-missing.pdf", lambda: paged().replace(b"/MediaBox[0 0 595 842]", b""), *EITHER)
sizes.add("box-a-stream.pdf", lambda: paged("/MediaBox 4 0 R"), *EITHER)
sizes.add("box-itself.pdf", lambda: paged("/MediaBox 6 0 R", b"", "[6 0 R 6 0 R 6 0 R 6 0 R]"), *EITHER)
sizes.add("unit-1e9.pdf", lambda: paged("/UserUnit 1000000000"), *EITHER)
sizes.add("unit-negative.pdf", lambda: paged("/UserUnit -5"), *EITHER)
sizes.add("rotate-45.pdf", lambda: paged("/Rotate 45"), *EITHER)
sizes.add("rotate-huge.pdf", lambda: paged("/Rotate 99999999999999"), *EITHER)
sizes.add("rotate-name.pdf", lambda: paged("/Rotate /Left"), *EITHER)
sizes.add("crop-outside.pdf", lambda: paged("/MediaBox[0 0 595 842]/CropBox[5000 5000 6000 6000]"), *EITHER)
sizes.add("crop-empty.pdf", lambda: paged("/MediaBox[0 0 595 842]/CropBox[10 10 10 10]"), *EITHER)

trees = Group("page trees and tables")
trees.add("no-pages.pdf", lambda: raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), *BROKEN)
trees.add(
    "kids-loop.pdf", lambda: raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"), *BROKEN
)
trees.add("count-lies.pdf", lambda: paged().replace(b"/Count 1", b"/Count 2000000000"), *EITHER, "pdf-too-many-pages")
trees.add("count-negative.pdf", lambda: paged().replace(b"/Count 1", b"/Count -7"), *EITHER)
trees.add(
    "same-page-400-times.pdf",
    lambda: paged().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + b"3 0 R " * 400 + b"]/Count 400"),
    *EITHER,
    heavy=True,
)
trees.add("pages-501.pdf", lambda: saved(blank(501)), "pdf-too-many-pages")
trees.add("root-missing.pdf", lambda: paged(root=99), *BROKEN)
trees.add(
    "root-an-array.pdf",
    lambda: paged().replace(b"<</Type/Catalog/Pages 2 0 R>>", b"[/Type/Catalog/Pages 2 0R]   "),
    *BROKEN,
)
trees.add("no-table.pdf", lambda: paged().split(b"xref\n")[0] + b"%%EOF", *EITHER)
trees.add("table-to-itself.pdf", lambda: paged(trailer="/Prev 9"), *EITHER)
trees.add("start-beyond.pdf", lambda: paged().replace(b"startxref\n", b"startxref\n99999"), *EITHER)
trees.add("table-4g-entries.pdf", lambda: paged().replace(b"xref\n0 6", b"xref\n0 4294967295"), *EITHER)
trees.add("length-itself.pdf", lambda: paged("", b"").replace(b"/Length ", b"/Length 4 0 R/Old "), *EITHER)
trees.add("length-huge.pdf", lambda: paged().replace(b"<</Length ", b"<</Length 999999"), *EITHER)
trees.add("parent-loop.pdf", lambda: paged("/Parent 3 0 R"), *EITHER)
trees.add("kids-null.pdf", lambda: paged().replace(b"/Kids[3 0 R]", b"/Kids[null 3 0 R 77 0 R]"), *EITHER)
trees.add("page-a-number.pdf", lambda: paged().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 42]/Count 2"), *EITHER)
trees.add("head-only.pdf", lambda: b"%PDF-1.7\n", *BROKEN)
trees.add("junk-after-head.pdf", lambda: b"%PDF-1.7\n" + noise(3_000), *BROKEN)
trees.add("head-after-900.pdf", lambda: b"\n" * 900 + paged(), *EITHER)


def deep_tree(depth: int) -> bytes:
    middle = [f"<</Type/Pages/Kids[{n + 3} 0 R]/Count 1/Parent {n + 1} 0 R>>" for n in range(depth)]
    leaf = f"<</Type/Page/Parent {depth + 1} 0 R/MediaBox{BOX}>>"
    return raw("<</Type/Catalog/Pages 2 0 R>>", *middle, leaf)


def blank(count: int) -> Pdf:
    document = Pdf.new()
    for _ in range(count):
        document.add_blank_page(page_size=(200, 200))
    return document


trees.add("tree-60-deep.pdf", lambda: deep_tree(60), *EITHER)
trees.add("tree-20000-deep.pdf", lambda: deep_tree(20_000), *BROKEN)
trees.add("arrays-9000-deep.pdf", lambda: paged("/Odd " + "[" * 9_000 + "]" * 9_000), *EITHER)
trees.add("outline-loop.pdf", lambda: paged("", b"", "<</First 7 0 R/Last 7 0 R/Count 1>>", "<</Title(a)/Next 7 0 R/First 6 0 R/Parent 6 0 R>>")
          .replace(b"/Type/Catalog", b"/Type/Catalog/Outlines 6 0 R"), *EITHER)  # fmt: skip
trees.add("names-loop.pdf", lambda: paged("", b"", "<</Dests 7 0 R/JavaScript 7 0 R/EmbeddedFiles 7 0 R>>", "<</Kids[7 0 R 7 0 R]>>")
          .replace(b"/Type/Catalog", b"/Type/Catalog/Names 6 0 R"), *EITHER)  # fmt: skip

drawing = Group("drawing bombs")


def nested_forms(width: int, depth: int) -> bytes:
    forms = []
    for level in range(depth):
        body = b"/X Do " * width if level < depth - 1 else b"0 0 1 1 re f"
        inner = f"/Resources<</XObject<</X {level + 7} 0 R>>>>" if level < depth - 1 else ""
        forms.append(stream(body, f"/Type/XObject/Subtype/Form/BBox[0 0 99 99]{inner}"))
    return paged("/Resources<</XObject<</X 6 0 R>>>>", b"/X Do", *forms)


drawing.add("forms-laughing.pdf", lambda: nested_forms(12, 9), *EITHER, heavy=True)
drawing.add("form-draws-itself.pdf", lambda: paged("/Resources<</XObject<</X 6 0 R>>>>", b"/X Do", stream(b"/X Do /X Do",
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")), *EITHER)  # fmt: skip
drawing.add("saves-2-million.pdf", lambda: paged("", b"q " * 2_000_000), *EITHER)
drawing.add("restores-only.pdf", lambda: paged("", b"Q " * 200_000 + words(TEXT)), *EITHER)
drawing.add("operands-1-million.pdf", lambda: paged("", b"1 " * 1_000_000 + b"m S"), *EITHER)
drawing.add("dashes.pdf", lambda: paged("", b"[0.0001 0.0001] 0 d 0 0 m 595 842 l S " * 20), *EITHER)
drawing.add("tiny-tiles.pdf", lambda: paged("/Resources<</Pattern<</P 6 0 R>>>>", b"/Pattern cs /P scn 0 0 595 842 re f", stream(b"0 0 1 1 re f",
            "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>")), *EITHER, heavy=True)  # fmt: skip
drawing.add("type3-draws-itself.pdf", lambda: paged("/Resources<</Font<</F1 6 0 R>>>>", words("aaaa"), "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]"
            "/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</F1 6 0 R>>>>>>",
            stream(b"9 0 0 0 9 9 d1 BT /F1 1 Tf (aa) Tj ET")), *EITHER)  # fmt: skip
drawing.add("mask-of-itself.pdf", lambda: paged("/Resources<</ExtGState<</G 6 0 R>>>>", b"/G gs 0 0 99 99 re f", "<</SMask<</S/Luminosity/G 7 0 R>>>>",
            stream(b"/G gs 0 0 9 9 re f", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency>>/Resources<</ExtGState<</G 6 0 R>>>>")), *EITHER)  # fmt: skip
drawing.add(
    "matrix-not-a-number.pdf", lambda: paged("", b"1e400 0 0 -1e400 nan inf cm 0 0 0 0 0 0 cm 0 0 9 9 re f"), *EITHER
)
drawing.add("content-flate-300mb.pdf", lambda: compressed_content(300_000_000), *EITHER, heavy=True)
drawing.add(
    "content-many.pdf",
    lambda: paged().replace(b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 20_000 + b"]"),
    *EITHER,
    heavy=True,
)
drawing.add("content-a-number.pdf", lambda: paged().replace(b"/Contents 4 0 R", b"/Contents 42   "), *EITHER)
drawing.add(
    "filters-40.pdf",
    lambda: paged("", b"").replace(b"/Length ", b"/Filter[" + b"/ASCIIHexDecode" * 40 + b"]/Length "),
    *EITHER,
)
drawing.add("filter-unknown.pdf", lambda: paged().replace(b"<</Length ", b"<</Filter/Magic/Length "), *EITHER)
drawing.add("font-junk.pdf", lambda: paged("/Resources<</Font<</F1 6 0 R>>>>", b"", "<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 7 0 R>>",
            "<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 8 0 R>>", stream(noise(4_000))), *EITHER)  # fmt: skip
drawing.add("shading-deep.pdf", lambda: paged("/Resources<</Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Function 6 0 R>>>>>>", b"/S sh",
            stream(b"{ " + b"dup mul " * 40_000 + b"0 0 }", "/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")), *EITHER)  # fmt: skip


def compressed_content(size: int) -> bytes:
    packer, parts = zlib.compressobj(9), []
    for _ in range(size // 1_000_000):
        parts.append(packer.compress(b"0 0 1 1 re f\n" * 76_923))  # noqa: PERF401
    data = b"".join((*parts, packer.flush()))
    return raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               f"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox{BOX}>>", stream(data, "/Filter/FlateDecode"))  # fmt: skip


images = Group("pictures in PDFs")


def pictured(keys: str, data: bytes = b"\0", *more) -> bytes:
    return paged(
        "/Resources<</XObject<</I 6 0 R>>>>",
        b"q 500 0 0 500 40 200 cm /I Do Q",
        stream(data, f"/Type/XObject/Subtype/Image{keys}"),
        *more,
    )


GREY = "/ColorSpace/DeviceGray/BitsPerComponent 8"
images.add(
    "ccitt-30000.pdf",
    lambda: pictured(
        "/Width 30000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 30000/Rows 30000>>"
    ),
    *EITHER,
)
images.add("one-byte-12000.pdf", lambda: pictured(f"/Width 12000/Height 12000{GREY}"), *EITHER)
images.add("size-negative.pdf", lambda: pictured(f"/Width -9/Height -9{GREY}"), *EITHER)
images.add("size-2g.pdf", lambda: pictured(f"/Width 2147483647/Height 2147483647{GREY}"), *EITHER)
images.add(
    "flate-1g.pdf",
    lambda: pictured(f"/Width 32000/Height 32000{GREY}/Filter/FlateDecode", flate(bytes(40_000_000))),
    *EITHER,
)
images.add(
    "jbig2-junk.pdf",
    lambda: pictured("/Width 90/Height 90/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode", noise(900)),
    *EITHER,
)
images.add("jpx-junk.pdf", lambda: pictured("/Width 90/Height 90/Filter/JPXDecode", noise(900)), *EITHER)
images.add(
    "dct-cut.pdf",
    lambda: pictured(
        "/Width 700/Height 260/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
        cut(encoded(shown(), "JPEG"), 0.5),
    ),
    *EITHER,
)
images.add(
    "indexed-itself.pdf",
    lambda: pictured("/Width 9/Height 9/BitsPerComponent 8/ColorSpace 7 0 R", bytes(81), "[/Indexed 7 0 R 255 7 0 R]"),
    *EITHER,
)
images.add("mask-of-picture-itself.pdf", lambda: pictured(f"/Width 9/Height 9{GREY}/SMask 6 0 R", bytes(81)), *EITHER)
images.add("tiny-4000.pdf", lambda: tiny_pictures(4_000), *EITHER)
images.add("scan-turned.pdf", lambda: scan_pdf(shown(), 90), PAGE)
images.add(
    "inline-huge.pdf",
    lambda: paged("", b"q 9 0 0 9 0 0 cm BI /W 20000 /H 20000 /BPC 8 /CS /G ID " + bytes(500) + b" EI Q"),
    *EITHER,
)


def tiny_pictures(count: int) -> bytes:
    content = b"".join(b"q 5 0 0 5 %d %d cm /I Do Q\n" % (n % 100 * 5, n // 100 * 5) for n in range(count))
    return paged(
        "/Resources<</XObject<</I 6 0 R>>>>",
        content,
        stream(b"\x80", f"/Type/XObject/Subtype/Image/Width 1/Height 1{GREY}"),
    )


active = Group("active and hidden")


def with_action(action: str, *more: str | bytes) -> bytes:
    return paged(f"/AA<</O {action}>>/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A {action}>>]", b"", *more).replace(
        b"/Type/Catalog", f"/Type/Catalog/OpenAction {action}".encode())  # fmt: skip


for name, action in {
    "script": f"<</S/JavaScript/JS(app.alert('{HIDDEN}'))>>", "script-hex-name": f"<</S/J#61vaScript/JS(app.alert('{HIDDEN}'))>>",
    "launch": f"<</S/Launch/F({HIDDEN}.exe)>>", "goto-remote": f"<</S/GoToR/F(\\\\\\\\host\\\\{HIDDEN})/D[0/Fit]>>",
    "goto-embedded": f"<</S/GoToE/F({HIDDEN})/D[0/Fit]>>", "submit": f"<</S/SubmitForm/F(http://127.0.0.1:9/{HIDDEN})>>",
    "import": f"<</S/ImportData/F({HIDDEN})>>", "uri": f"<</S/URI/URI(http://127.0.0.1:9/{HIDDEN})>>",
    "next-loop": f"<</S/Named/N/NextPage/Next<</S/URI/URI({HIDDEN})>>>>", "rendition": f"<</S/Rendition/OP 0/JS({HIDDEN})>>",
    "thread": f"<</S/Thread/F({HIDDEN})>>", "hide": f"<</S/Hide/T({HIDDEN})>>",
}.items():  # fmt: skip
    active.add(f"action-{name}.pdf", functools.partial(with_action, action), PAGE)
active.add("everything.pdf", lambda: loaded_pdf().replace(b"Canary-script", HIDDEN.encode()), PAGE)


def attached() -> bytes:
    document = pikepdf.open(io.BytesIO(text_pdf(TEXT)))
    document.attachments[f"{HIDDEN}.exe"] = HIDDEN.encode() * 50
    document.docinfo[Name.Author] = HIDDEN
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [HIDDEN]
    document.pages[0].obj.PieceInfo = Dictionary(Secret=String(HIDDEN))
    return saved(document)


def earlier_revision() -> bytes:
    """A page that said something else before it was saved over."""
    first = paged("", words(HIDDEN)) + b"\n%%EOF\n"
    second = words(TEXT)
    at = len(first)
    first += b"4 0 obj\n" + stream(second) + b"\nendobj\n"
    start = len(first)
    old = int(first.split(b"startxref\n")[1].split(b"\n")[0])
    return (
        first
        + f"xref\n4 1\n{at:010d} 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev {old}>>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def layer_off() -> bytes:
    group = "<</Type/OCG/Name(l)>>"
    content = words(TEXT) + b"/OC /L BDC " + words(HIDDEN, y=300) + b"EMC"
    page = "/Resources<</Font<</F1 5 0 R>>/Properties<</L 6 0 R>>>>"
    return paged(page, content, group).replace(
        b"/Type/Catalog", b"/Type/Catalog/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>"
    )


active.add("attachment-and-metadata.pdf", attached, PAGE)
active.add("earlier-revision.pdf", earlier_revision, PAGE)
active.add("layer-off.pdf", layer_off, PAGE)
active.add("xmp-external-entity.pdf", lambda: paged("/Metadata 6 0 R", b"", stream(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
           b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>&e;" + HIDDEN.encode() + b"</x:xmpmeta>", "/Type/Metadata/Subtype/XML"))
           .replace(b"/Type/Catalog", b"/Type/Catalog/Metadata 6 0 R"), PAGE)  # fmt: skip
active.add("annotations-3000.pdf", lambda: paged("/Annots[" + "<</Type/Annot/Subtype/Square/Rect[0 0 9 9]/Contents(" + HIDDEN + ")>>" * 1
           + "<</Type/Annot/Subtype/Square/Rect[0 0 9 9]>>" * 3_000 + "]"), *EITHER)  # fmt: skip
active.add("annotations-loop.pdf", lambda: paged("/Annots 6 0 R", b"", "[6 0 R 6 0 R]"), *EITHER)
active.add("field-parent-loop.pdf", lambda: paged("/Annots[6 0 R]", b"", "<</Type/Annot/Subtype/Widget/FT/Tx/Parent 6 0 R/Kids[6 0 R]/Rect[0 0 99 20]/T(a)/V(b)>>")
           .replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[6 0 R]/NeedAppearances true>>"), *EITHER)  # fmt: skip
active.add(
    "xfa-only.pdf",
    lambda: paged().replace(b"/Type/Catalog", f"/Type/Catalog/AcroForm<</Fields[]/XFA({HIDDEN})>>".encode()),
    PAGE,
)
active.add("signed.pdf", lambda: paged("/Annots[6 0 R]", b"", f"<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 0 0]/T(s)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Name({HIDDEN})>>>>")
           .replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[6 0 R]/SigFlags 3>>"), PAGE)  # fmt: skip


def filled_form(value: str) -> bytes:
    return paged("/Annots[6 0 R]", b"", f"<</Type/Annot/Subtype/Widget/FT/Tx/T(order)/V({value})/Rect[72 600 400 630]/DA(/F1 12 Tf 0 g)/F 4>>").replace(
        b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[6 0 R]/DR<</Font<</F1 5 0 R>>>>/DA(/F1 12 Tf 0 g)>>")  # fmt: skip


active.add("form-one.pdf", lambda: filled_form("VALUE-ONE"), PAGE)
active.add("form-same-name.pdf", lambda: filled_form("VALUE-TWO"), PAGE)

locked = Group("locked")
for strength, choice in {"rc4-40": {"R": 2, "aes": False, "metadata": False}, "rc4-128": {"R": 3, "aes": False, "metadata": False},
                         "aes-128": {"R": 4}, "aes-256": {"R": 6}}.items():  # fmt: skip
    for who, words_of in {"user": {"user": "x", "owner": "y"}, "owner": {"user": "", "owner": "y"}}.items():
        made = functools.partial(
            lambda c, w: saved(pikepdf.open(io.BytesIO(text_pdf(TEXT))), encryption=pikepdf.Encryption(**w, **c)),
            choice,
            words_of,
        )
        locked.add(f"{strength}-{who}.pdf", made, *(("file-encrypted",) if who == "user" else (PAGE,)))
locked.add(
    "unknown-handler.pdf",
    lambda: paged(trailer="/Encrypt<</Filter/Magic/V 9/R 9>>/ID[<00><00>]"),
    "file-encrypted",
    *BROKEN,
)

bent = Group("cut and bent PDFs")
for share in (0.2, 0.6, 0.97):
    bent.add(f"cut-{int(share * 100)}.pdf", functools.partial(lambda s: cut(loaded_pdf(), s), share), *EITHER)
for seed in range(6):
    bent.add(
        f"bent-text-{seed}.pdf",
        functools.partial(lambda s: flipped(text_pdf(TEXT, TEXT), s, 0.01), seed),
        *EITHER,
        "file-encrypted",
    )
    bent.add(
        f"bent-scan-{seed}.pdf",
        functools.partial(lambda s: flipped(scan_pdf(shown()), s, 0.002), seed),
        *EITHER,
        "file-encrypted",
    )

GROUPS = (sizes, trees, drawing, images, active, locked, bent)
