"""Folds over history: the plan at a point, and what a person sees of it on a day. Pure."""
