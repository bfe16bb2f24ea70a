"""How fast Hemväg answers, measured beside a floor on the same machine; run by bin/bench."""
