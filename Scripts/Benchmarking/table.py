"""The README's table of a bench.json: words from rows.json, numbers from the rounds alone."""

import json
import pathlib
import re

from catalogue import JOBS
from machine import described
from places import ROWS
from record import BenchError, of_rounds

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
HEAD = """| job | peer | Apus takes of the peer's wall · CPU | of the floor's CPU | keep in mind |
| --- | --- | --- | --- | --- |"""
NOT_MEASURED = "not measured"
PLACE = re.compile(r"\{(\d+)\.([a-z]+)(?::([^{}]*))?\}")


class Missing(Exception):
    """A figure that was not measured: no fault, the table says so."""


def count(number):
    """As people read it: 1.3 M, 24,471."""
    return f"{number / 1e6:.1f}".removesuffix(".0") + " M" if number >= 50_000 else f"{number:,}"


class Column:
    """One job of a row, beside one peer and one floor."""

    def __init__(self, spec, jobs, row):
        self.spec, self.row = spec, row
        if spec["job"] not in JOBS:
            raise BenchError(f"row {row}: there is no job {spec['job']}")
        self.job = jobs.get(spec["job"])

    def command(self, label=None):
        """A command by its label; the job's first without one."""
        if self.job is None:
            raise Missing
        commands = self.job["commands"]
        if label is None:
            found = commands[0]
        else:
            found = next((one for one in commands if one["label"] == label), None)
        if found is None:
            # What runs where it is asked for alone, or installed alone.
            if label == "SnpEff" or self.spec.get("optional"):
                raise Missing
            raise BenchError(f"row {self.row}: job {self.spec['job']} has no command {label!r}")
        if "rounds" not in found:
            raise Missing
        return found

    def ratio(self, of, to, field):
        return of_rounds(self.command(of), self.command(to), field)["median"]

    def takes(self):
        """Of the peer's wall and CPU."""
        wall, cpu = (self.ratio(None, self.spec["to"], field) for field in ["wall_s", "cpu_s"])
        return f"{wall:.2f} · {cpu:.2f}"

    def floor(self):
        return f"{self.ratio(None, self.spec['floor'], 'cpu_s'):.1f}"

    def figure(self, what, words):
        """What a place in a row's words stands for."""
        first, words = self.command(), words or ""
        if what == "records":
            return count(first["records"])
        if what == "rounds":
            rounds = len(first["rounds"])
            return "one round" if rounds == 1 else f"{rounds} rounds"
        if what == "option":
            value = self.job["options"][words]
            return value if isinstance(value, str) else count(value)
        if what == "fact":
            return f"{self.job['facts'][words]:,}"
        if what == "version":
            return self.job["versions"][words]
        if what == "rate":
            command = self.command(words)
            return f"{round(command['records'] / command['cpu_s']['median'], -3):,.0f}"
        of, _, to = words.partition("|")
        if what in ["wall", "cpu"]:
            return f"{self.ratio(of, to, what + '_s'):.2f}"
        if what == "bytes":
            return f"{self.command(of)['bytes'] / self.command(to)['bytes']:.3f}"
        raise KeyError(what)


def filled(text, columns, row):
    """A row's words with their figures; … stands for what was not measured."""
    def figure(match):
        try:
            return columns[int(match[1])].figure(match[2], match[3])
        except Missing:
            return "…"
        except (KeyError, IndexError, TypeError) as error:
            raise BenchError(f"row {row}: nothing is known of {match[0]}: {error}") from error
    if "{" in PLACE.sub("", text):
        raise BenchError(f"row {row}: a place that cannot be read in {text!r}")
    return PLACE.sub(figure, text)


def cells(columns, figure):
    """The columns' figures with semicolons between them; one word where none was measured."""
    found = []
    for column in columns:
        try:
            found.append(figure(column))
        except Missing:
            found.append(NOT_MEASURED)
    return NOT_MEASURED if set(found) == {NOT_MEASURED} else "; ".join(found)


def table(bench, rows):
    """The table's lines, and the jobs that it is of."""
    jobs = {job["id"]: job for job in bench["jobs"]}
    unknown = sorted(set(jobs) - JOBS)
    if unknown:
        raise BenchError(f"jobs that this version does not know: {', '.join(unknown)}")
    lines, used = [HEAD], []
    for number, row in enumerate(rows, start=1):
        columns = [Column(spec, jobs, number) for spec in row["columns"]]
        used += [column.job for column in columns if column.job and column.job not in used]
        takes = cells(columns, Column.takes)
        floors = ""
        if takes != NOT_MEASURED and any("floor" in column.spec for column in columns):
            floors = cells(columns, Column.floor)
        words = [filled(row[name], columns, number) for name in ["job", "peer"]]
        note = filled(row["note"], columns, number) if takes != NOT_MEASURED else ""
        line = "| " + " | ".join([*words, takes, floors, note]) + " |"
        lines.append(re.sub(r" +\|", " |", re.sub(r"\| +(?=\|)", "| ", line)))
    return "\n".join(lines), used


def sessions(jobs):
    """The jobs by what they were measured with; jobs of one session differ in nothing but the load."""
    found = {}
    for job in jobs:
        shared = {"machine": job["machine"], "versions": job["versions"], "threads": job["options"]["threads"]}
        key = json.dumps(shared, sort_keys=True)
        found.setdefault(key, (shared, []))[1].append(job)
    return list(found.values())


def names_of(members, others):
    """A session's rows by their group, or by their job where another session has rows of that group."""
    def group(job):
        return job["id"].removeprefix("own.").split(".")[0]

    shared = {group(job) for job in others}
    return sorted({job["id"] if group(job) in shared else group(job) for job in members})


def footer(jobs):
    """What the figures were measured with: a sentence a session."""
    sentences = []
    several = len(sessions(jobs)) > 1
    for shared, members in sessions(jobs):
        rounds = sorted({len(job["commands"][0].get("rounds", [])) for job in members} - {0})
        names = names_of(members, [job for job in jobs if job not in members])
        of = f"Rows of {', '.join(names)}: " if several else ""
        own = {job["id"].startswith("own.") for job in members}
        kind = {(False,): "generated data", (True,): "a laboratory's own files"}.get(
            tuple(own), "generated data and a laboratory's own files")
        measured = f"medians of {' or '.join(map(str, rounds))} rounds after a warm-up"
        tools = ", ".join(
            f"{name} {version}" for name, version in shared["versions"].items() if version != "not installed")
        sentence = (
            f"{of}{kind}, {shared['threads']} threads each, {measured} on {described(shared['machine'])}: {tools}.")
        sentences.append(sentence[0].upper() + sentence[1:])
    sentences.append("Two figures with a semicolon are of 1 sample and of 200.")
    return " ".join(sentences)


def rendered(bench, rows=None):
    """Table and sentence, as Markdown."""
    lines, used = table(bench, rows if rows is not None else json.loads(ROWS.read_text()))
    return lines + ("\n\n" + footer(used) if used else "")


def update(path, text):
    """Puts the text between the two markers of a file."""
    path = pathlib.Path(path)
    whole = path.read_text()
    if whole.count(BEGIN) != 1 or whole.count(END) != 1 or whole.index(BEGIN) > whole.index(END):
        raise BenchError(f"{path}: needs one {BEGIN} and one {END} after it")
    before, rest = whole.split(BEGIN)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}")
