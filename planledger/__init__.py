"""An event-sourced ledger of public-sector improvement plans."""
