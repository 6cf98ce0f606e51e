"""Text as roff has it, and the parts of a help's discussion."""

import re
import textwrap

# What groff would turn into typographic characters, which nobody can paste into a shell.
ESCAPES = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}


def escaped(text):
    """Text that means itself."""
    return "".join(ESCAPES.get(c, c if c.isascii() else f"\\[u{ord(c):04X}]") for c in text)


def line(text):
    """A line of text; one that begins like a request is none."""
    text = escaped(text)
    return "\\&" + text if text.startswith((".", "'")) else text


def word(text):
    """One argument of a macro."""
    return '"' + escaped(text).replace('"', "\\(dq") + '"'


def sentences(text):
    """A sentence a line, as roff wants it."""
    parts = re.split(r"(?<=[.!?]) +(?=\S)", text)
    return [line(row) for part in parts for row in textwrap.wrap(part, 72, break_long_words=False, break_on_hyphens=False)]


def prose(text):
    """Paragraphs; lines that are indented stay as they are."""
    out, literal = [], False
    for row in text.split("\n"):
        if row.startswith("  ") != literal:
            if not literal:
                while out and out[-1] == ".Pp":
                    out.pop()
            out.append(".Ed" if literal else ".Bd -literal -offset indent")
            literal = not literal
        if literal:
            out.append(line(row[2:]))
        elif not row.strip():
            if out and out[-1] not in (".Pp", ".Ed"):
                out.append(".Pp")
        else:
            if out and out[-1] == ".Ed":
                out.append(".Pp")
            out += sentences(row.strip())
    if literal:
        out.append(".Ed")
    while out and out[-1] == ".Pp":
        out.pop()
    return out


def divided(discussion):
    """A discussion's description, its examples, and its own exit codes, where it has them."""
    texts, examples, exits = [], [], []
    into = texts
    for row in discussion.split("\n"):
        if re.fullmatch(r"Examples?:", row):
            into = examples
        elif row.startswith("Exit codes: "):
            into = exits
            exits.append(row.removeprefix("Exit codes: "))
        elif row and not row.startswith(" ") and into is examples:
            into = texts
            texts.append(row)
        elif not row and into is exits:
            into = texts
        elif row or into is texts:
            into.append(row)
    # A continuation that the source's own line break joined.
    examples = [re.sub(r"(?<=\S) {4,}(?=-)", " \\\\\n      ", row) for row in examples]
    return "\n".join(texts).strip("\n"), "\n".join(examples), " ".join(exits)
