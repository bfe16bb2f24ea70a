"""The demo: its own settings, addresses and sign-in, for invented people and loopback only."""
