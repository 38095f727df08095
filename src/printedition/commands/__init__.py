"""What the commands do: each in a module of its own, which cli.py puts on the command line."""
