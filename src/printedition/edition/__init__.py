"""The model of an edition: what a reader makes and every later step uses. Frozen values only."""
