"""Where people decide: the queue, the forms of a decision, claims of their own."""
