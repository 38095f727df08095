"""What an editor does with texts: find quotations, check, collate, gather."""
