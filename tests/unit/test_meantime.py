"""Reading in a process of its own, while this one loads what sets pages."""

from __future__ import annotations

import subprocess
import sys

START = """
import os, sys
from printedition import meantime
meantime.processors = lambda: 2
"""


def _printed(code: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", START + code], capture_output=True, text=True, check=True
    )
    return run.stdout.split("\n")[:-1]


def test_another_process_works_while_this_one_loads() -> None:
    work = "lambda: (os.getpid() == mine, 'weasyprint' in sys.modules)"
    printed = _printed(f"""
mine = os.getpid()
meantime._FIRST = ()
import time
print(*meantime.meanwhile(lambda: (time.sleep(0.1), ({work})())[1]))
print("weasyprint" in sys.modules)
print(*meantime.meanwhile({work}))
""")
    assert printed == ["False False", "True", "True True"]


def test_what_is_much_to_hand_over_is_made_by_this_process() -> None:
    printed = _printed("""
mine = os.getpid()
print(meantime.meanwhile(lambda: os.getpid() == mine, meantime._MOST + 1))
print("weasyprint" in sys.modules)
""")
    assert printed == ["True", "False"]


def test_what_goes_wrong_in_the_other_process_is_raised_in_this_one() -> None:
    printed = _printed("""
try:
    meantime.meanwhile(lambda: 1 / 0)
except ZeroDivisionError as fault:
    print(fault)
""")
    assert printed == ["division by zero"]


def test_steps_are_told_with_the_time_that_they_took() -> None:
    printed = _printed("""
import time
from printedition.meantime import Steps
from printedition.report import Detail, Progress
steps = Steps()
steps("1 Read", "")
time.sleep(0.2)
steps("2 Check", "3 texts")
told = []
steps.retell(lambda *step: told.append(step))
print(told)
with Progress(sys.stdout, Detail.ALL) as progress:
    steps.retell(progress)
""")
    assert printed[0] == "[('1 Read', ''), ('2 Check', '3 texts')]"
    assert printed[1] == "1 Read"
    assert 0.2 <= float(printed[2].removesuffix(" s")) < 2
    assert printed[3:5] == ["2 Check", "  3 texts"]
