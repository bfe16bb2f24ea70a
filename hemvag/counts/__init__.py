"""The numbers wing's first room: views of counts, read through a connection whose role can read nothing else."""
