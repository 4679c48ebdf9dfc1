"""The walks of the story of a team, by what they show."""
