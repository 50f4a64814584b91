"""How sharp the suite is: interpreters with one small fault each, made and judged.

::

    whole = original(("python3.12",))
    for fault in sample(places(whole), 300, seed=0):
        with planted(whole, fault, directory) as command:
            ...
"""

from conformance.sensitivity.drawing import MODULES, places, sample
from conformance.sensitivity.faults import Fault, mutated
from conformance.sensitivity.operators import KINDS, faults_of
from conformance.sensitivity.originals import Original, original
from conformance.sensitivity.planting import planted

__all__ = ["KINDS", "MODULES", "Fault", "Original", "faults_of", "mutated", "original", "places", "planted", "sample"]
