"""Runs cases on implementations: finding them, writing trees, asking, and what a process does to the answer.

::

    environment = harness.run.environment(os.environ)
    with Workspace() as workspace:
        for implementation in find(["3.12"], workspace, environment=environment).implementations:
            subject = connect(implementation, workspace, environment=environment)
            try:
                observations = subject.observe([workspace.place(case) for case in cases])
            finally:
                subject.close()
"""

from harness.run.changes import change
from harness.run.connecting import connect
from harness.run.containing import contained
from harness.run.containment import Contain
from harness.run.discovery import Found, find
from harness.run.errors import AdapterError, HarnessError, ProtocolError, TreeRefusedError
from harness.run.health import examine
from harness.run.limits import Limits, Mode
from harness.run.patience import Stopped
from harness.run.places import base_interpreter
from harness.run.probing import Implementation
from harness.run.subject import Subject
from harness.run.surroundings import environment
from harness.run.workspace import Placed, Workspace

__all__ = [
    "AdapterError",
    "Contain",
    "Found",
    "HarnessError",
    "Implementation",
    "Limits",
    "Mode",
    "Placed",
    "ProtocolError",
    "Stopped",
    "Subject",
    "TreeRefusedError",
    "Workspace",
    "base_interpreter",
    "change",
    "connect",
    "contained",
    "environment",
    "examine",
    "find",
]
