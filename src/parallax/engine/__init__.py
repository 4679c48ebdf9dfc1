"""Engines: the same two verbs, `map` and `group`, on one machine or many."""
