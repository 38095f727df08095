"""python -m printedition"""

from printedition.cli import main

main()
