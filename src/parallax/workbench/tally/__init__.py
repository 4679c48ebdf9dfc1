"""Tallies by place, day, actor, kind and class of victim."""
