"""A group's own look: it changes how pages look, and can do nothing else."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from pathlib import Path

import pytest
from tests.archive.test_record_file import full as french
from tests.exports import reading
from tests.exports.test_html import ALL

from entraide_tui.archive import model as m
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports import html, markdown, pdf, recap, sandbox, templates, typesetter

DOCS = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
FRAME = '<!doctype html>\n<html lang="en">\n<head>\n<title>t</title>\n</head>\n<body>\n{}\n</body>\n</html>\n'

REFUSED = r"""
<script>alert(1)</script>
<img src="http://x.fr/a.png">
<a href="http://x.fr">x</a>
<p onclick="x">x</p>
<iframe></iframe>
<form></form>
<link rel="stylesheet">
<style>@import "x";</style>
<style>p { background: url(http://x.fr) }</style>
<style>p { background: u\72l(x) }</style>
<svg></svg>
<p style="background: url(x)">x</p>
<p class=x>x</p>
<!-- x -->
<![CDATA[x]]>
<?php x ?>
<meta http-equiv="refresh" content="0">
<style><b></style>
<title><style></title><script>x</script>
<p <b>
<base>
<object></object>
< p>
{% include "page.css" %}
{% import "x" as y %}
{% extends "x" %}
{{ range(9) }}
{{ 'x' * 9 }}
{{ 9 ** 9 ** 9 }}
{{ sheet.title ~ sheet.title }}
{{ sheet.title|safe }}
{{ sheet.title|center(9999999) }}
{{ ''.__class__.__mro__ }}{{ ''.format() }}
{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}
{{ lipsum() }}
{% set x %}y{% endset %}
{{ [1, 2] }}
{% set x = sheet.title %}
{% for a in sheet.people recursive %}{{ loop(a) }}{% endfor %}
{{ sheet.title[0:9] }}
{% raw %}<script>{% endraw %}
{% call x() %}{% endcall %}
{{ {} }}
{% do 1 %}
{% autoescape false %}{{ sheet.title }}{% endautoescape %}
{% filter upper %}x{% endfilter %}
{% block x %}{% endblock %}
""".strip().split("\n")
REACHING = r"""
#import "@preview/cetz:0.3.0"
#include "x.typ"
#read("/etc/passwd")
#image("x.png")
#eval("1")
#sys.inputs
#let f = read
$read(x)$
#std.at
#plugin("x")
#json("x")
#set raw(theme: "x")
$a_read(x)$
#1-read(x)
#dictionary(calc)
#pdf.embed("x")
""".strip().split("\n")


def full() -> m.Record:
    """One with everything in it, in the language of what is asked here."""
    return dataclasses.replace(french(), language="en")


def example(name: str) -> str:
    """The example of that name in the document."""
    found = re.search(rf"`{re.escape(name)}`:\n\n```\w+\n(.*?)```", DOCS, re.DOTALL)
    assert found
    return found[1]


def folder(tmp_path: Path, **files: str) -> Path:
    """A group's templates; `__` stands for a dot."""
    own = templates.folder(Workspace(tmp_path))
    own.mkdir(exist_ok=True)
    for name, text in files.items():
        (own / name.replace("__", ".")).write_text(text, "utf-8")
    return own


def refused(own: Path, record: m.Record | None = None) -> UserError:
    """What is said of an HTML template."""
    with pytest.raises(UserError) as caught:
        html.page(record or full(), Options(), templates=own)
    return caught.value


# -- what they can do


def test_without_own_templates_the_built_in_ones_are_used(tmp_path: Path) -> None:
    assert html.page(full(), ALL, templates=tmp_path / "templates") == html.page(full(), ALL)
    assert pdf.page(full(), ALL, templates=folder(tmp_path)) == pdf.page(full(), ALL)
    assert templates.find("page.html.jinja", tmp_path).path is None


def test_the_example_for_html_makes_a_right_page_with_the_style_and_the_rule(tmp_path: Path) -> None:
    own = folder(tmp_path, page__html__jinja=example("page.html.jinja"))
    page = html.page(full(), Options(), templates=own)
    root = reading.document(page)
    assert "Tenir la séance au marché (Inès)" in reading.said(root)
    assert "default-src 'none'" in page
    assert "--accent" in page


def test_the_example_for_typst_makes_one_page(tmp_path: Path) -> None:
    own = folder(tmp_path, page__typ=example("page.typ"))
    data = pdf.page(full(), Options(), templates=own)
    assert pdf.pages_of(data) == 1
    assert "Tenir la séance au marché Inès" in pdf.text_of(data)
    assert pdf.page(full(), Options(), templates=own) == data
    # the same promise as the built-in one: what does not hold is shortened, and said
    far_too_much = dataclasses.replace(full(), request=m.Request("Comment ?", "phrase " * 3000))
    text = pdf.text_of(pdf.page(far_too_much, Options(), templates=own))
    assert "Shortened to hold on one page: the situation" in re.sub(r"\s+", " ", text)


def test_the_example_for_markdown_writes_texts_as_texts(tmp_path: Path) -> None:
    own = folder(tmp_path, page__md__jinja=example("page.md.jinja"))
    record = dataclasses.replace(full(), ideas=(m.Idea("# <b>*fort*</b>", ("Inès",)),))
    page = markdown.page(record, Options(), templates=own)
    assert "\n- \\# \\<b\\>\\*fort\\*\\</b\\> – Inès\n" in page
    assert page.startswith("# Relancer le comité d'usagers\n")
    assert markdown.page(record, Options(), templates=None) != page


def test_every_name_in_the_document_is_there_and_every_name_that_is_there_is_in_the_document() -> None:
    from entraide_tui.archive.page.measure import sheet_of
    from entraide_tui.exports import view

    record = dataclasses.replace(full(), request=m.Request("Comment ?", "phrase " * 900))
    sheet = view.page(record, sheet_of(record, Options(annex=True, contributions=True)))
    whole = recap.view(recap.gather([full(), dataclasses.replace(full(), id="another", start=None)]))
    names: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            names.update(value)
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk([sheet, whole])
    tables = "".join(line for line in DOCS.splitlines(keepends=True) if line.startswith("|"))
    documented = set(re.findall(r"`([a-z]+)`", tables))
    assert names <= documented
    kinds = {"fr", "en", "text", "context", "date", "open", "done", "dropped"}
    assert (
        documented - kinds - {"request", "asked", "ideas", "actions", "next", "contributions", "learnings", "notes"}
        <= names
    )


def test_a_style_alone_changes_colours_and_has_the_last_word(tmp_path: Path) -> None:
    style = re.search(r"```css\n(.*?)```", DOCS, re.DOTALL)
    assert style
    page = html.page(full(), Options(), templates=folder(tmp_path, page__css=style[1]))
    assert page.rindex("--primary: #7a2e0e") > page.rindex("--primary: #1d4f8f")
    assert page.rindex("--primary: #7a2e0e") < page.index("</style>\n</head>")
    reading.document(page)


@pytest.mark.parametrize(
    "rule",
    ["p { background: url(x.png) }", "@import 'x';", "</style><script>", "p { content: '\\75' }", "@font-face {}"],
)
def test_a_style_that_reaches_out_is_refused_with_its_line(rule: str, tmp_path: Path) -> None:
    own = folder(tmp_path, page__css=f"p {{ margin: 0 }}\n\n{rule}\n")
    trouble = refused(own)
    assert trouble.file == own / "page.css"
    assert trouble.findings[0].line == 3


@pytest.mark.parametrize(
    "line", ["![x](http://x.fr)", "[x](y)", "<b>x</b>", "<http://x.fr>", "see http://x.fr", "[x]: y"]
)
def test_markdown_with_links_pictures_or_html_is_refused_with_its_line(line: str, tmp_path: Path) -> None:
    own = folder(tmp_path, page__md__jinja=f"# {{{{ sheet.title }}}}\n\n{line}\n")
    with pytest.raises(UserError) as caught:
        markdown.page(full(), Options(), templates=own)
    assert caught.value.file == own / "page.md.jinja"
    assert caught.value.findings[0].line == 3


@pytest.mark.parametrize("name", ["recap__html__jinja", "recap__md__jinja", "recap__typ"])
def test_a_recap_has_its_own_too(name: str, tmp_path: Path) -> None:
    body = {
        "recap__html__jinja": FRAME.format("<h1>OWN {{ recap.sessions[0].title }}</h1>"),
        "recap__md__jinja": "# OWN {{ recap.sessions[0].title }}\n",
        "recap__typ": "#set document(title: recap.title)\n= OWN #recap.sessions.first().title\n",
    }[name]
    found = recap.gather([full()])
    own = folder(tmp_path, **{name: body})
    made = {
        "recap__html__jinja": lambda: recap.html(found, templates=own),
        "recap__md__jinja": lambda: recap.markdown(found, templates=own),
        "recap__typ": lambda: pdf.text_of(recap.pdf(found, templates=own)),
    }[name]()
    assert "OWN Relancer le comité d" in made


# -- what they can't do


@pytest.mark.parametrize("body", REFUSED)
def test_what_runs_reaches_out_or_makes_more_is_refused_with_file_and_line(body: str, tmp_path: Path) -> None:
    own = folder(tmp_path, page__html__jinja=FRAME.format(body))
    trouble = refused(own)
    assert trouble.file == own / "page.html.jinja"
    assert trouble.findings
    assert trouble.findings[0].line == 7


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("{{ sheet.titel }}", 7), ("{{ nobody }}", 7), ("\n{% for x in sheet.title.nothing %}{% endfor %}", 8),
        ("\n\n{% for x in sheet.people %}", 10), ("{{ sheet.people.nothing }}", 7), ("{% endif %}", 7), ("{% if %}", 7),
        ("{{ x|nothing }}", 7), ("<style>x", 8),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(body: str, line: int, tmp_path: Path) -> None:
    trouble = refused(folder(tmp_path, page__html__jinja=FRAME.format(body)))
    assert [f.line for f in trouble.findings] == [line]


def test_an_attribute_that_people_s_text_would_break_out_of_is_no_page(tmp_path: Path) -> None:
    for body in ("<p class={{ sheet.title }}>x</p>", "<{{ sheet.title }}>", "<p {{ sheet.title }}>x</p>"):
        own = folder(tmp_path, page__html__jinja=FRAME.format(body))
        refused(own, dataclasses.replace(full(), title="x onclick=alert(1)"))
        refused(own, dataclasses.replace(full(), title="script"))


def test_loops_that_would_not_end_are_stopped(tmp_path: Path) -> None:
    loops = "".join(f"{{% for a{n} in sheet.sections %}}" for n in range(12))
    body = loops + "x" + "{% endfor %}" * 12
    record = dataclasses.replace(full(), contributions=full().contributions * 50)
    own = folder(tmp_path, page__html__jinja=FRAME.format(body.replace("sheet.sections", "sheet.sections[4].entries")))
    with pytest.raises(UserError) as caught:
        html.page(record, ALL, templates=own)
    assert "too many times" in caught.value.findings[0].what


def test_output_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LONGEST", 100_000)
    own = folder(tmp_path, page__html__jinja=FRAME.format("{{ sheet.sections[0].texts[1].text }}" * 200))
    trouble = refused(own, dataclasses.replace(full(), request=m.Request("?", "phrase " * 300)))
    assert "writes too much" in trouble.findings[0].what


@pytest.mark.parametrize("what", ["large", "folder", "latin", "link", "missing link", "deep"])
def test_files_that_are_no_templates_are_told(what: str, tmp_path: Path) -> None:
    own = folder(tmp_path)
    path = own / "page.html.jinja"
    match what:
        case "large":
            path.write_text("x" * (templates.LARGEST + 1))
        case "folder":
            path.mkdir()
        case "latin":
            path.write_bytes("é".encode("latin-1"))
        case "link" | "missing link":
            secret = tmp_path / "secret"
            if what == "link":
                secret.write_text(FRAME.format("secret"))
            path.symlink_to(secret)
        case _:
            path.write_text(FRAME.format("{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}"))
    if what == "missing link":
        assert html.page(full(), ALL, templates=own) == html.page(full(), ALL)
    else:
        assert refused(own).file == path


@pytest.mark.parametrize("line", REACHING)
def test_typst_reads_nothing_and_fetches_nothing(line: str, tmp_path: Path) -> None:
    own = folder(tmp_path, page__typ=f"= Title\n\n{line}\n")
    with pytest.raises(UserError) as caught:
        pdf.page(full(), Options(), templates=own)
    assert caught.value.file == own / "page.typ"
    assert caught.value.findings[0].line == 3


def test_ordinary_words_that_only_contain_such_a_name_are_fine(tmp_path: Path) -> None:
    text = "#set document(title: sheet.title)\n= Already standard, threads of imports? importance!\n#sheet.title"
    assert "Already" in pdf.text_of(pdf.page(full(), Options(), templates=folder(tmp_path, page__typ=text)))


def test_a_slip_in_typst_is_told_with_its_line(tmp_path: Path) -> None:
    own = folder(tmp_path, page__typ="= Title\n\n#sheet.titel\n")
    with pytest.raises(UserError) as caught:
        pdf.page(full(), Options(), templates=own)
    assert caught.value.file == own / "page.typ"
    [finding] = caught.value.findings
    assert finding.line == 3
    assert "titel" in finding.what


def test_a_page_of_typst_that_can_never_be_one_sheet_is_told(tmp_path: Path) -> None:
    text = "#set document(title: sheet.title)\n#sheet.title\n#pagebreak()\nmore\n"
    with pytest.raises(UserError, match="more than one sheet"):
        pdf.page(full(), Options(), templates=folder(tmp_path, page__typ=text))


def test_typst_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "SECONDS", 1)
    text = "#let x = 0\n#for a in range(100000) { for b in range(100000) { x = a } }\n"
    with pytest.raises(UserError, match="it was stopped"):
        pdf.page(full(), Options(), templates=folder(tmp_path, page__typ=text))


@pytest.mark.campaign
@pytest.mark.skipif(sys.platform != "linux", reason="the bound on memory is that of Linux")
def test_typst_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    text = "#let x = range(1000000)\n#for a in range(40) { x = x + x }\n#x.len()\n"
    with pytest.raises(UserError):
        pdf.page(full(), Options(), templates=folder(tmp_path, page__typ=text))


@pytest.mark.skipif(os.name == "nt", reason="there are no such names there")
def test_what_lies_beside_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # the folder that people work in is shared: nothing in it may pass for a part of the program
    (tmp_path / "typst.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    own = folder(tmp_path, page__typ=example("page.typ"))
    assert pdf.pages_of(pdf.page(full(), Options(), templates=own)) == 1


@pytest.mark.parametrize("text", reading.AWKWARD)
def test_texts_stay_texts_in_a_group_s_template(text: str, tmp_path: Path) -> None:
    own = folder(
        tmp_path,
        page__html__jinja=example("page.html.jinja"),
        page__typ=example("page.typ").replace("size: 11pt", "size: 9pt"),
    )
    record = reading.filled(text)
    root = reading.document(html.page(record, Options(), templates=own))
    assert {n for n, _e in reading.elements(root)} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li",
    }  # fmt: skip
    assert reading.said(root).count(record.title) >= 6
    data = pdf.page(record, Options(), templates=own)
    assert reading.bare(pdf.text_of(data)).count(reading.bare(text)) >= 6


def test_the_built_in_templates_are_there() -> None:
    for name in ("page.html.jinja", "recap.html.jinja", "recap.md.jinja", "page.typ", "recap.typ", "page.css"):
        assert templates.find(name, None).text
