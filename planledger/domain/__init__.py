"""What may happen: commands, refusals, the plan as a value, evolve and decide. Pure."""
