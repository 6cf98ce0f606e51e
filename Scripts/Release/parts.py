"""What the programs are made of: packages that are linked in, what those carry, and shared libraries.

Linked packages are told by the linker's own list of objects, which the build leaves beside a program: a package that
is resolved and not linked is no part of it. Nothing is guessed; what has no licence in licences.json is an error.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Missing(Exception):
    """Something is not there that the answer needs: what, and what to do."""


def known():
    """The data."""
    return json.loads((HERE / "licences.json").read_text(encoding="utf-8"))


def version():
    """The version of Apus."""
    return subprocess.run([HERE / "version"], capture_output=True, text=True, check=True).stdout.strip()


def toolchain():
    """The folder of the Swift toolchain on PATH."""
    swift = shutil.which(os.environ.get("SWIFT") or "swift")
    if not swift:
        raise Missing("swift is not on PATH: its libraries are part of the programs")
    return pathlib.Path(swift).resolve().parent.parent


def compiler():
    """The version of the Swift toolchain on PATH, whose libraries are linked in."""
    told = subprocess.run([toolchain() / "bin/swiftc", "--version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"Swift version (\S+)", told)[1]


def pins(resolved):
    """Package.resolved: identity to location, version and revision."""
    path = pathlib.Path(resolved)
    if not path.is_file():
        raise Missing(f"{path} is missing: build first, or `swift package resolve`")
    found = {}
    for pin in json.loads(path.read_text(encoding="utf-8"))["pins"]:
        state = pin["state"]
        found[pin["identity"]] = {"location": pin["location"].removesuffix(".git"),
                                  "version": state.get("version") or state["revision"], "revision": state["revision"]}
    return found


def checkouts(scratch):
    """The folders of the packages' sources, by identity."""
    return {f.name.lower(): f for f in sorted((pathlib.Path(scratch) / "checkouts").glob("*")) if f.is_dir()}


def modules(product):
    """The modules whose objects were linked into a program, by the linker's list."""
    listed = product.with_name(product.name + ".product") / "Objects.LinkFileList"
    if not listed.is_file():
        raise Missing(f"{listed} is missing: SBOM and notices are made where the program was built")
    return set(re.findall(r"/([^/\n]+)\.build/", listed.read_text(encoding="utf-8")))


def linked(products, scratch, resolved, data):
    """The packages of some programs: identity to the pin, the programs that hold it, and its folder."""
    pinned, folders, found = pins(resolved), checkouts(scratch), {}
    ours = {f.name.replace("-", "_") for f in (ROOT / "Sources").iterdir()}
    owner = {}
    for identity, folder in folders.items():
        # A module is a folder of Sources, at whatever depth a package likes.
        for below in (folder / "Sources").rglob("*"):
            if below.is_dir():
                owner.setdefault(below.name, []).append(identity)
    for identity, entry in data["packages"].items():
        for module in entry.get("modules", []):
            owner[module] = [identity]
    for product in products:
        for module in modules(product) - ours:
            owners = [i for i in owner.get(module, []) if i in pinned]
            direct = [i for i in owners if (folders[i] / "Sources" / module).is_dir()] or owners
            if len(direct) != 1:
                raise Missing(f"module {module} of {product.name} belongs to {direct or 'no package'}: licences.json "
                              "(modules) can say to which")
            entry = found.setdefault(direct[0], {**pinned[direct[0]], "programs": set(), "modules": set()})
            entry["programs"].add(product.name)
            entry["modules"].add(module)
            entry["folder"] = folders[direct[0]]
    for identity in found:
        if identity not in data["packages"]:
            raise Missing(f"package {identity} has no licence in licences.json")
    return dict(sorted(found.items()))


def licence_texts(folder):
    """A package's files of licence and notice, the licence first."""
    named = sorted(f for f in folder.iterdir() if re.match(r"(LICEN[CS]E|COPYING|NOTICE)", f.name, re.I))
    if not named:
        raise Missing(f"{folder.name} has no file of its licence")
    return named


def agrees(text, licence):
    """Whether a licence's text is the one that the data name."""
    if licence == "MIT":
        return "Permission is hereby granted, free of charge" in text
    exception = "Runtime Library Exception" in text
    return "Apache License" in text and exception == (licence != "Apache-2.0")


def libraries(program):
    """The shared libraries that a program loads: name to path and whether the program itself names it."""
    dynamic = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic))
    loaded = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    found = {}
    for name, path in re.findall(r"^\s*(\S+) => (\S+) \(", loaded, re.M) + [
            (p.rsplit("/", 1)[-1], p) for p in re.findall(r"^\s*(/\S+) \(", loaded, re.M)]:
        found[name] = (path, name in named)
    return found


def debian_package(path):
    """The Debian package and version that a file is of; None elsewhere."""
    # /lib is a link to /usr/lib, and dpkg knows a file by either name.
    for candidate in (path, str(pathlib.Path(path).resolve()), path.removeprefix("/usr"), "/usr" + path):
        try:
            done = subprocess.run(["dpkg-query", "-S", candidate], capture_output=True, text=True, check=False)
        except OSError:
            return None
        if done.returncode == 0:
            name = done.stdout.split(": ")[0].split(",")[0]
            asked = subprocess.run(["dpkg-query", "-W", "-f=${Package} ${Version} ${Architecture}", name],
                                   capture_output=True, text=True, check=True)
            return tuple(asked.stdout.split())
    return None
