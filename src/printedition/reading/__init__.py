"""From the files of an edition to its model, with a diagnostic for all that is wrong."""
