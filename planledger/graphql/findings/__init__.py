"""Findings in a plan: `findings.py` lists them all, `finding.py` and `entries.py` say what each is.

`lists.py` and `entry_lists.py` give their pages, by `filters.py` and in `orders.py`.
"""
