"""What people see at the end of a job, and the two tables beside bench.json."""

import statistics


def show(job):
    print(f"\n{job.title}")
    print(f"  {'command':<38}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}   {job.commands[0].label} takes")
    for command in job.commands:
        name = command.label if command.role != "floor" else f"floor: {command.label}"
        if command.failure:
            print(f"  {name:<38}failed, {command.failure}")
            continue
        line = f"  {name:<38}{command.median('wall'):8.2f}{command.median('cpu'):8.2f}{command.median('peak'):9.0f}"
        wall, cpu = job.ratio(command, "wall"), job.ratio(command, "cpu")
        if wall is not None:
            line += f"   {wall:.2f} of its wall, {cpu:.2f} of its CPU{job.size_ratio(command)}"
        print(line + job.disagreement(command), flush=True)
    for words, field, rounds in job.figure_rounds():
        print(
            f"  {words}: {statistics.median(rounds):.1%} of {'CPU' if field == 'cpu' else 'wall'}"
            f" ({min(rounds):.1%} to {max(rounds):.1%})", flush=True)


def write(jobs, folder):
    with open(folder / "results.tsv", "w") as table, open(folder / "rounds.tsv", "w") as rounds:
        table.write("job\tcommand\trole\twall_s\tcpu_s\tpeak_mb\tapus_wall_ratio\tapus_cpu_ratio\n")
        rounds.write("job\tcommand\trole\tround\twall_s\tcpu_s\tpeak_mb\n")
        for job in jobs:
            for command in job.commands:
                key = f"{job.title}\t{command.label}\t{command.role}"
                if command.failure:
                    continue
                ratios = [job.ratio(command, field) for field in ["wall", "cpu"]]
                medians = [command.median(field) for field in ["wall", "cpu", "peak"]]
                cells = [f"{value:.3f}" for value in medians]
                cells += ["" if ratio is None else f"{ratio:.3f}" for ratio in ratios]
                table.write(key + "\t" + "\t".join(cells) + "\n")
                for number, sample in enumerate(command.samples, start=1):
                    rounds.write(f"{key}\t{number}\t{sample.wall:.3f}\t{sample.cpu:.3f}\t{sample.peak:.1f}\n")

