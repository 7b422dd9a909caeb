"""The export of everything beside the sqlite3 shell: `python -m tests.reports.speed FILE`, on what `million` filled.

Both write a file of the same rows and the same columns under the same headers, in turns, `TURNS` each; told are the
medians of the seconds by the clock and of a processor. The shell's query is what SQL has to do for the same cells: the
newest result of every photo by path, words instead of codes, names instead of labels, numbers to six decimals, local
times. It has no part in what else we do: escaped paths, formulas disarmed, the names of usual places in English, bytes
that are on the disk before it counts. Which cells differ is told: the options are JSON as it is stored, and the
smallest numbers are written in SQLite's way (7.0e-05 for 7e-05).
"""

import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from itertools import combinations
from pathlib import Path

from defect_desktop.core.decision import TOP, CheckReason
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.review import ReviewState, Shot
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Language
from defect_desktop.reports.csv_columns import BLOCKS
from defect_desktop.reports.csv_report import write_csv
from defect_desktop.store.database import Database

TURNS = 3
LANGUAGE = Language.KOREAN
HEADERS = [header.text(LANGUAGE) for block in BLOCKS for header in block.headers]


def words_for(column, words):
    """SQL for what a code stands for."""
    cases = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in words)
    return f"CASE {column} {cases} END"


def one_of(column, kinds, words):
    """SQL for the words of one code."""
    return words_for(column, [(kind.value, words(kind).text(LANGUAGE)) for kind in kinds])


def some_of(column, kinds):
    """SQL for the words of a JSON list of codes, the empty list first."""
    lists = [chosen for size in range(len(kinds) + 1) for chosen in combinations(kinds, size)]
    return words_for(column, [(json.dumps(each), "; ".join(k.sentence.text(LANGUAGE) for k in each)) for each in lists])


def ranked(rank):
    """SQL for a label and its probability."""
    return f"json_extract(r.top, '$[{rank}].label')", f"round(json_extract(r.top, '$[{rank}].probability'), 6)"


CELLS = (
    "p.path",
    "iif(r.problem IS NULL, '분류됨', '실패')",
    "r.ai_label",
    "n.name",
    "round(r.confidence, 6)",
    "iif(r.needs_check, '예', iif(r.needs_check IS NULL, NULL, '아니요'))",
    some_of("r.check_reasons", list(CheckReason)),
    one_of("p.review", ReviewState, lambda state: state.words),
    "(SELECT group_concat(label, '; ') FROM (SELECT l.label FROM photo_label l "
    "WHERE l.photo_id = p.id ORDER BY l.position))",
    "(SELECT group_concat(name, '; ') FROM (SELECT h.name FROM photo_label l "
    "JOIN name h ON h.run_id = r.run_id AND h.label = l.label WHERE l.photo_id = p.id ORDER BY l.position))",
    "p.note",
    *("w.project", "w.building", "w.unit", "w.room", "w.part", "w.trade"),
    "p.group_id",
    one_of("p.shot", Shot, lambda shot: shot.words),
    some_of("p.quality", list(QualityFinding)),
    *(cell for rank in range(TOP) for cell in ranked(rank)),
    "round(r.margin, 6)",
    "round(r.agreement, 6)",
    "r.asked",
    "r.problem",
    one_of("r.problem", PhotoProblem, lambda problem: problem.sentence),
    "p.size",
    "datetime(p.mtime_ns / 1000000000, 'unixepoch', 'localtime')",
    "p.content_hash",
    "datetime(r.classified_at, 'localtime')",
    "r.run_id",
    *("run.pack_name", "run.pack_version", "run.fingerprint", "run.engine", "run.device", "run.program_version"),
    "run.options",
)

QUERY = f"""
WITH name(run_id, label, name) AS MATERIALIZED (
  SELECT run.id, each.key, json_extract(each.value, '$.{LANGUAGE}') FROM run, json_each(run.class_names) each
)
SELECT {", ".join(f'{cell} AS "{header}"' for cell, header in zip(CELLS, HEADERS, strict=True))}
FROM photo p
JOIN result r ON r.id = p.result_id
JOIN run ON run.id = r.run_id
LEFT JOIN place w ON w.id = p.place_id
LEFT JOIN name n ON n.run_id = r.run_id AND n.label = r.ai_label
ORDER BY p.path, p.content_hash;
"""


def ours(file, target):
    with Database.open(file) as database:
        write_csv(database.all_pages(), target, LANGUAGE)


def shell(file, target):
    with target.open("wb") as out:
        subprocess.run(["sqlite3", "-csv", "-header", str(file), QUERY], stdout=out, check=True)


def timed(write):
    """Seconds by the clock, and of a processor, here and in programs that were called."""
    begun, used = time.perf_counter(), processor()
    write()
    return time.perf_counter() - begun, processor() - used


def processor():
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def tell_differences(*files):
    """How many cells of each column are not the same."""
    opened = [path.open(encoding="utf-8-sig", newline="") for path in files]
    differing, rows = Counter(), 0
    for row, other in zip(*map(csv.DictReader, opened), strict=True):
        differing.update(header for header in HEADERS if row[header] != other[header])
        rows += 1
    tell(f"{rows} rows each; cells that differ: {dict(differing) or 'none'}")


def tell(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def race(file, folder):
    writers = {"ours": partial(ours, file, folder / "ours.csv"), "shell": partial(shell, file, folder / "shell.csv")}
    taken = {name: [] for name in writers}
    for turn in range(TURNS):
        for name, write in writers.items():
            taken[name].append(timed(write))
            tell(f"turn {turn + 1}, {name}: {taken[name][-1][0]:.1f} s, {taken[name][-1][1]:.1f} s of a processor")
    for place, kind in enumerate(("by the clock", "of a processor")):
        we, they = (statistics.median(each[place] for each in taken[name]) for name in writers)
        tell(f"median {kind}: ours {we:.1f} s, shell {they:.1f} s, ratio {we / they:.2f}")
    tell_differences(folder / "ours.csv", folder / "shell.csv")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        race(Path(sys.argv[1]), Path(made))
