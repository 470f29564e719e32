"""What is protected and what beside it is not; how a line is cut: spans whole, chunks masked like the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from persnorm import Normalizer
from persnorm.blocks import BREAK
from persnorm.protected import _all, _masked, has_spanning_marker, mask, split_chunks
from persnorm.rule import OPAQUE, ZWNJ

SPANS = [
    "https://example.com/a1?lang=fa&x=2,3",
    "http://example.org/كتاب_ها?q=٤٥#بخش",
    "HTTPS://EXAMPLE.COM",
    "ftp://example.com/a.txt",
    "www.example.ir/a,b",
    "digikala.com/كتاب-5",
    "example.com",
    "user.name2024@mail.com",
    "2024user+tag@mail.example.ir",
    "@user_1",
    "@كاربر_۱",
    "#tag1",
    "#برچسب_كتاب_5",
    f"#نیم{ZWNJ}فاصله",
    "گزارش-5.pdf",
    f"گزارش{ZWNJ}نهایی.نسخه2.docx",
    "docs/راهنما/كتاب.md",
    "/usr/local/bin",
    "/home/user/كتاب",
    "~/كتاب",
    "./a.out",
    "../كتاب/۵",
    r"C:\كاربران\فایل",
    r"\\server1\share",
    "`git commit -m 'x' , y`",
    "`كتاب ,  5`",
    "``a ` b``",
    "$x_1, y$",
    "$$E = mc^2$$",
    r"$\text{كتاب}$",
    r"\(a, b\)",
    r"\[x = 5, y\]",
    r"\frac{1}{2}",
    "<b>",
    "<a href=\"x\" title='كتاب , 5'>",
    "<!-- كتاب , 5 -->",
    "</p>",
    "<br/>",
    "&nbsp;",
    "&#1740;",
    "&#x6cc;",
    "{name}",
    "{نام5}",
    "{{ كتاب , 5 }}",
    "{% if x == 5 %}",
    "%s",
    "%(count)d",
    "%1$s",
    "1.2.3",
    "192.168.1.1:8080",
    "v1.2.3",
    "0x1F3A",
    "550e8400-e29b-41d4-a716-446655440000",
    "3x-ui",
    "COVID-19",
    "iPhone 15",
    "Windows 10, 11",
    "Perry (1977, 1979",
    "IR12 0170 0000 0001",
    "f(x, 2",
    "C++",
    "C#",
    "Ελλάδα 5",
    "Москва 5",
    "ډوډۍ",
    f"كوردستانێ{ZWNJ}ي",
    "ئەوە",
    "ﮨﮯ",
    ":دی",
    "http://مثال.ایران/كتاب-5?q=٥",
    "www.كتاب.com/5",
    r"C:\Program Files\كتاب\5.txt",
    r"\1",
    "<code>كد , 5</code>",
    '<pre class="x"><code>كد <b>5</b></code> , 5</pre>',
    '<script>if (a<b) {"كتاب , 5"}</script>',
    "<!-- <b>كتاب</b> , 5 -->",
    "<?php echo 'كتاب , 5'; ?>",
    "<% كتاب , 5 %>",
    "<https://example.com/كتاب>",
    "[مرجع 5]: https://example.com/كتاب",
    "[^پانویس5]",
    "%(نام)s",
    "%-5.2f",
    "%@",
    "10.1000/182",
    "12345678-1234-1234-1234-123456789012",
    "d41d8cd98f00b204e9800998ecf8427e",
    "5°C",
    "2024-05-01T10:30:00Z",
    "IR120170000000123456789012",
    "H2O",
    "A4",
    "5kg",
]


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("كي ", " كي"), ("(", ")"), ("«", "»"), ("", "، كي"), ("كي، ", ".")]
)
def test_span_is_masked_and_nothing_else(span, before, after):
    """Each code point of a span is opaque, save spaces between Latin words; what stands around it is to be seen."""
    masked = mask(before + span + after)
    assert masked[: len(before)] == before
    assert masked[len(before) + len(span) :] == after
    assert set(masked[len(before) : len(before) + len(span)]) <= {OPAQUE, " "}


@pytest.mark.parametrize("span", SPANS)
def test_span_stays_in_one_chunk(span):
    """Its spaces do not part a span, and the spaces around it do."""
    assert split_chunks(f"كي {span} كي") == ["كي", span, "كي"]


@pytest.mark.parametrize("span", SPANS)
def test_span_comes_back_unchanged(span):
    """A span among words that are repaired is not."""
    normalizer = Normalizer(joined=False, spaced=False)
    assert normalizer.normalize(f"كي ,  {span} ، كي") == f"کی، {span}، کی"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("APIها", f"{OPAQUE * 3}ها"),
        (f"API{ZWNJ}ها", f"{OPAQUE * 3}{ZWNJ}ها"),
        ("CSSبرای", f"{OPAQUE * 3}برای"),
        ("به5GB", f"به{OPAQUE * 3}"),
        ("%{count}", f"%{OPAQUE * 7}"),
        ("${نام1}", f"${OPAQUE * 6}"),
        ("5 GB", f"5 {OPAQUE * 2}"),
        ("Google. 5 نفر", f"{OPAQUE * 6}. 5 نفر"),
        ("React، 5 نفر", f"{OPAQUE * 5}، 5 نفر"),
        ("HTML و 5", f"{OPAQUE * 4} و 5"),
        ("<b>متن</b>", f"{OPAQUE * 3}متن{OPAQUE * 4}"),
        ("[متن](x.y/z)", f"[متن{OPAQUE * 8}"),
        ('[متن](x.y "عنوان 5")', f"[متن{OPAQUE * 16}"),
        ("[متن][مرجع 5]", f"[متن{OPAQUE * 9}"),
        ("است.[1][2]", "است.[1][2]"),
        ("1403\\02\\12", "1403\\02\\12"),
        ("اگر x<y باشد و z>w", f"اگر {OPAQUE}<{OPAQUE} باشد و {OPAQUE * 3}"),
        ("تگ <code> است", f"تگ {OPAQUE * 6} است"),
        ("https://a.b/c.", f"{OPAQUE * 13}."),
        ("(https://a.b/c)،", f"({OPAQUE * 13})،"),
        ("خوب :) بود", f"خوب {OPAQUE * 2} بود"),
        ("خوب;-( بود", f"خوب{OPAQUE * 3} بود"),
        ("گفت:متن", "گفت:متن"),
    ],
)
def test_span_ends_where_prose_begins(text, masked):
    """Persian letters and the punctuation of the sentence are outside, also without a space between."""
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "متن ساده، با نقطه. و «نقل» (پرانتز) است!",
        "عدد 4.2 و 1,234 و 2024/05/01 و 10:30 و ۵۰٪ و +98-21-1234567",
        "بین $5 تا $10 است",
        "a < b".replace("a", "۵").replace("b", "۶"),
        "این/آن و هم‌این - هم‌آن",
        "سال ۳۵۰ ه.ق.",
        "گفت: «سلام» و [گفت] { گفت }",
        "۵ % از # و & و @",
        "",
        " ",
    ],
)
def test_prose_is_returned_itself(text):
    """Persian prose with its numbers and punctuation has nothing to protect, and is not copied."""
    assert mask(text) is text
    assert split_chunks(text) == text.split(" ")


@pytest.mark.parametrize("line", ["متن ساده، با «نقل». ۵۰٪ و 10:30", "این API خوب است", "گفت HTML."])
def test_prose_has_no_spanning_marker(line):
    """Lines without a span that holds a space are told at once."""
    assert not has_spanning_marker(line)


@given(text=any_text())
def test_line_is_cut_where_it_can_be_joined(text):
    """The chunks joined with spaces are the line."""
    assert " ".join(split_chunks(text)) == text


@given(text=any_text())
def test_chunks_are_masked_like_their_line(text):
    """What is protected in a chunk does not depend on the rest of the line."""
    for line in BREAK.split(text)[::2]:
        assert " ".join(mask(chunk) for chunk in split_chunks(line)) == mask(line)


BESIDE_SPACES = (
    *("a", "Go", "Files", "é", "漢", "1", "۲", "کد", "ێ", "ٱ", "\N{ARABIC FATHA}", ZWNJ),
    *("C:\\", "C:/", "\\\\s", "\\frac{", "\\(", "\\)", "\\[", "\\]", "http://ا", "//", "/", "~/", "www.", "@", "#"),
    *("`", "``", "<", "<b ", ">", "$", "{{", "}}", "{%", "%}", "%(a)s", "[", "]", "](", "][", "]: ", "(ب"),
    *("◇", ":", "«", "»", ".", "-", "+", "_", '"', "'", "}", "\t", "\N{NO-BREAK SPACE}"),
)
"""What may stand beside a space that is in a span, or is not."""


@given(
    text=st.one_of(any_text(), st.lists(st.sampled_from((" ", " ", "  ", *BESIDE_SPACES)), max_size=12).map("".join))
)
def test_without_marker_no_span_holds_a_space(text):
    """The cheap test has no false negative: where it says no, every space is outside the spans."""
    for line in BREAK.split(text)[::2]:
        if not has_spanning_marker(line):
            masked = _masked(line, _all)
            assert [at for at, char in enumerate(line) if char == " " and masked[at] != " "] == []


@given(text=any_text())
def test_mask_keeps_the_length(text):
    """Offsets in the masked text are offsets in the text, and what is visible is the text."""
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(shown in (OPAQUE, char) for shown, char in zip(masked, text, strict=True))


_CODE = (
    "<pre> <pre>a<code></code> <!-- <? <% <a\" <a' [^ [a]: ]( ](< ][ 10.1000/ 5° \\1 %( "
    + "` `` ``a ``` <!-- <a < \\( \\[ \\a{ {{ {% $ %( &# ]( [ ("
)
_NAMES = "@ # : / ./ ~/ http:// www. a@a@a a.a.a. a- a` 1. 1- - . .pdf گ. ۆ ە ب 0"
OPENERS = [
    *_CODE.split(),
    *_NAMES.split(),
    "](a ",
    ']( "',
    "[a]: ",
    "C:\\a b ",
    "C:\\a b\\",
    "a ",
    "a - ",
    "$a ",
    "a$b ",
    "\N{ARABIC FATHA}",
    ZWNJ,
    " ",
]


@pytest.mark.parametrize("opener", OPENERS)
def test_repeated_openers_end(opener):
    """A megabyte of what begins a span and never ends it is masked like a little of it: no attempt starts all over."""
    masked = mask("ب " + opener * (1_000_000 // len(opener)))
    assert len(masked) == 2 + len(opener) * (1_000_000 // len(opener))


@pytest.mark.parametrize("opener", ["](", "](a", "[a]:", "C:\\a", "<a", "<pre", "<!--", "$x", "a", "%("])
@pytest.mark.parametrize("filler", [" ", "a", " a", '"', "'", "-", ">", "\\", "]", ")", "ب"])
def test_one_opener_before_a_megabyte_ends(opener, filler):
    """What may go on is followed to its end once, whatever it is that goes on."""
    text = "ب " + opener + filler * (1_000_000 // len(filler))
    assert len(mask(text)) == len(text)


@given(st.text("<`${}[]()\\%&@#:/.ab 1ب", max_size=60))
def test_openers_in_any_order(text):
    """Whatever begins, breaks off and nests, the length stays and the chunks agree."""
    assert len(mask(text)) == len(text)
    assert " ".join(mask(chunk) for chunk in split_chunks(text)) == mask(text)
