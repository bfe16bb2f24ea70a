"""Log review: samples drawn from the read log, who reviews them, and the log for the privacy officer."""
