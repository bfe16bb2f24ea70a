"""The read log and nothing else."""
