"""Building views: the plan as a value in, the plan as a person sees it out."""
