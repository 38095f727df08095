"""The preview: a page in the browser that shows the books as they are made.

It is the program's own and no part of the house style, so no edition overrides it.
"""
