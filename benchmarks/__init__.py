"""How fast planledger is, measured beside what it is compared with."""
