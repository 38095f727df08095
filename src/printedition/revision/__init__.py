"""What changed between two printings, and the errata that follow."""
