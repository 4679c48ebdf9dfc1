"""What a person chooses to look at: the list, the map and the timeline of one selection."""
