"""Let each of our threads multiply by itself: imported before numpy, where numpy was not imported already.

Replicates are shared among the cores (`work`). If every product of small matrices were shared among them too, the
threads of both would wait for each other by spinning; it was measured to cost four times the processor time. Whoever
has chosen a number of threads keeps it.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
