"""The printed book. Only this package touches WeasyPrint, and some of its private parts."""
