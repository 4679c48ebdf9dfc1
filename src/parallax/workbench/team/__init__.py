"""A team at one workbench: who may come in, and what they may do."""
