"""Where entries lie: the port and its promises, and the stores that keep them."""
