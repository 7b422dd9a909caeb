"""Makes the installers of one edition: `python .packaging/build.py field`, or `workshop`; they appear in `dist/`.

Linux: a .deb and a portable .tar.xz. Windows: a portable .zip, and of the field edition a setup program, which takes
NSIS. It needs what `pip install '.[train,build]'` installs, and no network. What it makes needs none of that.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from string import Template

from PyInstaller.archive.readers import CArchiveReader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from defect_desktop import __version__  # noqa: E402

EFFORTS = {"field": 6, "workshop": 1}
"""The editions, and how hard each is packed: the libraries for graphics cards take an hour at the usual effort."""
NAME = "defect-desktop"
HERE = ROOT / ".packaging"
BUILD, DIST = ROOT / "build", ROOT / "dist"
LICENCE = re.compile("licen[cs]e|copying|notice|third.party", re.IGNORECASE)


def main(edition: str) -> None:
    """Freezes the edition and packs it for this system."""
    if edition not in EFFORTS:
        sys.exit(f"choose an edition: {', '.join(EFFORTS)}")
    program = freeze(edition)
    collect_licences(program)
    if sys.platform == "linux":
        strip(program)
        pack_portable(program, EFFORTS[edition])
        pack_deb(program, edition, EFFORTS[edition])
    elif sys.platform == "win32":
        shutil.make_archive(str(DIST / f"{program.name}-{__version__}-windows"), "zip", DIST, program.name)
        if edition == "field":  # a setup program of NSIS holds two gigabytes at most
            pack_setup(program, DIST / f"{program.name}-{__version__}-setup.exe")


def freeze(edition: str) -> Path:
    """The program's folder, with the starter pack compiled."""
    models = BUILD / "models"
    shutil.rmtree(models, ignore_errors=True)
    models.mkdir(parents=True)
    compiling = ("models", "compile", "starter", "--out", str(models / "starter"))
    run(sys.executable, "-m", "defect_desktop", *compiling, *(("--compiled-only",) if edition == "field" else ()))
    folders = ("--distpath", str(DIST), "--workpath", str(BUILD))
    environment = {"EDITION": edition, "MODELS": str(models), "VERSION_FILE": str(write_version_file())}
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", *folders, str(ROOT / "build.spec"), **environment)
    return DIST / f"{NAME}-{edition}"


def write_version_file() -> Path:
    """What Windows shows as the program's properties."""
    numbers = (*map(int, __version__.split(".")), 0)  # noqa: RUF048 - a version of ours is three numbers
    template = Template((HERE / "windows" / "version.txt").read_text(encoding="utf-8"))
    target = BUILD / "version.txt"
    target.write_text(template.substitute(version=__version__, numbers=numbers), encoding="utf-8")
    return target


def strip(program: Path) -> None:
    """Takes the symbols out of the libraries that stand it: those that wheels have repaired would break."""
    inside = program / "_internal"
    sound = [*inside.glob("libpython3*"), *inside.glob("python3*/**/*.so"), *inside.glob("sqlalchemy/**/*.so")]
    run("strip", "--strip-unneeded", *map(str, sound))


def collect_licences(program: Path) -> None:
    """The licence texts of everything in the program, a folder a package."""
    target = program / "licences"
    shutil.copytree(HERE / "licences", target)
    (target / "python").mkdir()
    shutil.copy(python_licence(), target / "python")
    (target / "python" / "VERSION.txt").write_text(f"Python {sys.version}\n", encoding="utf-8")
    for package in shipped_packages(program):
        place = target / f"{package.name}-{package.version}"
        for file in package.files or ():
            if LICENCE.search(file.name) and ".dist-info" in file.parts[0]:
                place.mkdir(exist_ok=True)
                shutil.copy(package.locate_file(file), place / "-".join(file.parts[1:]))


def python_licence() -> Path:
    """The text of Python's licence, which lies beside its modules, on Windows beside itself."""
    places = (Path(os.__file__).parent, Path(sys.base_prefix))
    return next(file for place in places if (file := place / "LICENSE.txt").exists())


def shipped_packages(program: Path) -> list[Distribution]:
    """The installed packages of which the program contains something."""
    archive = CArchiveReader(str(program / executable())).open_embedded_archive("PYZ.pyz")
    modules = {name.partition(".")[0] for name in archive.toc}
    modules |= {path.name.partition(".")[0] for path in (program / "_internal").iterdir()}
    owners = packages_distributions()
    names = {owner for module in modules for owner in owners.get(module, ())}
    return [distribution(name) for name in sorted(names)]


def executable() -> str:
    """The program's file name."""
    return f"{NAME}.exe" if sys.platform == "win32" else NAME


def pack_portable(program: Path, effort: int) -> None:
    """One .tar.xz to unpack anywhere."""
    name = f"{program.name}-{__version__}"
    pack(program, DIST / f"{name}-linux-{machine()}.tar.xz", name, effort)


def pack(folder: Path, target: Path, name: str, effort: int) -> None:
    """Packs a folder's content under another name; a filter for machine code saves some megabytes."""
    how = (f"--use-compress-program=xz -T0 --x86 --lzma2=preset={effort}", "--owner=0", "--group=0", "--sort=name")
    run("tar", *how, "-C", str(folder), f"--transform=s,^[.],{name},", "-cf", str(target), ".")


def pack_deb(program: Path, edition: str, effort: int) -> None:
    """A Debian package: the program under /opt, and what a desktop wants to know of it."""
    package = BUILD / "deb"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(program, package / "opt" / NAME, symlinks=True)
    places = {
        HERE / "linux" / f"{NAME}.desktop": f"usr/share/applications/{NAME}.desktop",
        ROOT / "assets" / "icons" / "app.svg": f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg",
        HERE / "linux" / "copyright": f"usr/share/doc/{NAME}/copyright",
    }
    for source, place in places.items():
        (package / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, package / place)
    (package / "usr" / "bin").mkdir()
    (package / "usr" / "bin" / NAME).symlink_to(f"/opt/{NAME}/{NAME}")
    size = sum(file.stat().st_size for file in package.rglob("*") if file.is_file() and not file.is_symlink())
    control = Template((HERE / "linux" / "control").read_text(encoding="utf-8"))
    values = {"version": __version__, "architecture": debian_machine(), "size": size // 1024, "edition": edition}
    parts = BUILD / "deb-parts"
    shutil.rmtree(parts, ignore_errors=True)
    (parts / "control").mkdir(parents=True)
    (parts / "control" / "control").write_text(control.substitute(values), encoding="utf-8")
    (parts / "debian-binary").write_text("2.0\n", encoding="ascii")
    pack(parts / "control", parts / "control.tar.xz", ".", effort)
    pack(package, parts / "data.tar.xz", ".", effort)
    target = DIST / f"{NAME}-{edition}_{__version__}_{debian_machine()}.deb"
    target.unlink(missing_ok=True)
    members = ("debian-binary", "control.tar.xz", "data.tar.xz")
    run("ar", "rc", str(target), *(str(parts / member) for member in members))  # dpkg-deb itself knows no such filter


def pack_setup(program: Path, target: Path) -> None:
    """The setup program for Windows, which NSIS makes on any system; signed where SIGN_COMMAND says how."""
    compiler = shutil.which("makensis")
    if compiler is None:
        sys.exit(f"{program} is ready; install NSIS to make a setup program of it")
    sign = [f"-DSIGN={command}"] if (command := os.environ.get("SIGN_COMMAND")) else []
    values = (f"-DVERSION={__version__}", f"-DPROGRAM={program}", f"-DTARGET={target}")
    run(compiler, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *values, *sign, str(HERE / "windows" / "setup.nsi"))


def machine() -> str:
    """The processor's name, as in file names."""
    return os.uname().machine


def debian_machine() -> str:
    """The processor's name, as Debian has it."""
    return subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()


def run(*command: str, **environment: str) -> None:
    """Runs a command from the project's root; ends the build where it fails."""
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment})


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "field")
