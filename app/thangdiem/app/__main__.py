"""``python -m thangdiem.app``: the same program as ``thangdiem``."""

from thangdiem.app.cli import main

main()
