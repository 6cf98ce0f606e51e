"""What every fold of a lake shares: its document, and the canonical digest of Docs/lake.md."""

import hashlib
import json
import os
import sys

SCHEMA = "apus-lake/2"
TABLES = ("base", "contigs", "places", "people", "callable", "observations", "classifications")
COLUMNS = (
    "contig position reference alternate vrs ac an hom het hemi partial people unknown callable_ac callable_an"
).split()


def stop(code, message):
    """Ends with one line, and an exit code of the command's own table."""
    print(f"fold: error: {message}", file=sys.stderr)
    sys.exit(code)


def document(lake):
    """Reads lake.json; ends with 66 without one, with 65 for another schema."""
    try:
        with open(os.path.join(lake, "lake.json"), encoding="utf-8") as file:
            read = json.load(file)
    except OSError as error:
        stop(66, f"{lake}: there is no lake ({error.strerror}); make one with apus kb export")
    except ValueError:
        stop(65, f"{lake}/lake.json: is no JSON; export the base again")
    if not isinstance(read, dict) or read.get("schema") != SCHEMA:
        stop(65, f"{lake}/lake.json: is of no schema {SCHEMA}; export the base again")
    return read


def counts_sql():
    """The query that counts alleles, beside this file."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "counts.sql"), encoding="utf-8") as file:
        return file.read()


# The columns of the canonical lines of an allele; `form`, `genotype`, `genes` and `tier` stand in the lake as they do there.
ALLELE_LINE = (
    "concat_ws(chr(9), 'A', CAST(start AS VARCHAR(20)), reference, alternate, form, genotype, coalesce(genes, '.'), "
    "coalesce(tier, '.'))"
)


class Section:
    """The stretches or alleles of a contribution: lines below each contig, counted and hashed."""

    def __init__(self):
        self.hash = hashlib.sha256()
        self.count = 0
        self.contig = None

    def add(self, contig, lines, count):
        """Adds lines, each ended by a line feed; contigs come in the order of their digests."""
        if contig != self.contig:
            self.contig = contig
            self.hash.update(f"contig\t{contig}\n".encode())
        self.hash.update(lines)
        self.count += count


class Stretches(Section):
    """Callable stretches: those that touch are one, for the lake cuts them at bins."""

    def __init__(self):
        super().__init__()
        self.pending = None

    def stretch(self, contig, start, end):
        if self.pending and self.pending[0] == contig and self.pending[2] == start:
            start = self.pending[1]
        else:
            self.flush()
        self.pending = (contig, start, end)

    def flush(self):
        if self.pending:
            contig, start, end = self.pending
            self.pending = None
            self.add(contig, f"C\t{start}\t{end}\n".encode(), 1)


def contribution_digest(base, person, stretches, alleles):
    """SHA-256 of a contribution's head (apus-contribution/3)."""
    stretches.flush()
    lines = ["apus-contribution/3"]
    for name, value in (
        ("assembly", base["assembly"]), ("reference", base["reference"]), ("sex", person["sex"]),
        ("filters", base["filters"]),
    ):
        lines.append(f"{name}\t{'.' if value is None else value}")
    head = "\n".join(lines) + "\n" + person["details"]
    head += f"annotation\t{'.' if person['annotation'] is None else person['annotation']}\n"
    basis = "." if person["callability"] is None else person["callability"]
    head += f"callable\t{basis}\t{stretches.count}\t{stretches.hash.hexdigest()}\n"
    head += f"alleles\t{alleles.count}\t{alleles.hash.hexdigest()}\n"
    return hashlib.sha256(head.encode()).hexdigest()


def base_digest(base, contributions, events):
    """SHA-256 of a base's canonical rows (apus-knowledge-base/2)."""
    reference = base["reference"] if contributions and base["reference"] is not None else "."
    text = f"apus-knowledge-base/2\npurpose\t{base['purpose']}\nreference\t{reference}\n"
    text += "".join(f"contribution\t{digest}\n" for digest in sorted(contributions))
    digests = sorted(hashlib.sha256(event.encode()).hexdigest() for event in events)
    text += "".join(f"classification\t{digest}\n" for digest in digests)
    return hashlib.sha256(text.encode()).hexdigest()


def finish(lake, read, digest):
    """Prints the digest as `apus kb digest` does; ends with 65 where it is not the one that the lake was proved by."""
    print(digest)
    if digest != read.get("digest"):
        stop(65, f"{lake}: the rows are not those of generation {read.get('generation')}; export the base again")
