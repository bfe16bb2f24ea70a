"""How ready the town is: level, resources, reinforcement of districts, horizon and exercises. Numbers, never names."""
