"""What cases, needs and drafts point to: decisions of elected bodies, national guidance, the strategy, trends, guides."""
