#!/usr/bin/env python3
"""Folds a lake of `apus kb export` with the duckdb command line: the base's digest, and every allele's counts.

fold.py LAKE [--counts FILE.tsv|FILE.parquet] [--no-digest] [--memory 4GB] [--threads N] [--duckdb PROGRAM]

Prints the digest, the same as `apus kb digest`. --counts writes AC, AN and the rest of `apus kb query`. Needs Python 3.9
and nothing else of it; duckdb sorts on the disk (--scratch) what does not fit into --memory.
Exit codes: 65 the rows are not the base's, 66 no lake, 69 duckdb is missing or failed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lake"))
import lake as shared  # noqa: E402


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


class Duck:
    """The command line, over a generation's folder."""

    def __init__(self, program, folder, memory, threads, scratch):
        self.program = shutil.which(program)
        if not self.program:
            shared.stop(69, f"{program}: there is no such program; install duckdb's command line")
        views = [
            f"SET temp_directory = {quoted(scratch)}",
            "SET preserve_insertion_order = true",
        ]
        if memory:
            views.append(f"SET memory_limit = {quoted(memory)}")
        if threads:
            views.append(f"SET threads = {threads}")
        for table in shared.TABLES:
            files = f"read_parquet({quoted(f'{folder}/{table}/**/*.parquet')}, hive_partitioning = false)"
            columns = '* EXCLUDE (start, "end"), start AS low, "end" AS high' if table in ("callable", "places") else "*"
            views.append(f"CREATE VIEW {table} AS SELECT {columns} FROM {files}")
        self.prelude = "; ".join(views) + "; "

    def start(self, sql):
        return subprocess.Popen(
            [self.program, "-batch", "-bail", ":memory:", "-c", self.prelude + sql],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self, process, said):
        if process.wait() != 0:
            # What duckdb says may hold a row.
            kind = said.decode(errors="replace").split(":", 1)[0].strip()[:60]
            shared.stop(69, f"duckdb failed ({kind}); check its version, memory and space")

    def run(self, sql):
        process = self.start(sql)
        output, said = process.communicate()
        self.end(process, said)
        return output

    def rows(self, sql):
        """Small results, as dictionaries."""
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "rows.json")
            self.run(f"COPY ({sql}) TO {quoted(file)} (FORMAT json)")
            with open(file, encoding="utf-8") as lines:
                return [json.loads(line) for line in lines]

    def lines(self, sql):
        """Large ones: fields parted by U+0001, which stands in no row, as duckdb makes them."""
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                [
                    self.program, "-batch", "-bail", ":memory:", "-c",
                    self.prelude + f"COPY ({sql}) TO '/dev/stdout' (FORMAT csv, HEADER false, DELIMITER '\x01', "
                    "QUOTE '', ESCAPE '', NULLSTR '')",
                ],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
            for line in process.stdout:
                yield line
            said.seek(0)
            self.end(process, said.read())


def digest(duck):
    base = duck.rows("SELECT * FROM base")
    if len(base) != 1:
        shared.stop(65, "the lake's base table does not have one row; export the base again")
    people = duck.rows("SELECT person, sex, callability, annotation, details FROM people ORDER BY person")
    sections = {row["person"]: (shared.Stretches(), shared.Section()) for row in people}
    # Sorted by person, so that one person's sections are fed at a time, and contigs in the order of their digests.
    for line in duck.lines("SELECT person, refget, low, high FROM callable ORDER BY person, refget, low"):
        person, contig, low, high = line.decode().rstrip("\n").split("\x01")
        sections[int(person)][0].stretch(contig, int(low), int(high))
    sql = f"""SELECT person, refget, {shared.ALLELE_LINE} FROM observations
      ORDER BY person, refget, start, reference, alternate"""
    last, block, count = None, [], 0
    for line in duck.lines(sql):
        person, contig, text = line.split(b"\x01", 2)
        if (person, contig) != last or count >= 4096:
            if block:
                sections[int(last[0])][1].add(last[1].decode(), b"".join(block), count)
            last, block, count = (person, contig), [], 0
        block.append(text)
        count += 1
    if block:
        sections[int(last[0])][1].add(last[1].decode(), b"".join(block), count)
    digests = [shared.contribution_digest(base[0], row, *sections[row["person"]]) for row in people]
    events = [row["event"] for row in duck.rows("SELECT event FROM classifications")]
    return shared.base_digest(base[0], digests, events)


def main():
    parser = argparse.ArgumentParser(usage="%(prog)s LAKE [--counts FILE] …", description=__doc__.split("\n\n")[0])
    parser.add_argument("lake")
    parser.add_argument("--counts", help="writes every allele's counts: FILE.tsv, or FILE.parquet")
    parser.add_argument("--no-digest", action="store_true", help="counts alone")
    parser.add_argument("--memory", help="duckdb's memory, such as 4GB")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--duckdb", default="duckdb")
    parser.add_argument("--scratch", help="a folder for what does not fit into memory")
    options = parser.parse_args()
    read = shared.document(options.lake)
    folder = os.path.join(options.lake, f"generation-{read.get('generation')}")
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        duck = Duck(options.duckdb, folder, options.memory, options.threads, scratch)
        if options.counts:
            form = "parquet, COMPRESSION zstd" if options.counts.endswith(".parquet") else "csv, HEADER true, DELIMITER '\t'"
            partial = options.counts + ".partial"
            duck.run(f"COPY ({shared.counts_sql()}) TO {quoted(partial)} (FORMAT {form})")
            os.replace(partial, options.counts)
        if not options.no_digest:
            shared.finish(options.lake, read, digest(duck))


if __name__ == "__main__":
    main()
