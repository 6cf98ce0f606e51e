"""What more threads bring: the first command of Apus of each job, at several numbers of threads."""

import copy
import dataclasses

from catalogue import made
from measuring import Job
from record import job_json, of_rounds


def scaling_jobs(options, data):
    """A job for each, whose commands differ in their number of threads alone."""
    by_threads = []
    for number in options.scaling:
        one = copy.copy(options)
        one.threads = number
        by_threads.append(made(options.groups, one, data))
    for same in zip(*by_threads):
        commands = [
            dataclasses.replace(job.commands[0], label=f"{number} thread{'s' if number > 1 else ''}")
            for number, job in zip(options.scaling, same)]
        first = same[0]
        yield Job(
            first.group, first.name, f"{first.commands[0].label}: {first.title}", commands, rounds=first.rounds,
            own=first.own)


def scaling_json(job, options, shared, data_folder, scratch):
    """The commands' rounds, and of each number of threads how much faster it is than the first."""
    found = job_json(job, options, shared, data_folder, scratch)
    del found["ratios"]
    found["options"] = {name: value for name, value in found["options"].items() if name != "threads"}
    alive = [(number, one) for number, one in zip(options.scaling, found["commands"]) if "rounds" in one]
    found["points"] = [point(number, one, *alive[0]) for number, one in alive]
    return found


def point(threads, command, fewest, first):
    """One number of threads: efficiency is the share of the speed-up that as many times the threads promise."""
    speed_up = of_rounds(first, command, "wall_s")
    return {
        "threads": threads, "wall_s": command["wall_s"]["median"], "speed_up": speed_up,
        "efficiency": round(speed_up["median"] * fewest / threads, 4), "cpu_s": of_rounds(command, first, "cpu_s")}


def show(found, cores):
    print(f"\n{found['title']}")
    for command in found["commands"]:
        if "failure" in command:
            print(f"  {command['label']:<12}failed, {command['failure']}")
    print(f"  {'threads':>7}{'wall s':>9}{'speed-up':>10}{'(spread)':>15}{'efficiency':>12}{'CPU':>7}")
    for one in found["points"]:
        up = one["speed_up"]
        spread = f"({up['min']:.2f} to {up['max']:.2f})"
        words = "   more threads than cores" if one["threads"] > cores else ""
        print(
            f"  {one['threads']:>7}{one['wall_s']:9.2f}{up['median']:10.2f}{spread:>15}{one['efficiency']:12.0%}"
            f"{one['cpu_s']['median']:7.2f}{words}", flush=True)
