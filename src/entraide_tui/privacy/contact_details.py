"""Find contact details in a text (addresses, links, numbers, accounts): they never leave with a shared record.

Time is linear in the text: it is split into words first, and only words of bounded length are parsed. The libraries
phonenumbers and linkify-it-py were rejected: both skip numbers and hosts that they don't know to be valid, where a
false match is better here than a miss.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["mail", "link", "phone", "account"]


class Contact(NamedTuple):
    """A contact detail: its span in the text and its kind."""

    start: int
    end: int
    kind: Kind


LONGEST_WORD = 400
"""Characters; a longer word is not parsed, but counts as a link if it could hold an address."""
_WORD = re.compile(r"[^\s<>«»“”\"|\u2028\u2029]+")
_EDGES = "()[]{}.,;:!?…'’*`·•"
_SIGNS = ("@", "＠", ".", ":", "#", "(at)", "[at]")
_SCHEME = re.compile(
    r"(?:https?|ftps?|file|irc|matrix|tg|zoommtg|msteams)://|(?:mailto|tel|sms|sip|sips|xmpp|skype|callto|facetime|"
    r"whatsapp|signal|sgnl|geo|im|webcal|matrix|magnet|viber):(?=[\w+])|www\.",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+%&'=!#$/*?^{}~-]+(?:@|\(at\)|\[at\]|＠)[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+(?P<top>[a-z]{2,24}|xn--[\w-]+)(?::\d+)?(?P<rest>[/?#]\S*)?", re.IGNORECASE)
_HANDLE = re.compile(r"[@＠](?P<name>\w[\w.-]*)(?P<host>@[\w.-]+)?")
_TAGGED = re.compile(r"\w{2,32}#\d{4}")
_NETWORK = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|discord|telegram|signal|skype|tiktok|twitter|linkedin|facebook|fb|messenger|"
    r"mastodon|bluesky|threads|whatsapp|viber|wechat|youtube|twitch|github|matrix)\s{0,2}[:=]\s{0,2}(?P<name>[^\s,;()]{2,80})",
    re.IGNORECASE,
)
_TOPS = frozenset(
    """
com net org info biz name pro edu gov mil int app dev io ai co online site web website blog shop store tech
cloud email page pages link click live chat club group team team community social network world life earth eco
bio ong ngo coop asso gouv paris bzh alsace corsica london scot wales cat eus gal berlin wien brussels
vlaanderen quebec africa asia eu fr be ch ca uk ie lu mc es pt it nl de at pl cz sk hu ro bg gr se no fi dk is
lt lv ee hr rs ba mk al ua ru by md tr cy mt li ad us mx br ar cl pe uy ve ec bo py au nz jp cn kr tw hk sg my
th vn ph id in pk bd lk np ir iq il ps jo lb sy sa ae qa kw om ye eg ly tn dz ma mr sn ml bf ne ci gh tg bj ng
cm ga cg cd ao mz mg za ke tz ug rw bi et dj so sd zm zw na bw re gp mq gf yt nc pf pm wf xyz me tv ly gg gl gd
ms cc ws to st la sh su fm am vc tel mobi museum travel jobs health care school academy university college
education courses events fun games media news press video photo photography art design studio agency company
solutions services support help space zone center house garden farm cafe bar restaurant music film theatre
foundation charity gives fund tips tools today
""".split()  # noqa: SIM905 - easier to read and to change than a list
)
"""Top-level domains that make a host of a dotted word."""
_WORDS_TOO = frozenset(
    """
at be by ca de do en es et fi in is it la le li lu ma me mr ms my na ne no nu pm pro re sa se si so st su to tu
un us id im am an as ai bar art care chat club co design et fun garden group help house info jobs life live link
mobi music name news page pages photo press school space support team tel tips today tools travel video world
zone film health events center cafe education studio services solutions company social network community online
email
""".split()  # noqa: SIM905 - easier to read and to change than a list
)
"""Top-level domains that are words too, as in “fin.Le”: such a host needs a path, digit, hyphen or third label."""
_MESSENGERS = frozenset(
    """
t.me wa.me m.me fb.me ig.me bit.ly goo.gl lnkd.in youtu.be meet.jit.si jit.si signal.me discord.gg zoom.us
meet.google.com teams.microsoft.com aka.ms wa.link linktr.ee tinyurl.com is.gd ow.ly framatalk.org bsky.app
matrix.to visio.numerique.gouv.fr webinaire.numerique.gouv.fr rdv.li cal.com calendly.com doodle.com keet.io
""".split()  # noqa: SIM905 - easier to read and to change than a list
)
_RUN = re.compile(r"(?<![\w.,/-])[(\[]?\+?[(\[]?\d(?:[ \t\u00a0\u202f().\[\]/·•–—‐‑‒−-]{0,4}\d)*(?![\w]|[.,]\d)")
"""A run of digits with the separators of a phone number."""
_GROUP = re.compile(r"\d+")
_PLAIN_NUMBER = re.compile(r"\d{3}[)\]]?[ .\-–]\d{3}[ .\-–]\d{4}|\d{1,2}(?:[ .\-–\u00a0\u202f/]\d{2}){4}")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_MOST_GROUPS = 10
_CALLED = re.compile(
    r"(?:\bt[ée]l(?:[ée]phone)?s?|\bphone|\bmobile|\bportable|\bcell(?:ulaire)?|\bfax|\bsms|\bwhatsapp|\bsignal|\bcall|"
    r"\bnum[ée]ro|\bn°|\bpoint\s+me\s+at|\bjoindre|\bjoignable|\bappel\w*|\btext|\bmeeting\s+id|\br[ée]union|\bpin|\bcode|\broom|\bsalle)"
    r"[^\d\n]{0,24}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|(?:19|20)\d{2}\s*[-–/]\s*(?:19|20)?\d{2}"
)


def find_contacts(text: str) -> list[Contact]:
    """All contact details in the text, in order, without overlaps."""
    found = [*_numbers(text)]
    for word in _WORD.finditer(text):
        found += _in_word(word[0], word.start())
    for match in _NETWORK.finditer(text):
        found.append(Contact(match.start("name"), match.end("name"), "account"))
    found.sort(key=lambda contact: (contact.start, -contact.end))
    out: list[Contact] = []
    for contact in found:
        if not out or contact.start >= out[-1].end:
            out.append(contact)
        elif contact.end > out[-1].end:  # overlapping matches are merged
            out[-1] = out[-1]._replace(end=contact.end)
    return out


def _in_word(word: str, at: int) -> Iterator[Contact]:
    if not (
        "@" in word or "＠" in word or "." in word or ":" in word or "#" in word or "(at)" in word or "[at]" in word
    ):
        return
    if len(word) > LONGEST_WORD:
        if "@" in word or "://" in word or "www." in word.lower():
            yield Contact(at, at + len(word), "link")
        return
    start, end = 0, len(word)
    while start < end and word[start] in _EDGES:
        start += 1
    while end > start and word[end - 1] in _EDGES:
        end -= 1
    inner = word[start:end]
    at += start
    if scheme := _SCHEME.search(inner):
        yield Contact(at + scheme.start(), at + len(inner), "link")
        return
    if handle := _HANDLE.search(inner):
        before = inner[: handle.start()]
        if not before or not (before[-1].isalnum() or before[-1] in "_.+-"):
            name_end = handle.end() if handle["host"] else handle.start() + 1 + len(handle["name"].rstrip(".-"))
            if len(handle["name"]) > 1:
                yield Contact(at + handle.start(), at + name_end, "account")
                return
    if mail := _MAIL.search(inner):
        yield Contact(at + mail.start(), at + mail.end(), "mail")
        return
    if tagged := _TAGGED.search(inner):
        yield Contact(at + tagged.start(), at + tagged.end(), "account")
        return
    for host in _HOST.finditer(inner):
        if _is_host(host):
            yield Contact(at + host.start(), at + host.end(), "link")


def _is_host(host: re.Match[str]) -> bool:
    name, top = host[0].lower(), host["top"].lower()
    bare = name.removesuffix((host["rest"] or "").lower())
    if any(bare == known or bare.endswith(f".{known}") for known in _MESSENGERS):
        return True
    if top not in _TOPS and not top.startswith("xn--"):
        return bool(host["rest"]) and len(host["rest"]) > 1 and bare.count(".") >= 1 and top.isascii()
    labels = bare.split(".")
    if top in _WORDS_TOO:
        has_path = bool(host["rest"]) and len(host["rest"] or "") > 1
        return has_path or len(labels) > 2 or "-" in bare or any(c.isdigit() for c in bare)
    return len(labels[0]) > 0 and not (len(labels) == 2 and len(labels[0]) == 1)


def _numbers(text: str) -> Iterator[Contact]:
    for run in _RUN.finditer(text):
        if run.end() - run.start() < 6:
            continue
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        called = bool(_CALLED.search(text[max(0, run.start() - 40) : run.start()]))
        number = 0
        while number < len(groups):
            start = run.start() if number == 0 else groups[number].start()
            while number and start > groups[number - 1].end() and text[start - 1] in "+([":
                start -= 1
            ends = [group.end() for group in groups[number : number + _MOST_GROUPS]]
            longest = next((n for n in reversed(range(len(ends))) if _is_number(text[start : ends[n]], called)), None)
            if longest is not None:
                yield Contact(start, ends[longest], "phone")
                number += longest
            called = False
            number += 1


def _is_number(text: str, called: bool) -> bool:
    """Whether digits with their separators are a phone number.

    Args:
        called: a word such as “tel” or “meeting ID” stands before; shorter numbers count too.
    """
    text = text.lstrip("([")
    digits = sum(map(str.isdigit, text))
    if not 6 <= digits <= 16:
        return False
    if text[0] == "+":
        plausible = digits >= 8
    elif text[0] == "0":
        plausible = digits >= 10 if text.startswith("00") else 9 <= digits <= 12
    else:
        plausible = called or (9 <= digits <= 10 and bool(_PLAIN_NUMBER.fullmatch(text)))
    return plausible and not (_DATE.fullmatch(text.strip(")] ")) or (called and _YEAR.search(text)) or "...." in text)
