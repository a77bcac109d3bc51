"""Judgements of persons: which of them stand, what is wrong with the others, and a claim as it was corrected."""

from __future__ import annotations

from harmledger.judged.mending import Places as Places
from harmledger.judged.mending import point as point
from harmledger.judged.resolved import Standing as Standing
from harmledger.judged.resolved import Unplaced as Unplaced
from harmledger.judged.resolved import corrected as corrected
from harmledger.judged.resolved import corrections_of as corrections_of
from harmledger.judged.resolved import fault as fault
from harmledger.judged.resolved import is_corrected as is_corrected
from harmledger.judged.resolved import moment as moment
from harmledger.judged.resolved import not_found as not_found
from harmledger.judged.resolved import said as said
from harmledger.judged.resolved import standing as standing
from harmledger.judged.resolved import who as who
