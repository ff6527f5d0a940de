"""Matters: what a body is asked about that is neither a need nor a plan. Advice, strategy, exemptions, changes, opt-outs."""
