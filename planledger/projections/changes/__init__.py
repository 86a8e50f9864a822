"""What changed between two points, what made it change, and the history of any one thing.

A point is (r, v): a position of the ledger and an effective day. Two points are compared NET (their
ends) or by STEPS (every move between). A change of the world and a correction of the record are
never told as one (design pages 3.2 and 3.3).
"""
