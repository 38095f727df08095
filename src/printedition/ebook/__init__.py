"""The e-book: XHTML by templates, navigation, package, archive."""
