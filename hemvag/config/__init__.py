"""Settings, environment, command line, the embedded database and everything that runs by itself."""
