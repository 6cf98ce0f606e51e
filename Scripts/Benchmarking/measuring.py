"""Commands that are run and measured, and jobs: commands that do the same, side by side."""

import dataclasses
import os
import statistics
import subprocess
import time

from places import TIME


@dataclasses.dataclass
class Sample:
    wall: float
    cpu: float
    peak: float  # MB


@dataclasses.dataclass
class Command:
    label: str
    role: str  # apus, peer or floor
    argv: list
    count: object = None  # takes the scratch folder after a run, gives the records that the command saw
    sizes: list = dataclasses.field(default_factory=list)  # outputs whose bytes are compared
    bytes: int = 0
    prepare: object = None  # takes the scratch folder before each run, outside of what is measured
    samples: list = dataclasses.field(default_factory=list)
    failure: str = ""
    records: int = None

    def measure(self, scratch, output=os.devnull):
        """One run; raises RuntimeError with the command's own words where it fails."""
        if self.prepare:
            self.prepare(scratch)
        memory = scratch / "peak"
        # Peak memory comes from time(1): a child's own rusage starts at the size of this interpreter.
        argv = [TIME, "-f", "%M", "-o", str(memory)] + self.argv if TIME else self.argv
        with open(scratch / "stderr", "w+b") as errors, open(output, "wb") as words:
            begin = time.perf_counter()
            process = subprocess.Popen(
                [str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=words, stderr=errors,
                cwd=scratch)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                errors.seek(0)
                lines = errors.read().decode(errors="replace").strip().splitlines()
                raise RuntimeError(f"exit code {process.returncode}: {lines[0] if lines else 'no message'}")
        peak = int(memory.read_text().split()[-1]) if TIME else usage.ru_maxrss
        return Sample(wall, usage.ru_utime + usage.ru_stime, peak / 1024)

    def median(self, field):
        return statistics.median(getattr(sample, field) for sample in self.samples)


@dataclasses.dataclass
class Job:
    group: str
    name: str  # with the group what bench.json and the table call it, whatever the sizes
    title: str
    commands: list
    rounds: int = 0  # measured rounds; 0 for as many as asked
    figures: list = dataclasses.field(default_factory=list)  # lines made of the rounds: words, and what gives a number
    facts: dict = dataclasses.field(default_factory=dict)  # what the data hold
    own: bool = False  # whether the files are the laboratory's own
    load: float = 0.0  # of the machine when the job began

    @property
    def id(self):
        return f"{'own.' if self.own else ''}{self.group}.{self.name}"

    def __post_init__(self):
        # A command may be given to several jobs; what it measures in one is not the others'.
        self.commands = [dataclasses.replace(command, samples=[]) for command in self.commands]

    def run(self, rounds, scratch):
        rounds = self.rounds or rounds
        self.load = os.getloadavg()[0]
        for command in self.commands:  # The warm-up fills the page cache, and tells what does not work.
            try:
                command.measure(scratch, scratch / "stdout")
                if command.count:
                    command.records = command.count(scratch)
                command.bytes = sum((scratch / name).stat().st_size for name in command.sizes)
            except (RuntimeError, OSError, ValueError, LookupError) as error:
                command.failure = str(error).replace(f"{scratch}/", "")
            (scratch / "stdout").unlink(missing_ok=True)
        alive = [command for command in self.commands if not command.failure]
        for number in range(rounds):
            shift = number % max(1, len(alive))
            for command in alive[shift:] + alive[:shift]:
                command.samples.append(command.measure(scratch))

    def figure_rounds(self):
        """The figures' words, what they are of, and their value in each round."""
        if any(command.failure or not command.samples for command in self.commands):
            return []
        rounds = list(zip(*[command.samples for command in self.commands]))
        return [
            (words, field, [number([getattr(sample, field) for sample in samples]) for samples in rounds])
            for words, number in self.figures for field in ["cpu", "wall"]]

    def disagreement(self, command):
        """Where two commands of the job saw other numbers of records."""
        expected = next((other.records for other in self.commands if other.role != "apus" and other.records), None)
        if command.records is None or expected is None or command.records == expected:
            return ""
        return f" ({command.records:,} records, others {expected:,})"

    def size_ratio(self, command):
        """What the first command's output takes of another's in bytes."""
        first = self.commands[0]
        if command is first or not first.bytes or not command.bytes:
            return ""
        return f", {first.bytes / command.bytes:.3f} of its bytes"

    def ratio(self, command, field):
        """What the first command takes of another's wall or CPU time: below 1, the first is better."""
        first = self.commands[0]
        if command is first or first.failure or command.failure:
            return None
        pairs = zip(first.samples, command.samples)
        return statistics.median(getattr(a, field) / max(getattr(b, field), 1e-6) for a, b in pairs)
