"""How much of a data file is read at most; beyond it the file is refused with a diagnostic."""

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 2_000
MAX_CELLS = 1_000_000
"""Every unit keeps its trace: so many cells come to some 2.5 GB of memory at most."""

MAX_AREA = 5 * MAX_CELLS
"""Rows times columns of a sheet up to its last filled cell: empty ones cost time too."""

MAX_CELL_LENGTH = 32_767
"""In characters: what Excel itself allows in a cell."""

MAX_UNPACKED_BYTES = 192 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_RATIO = 150
"""A workbook of more than ``RATIO_FROM_BYTES`` that unpacks to more than so many times its size is a trap."""

RATIO_FROM_BYTES = 8 * 1024 * 1024
MAX_OTHER_ELEMENTS = 200_000
"""XML elements of one part of a workbook that are no cells, rows or shared texts."""

MAX_SHARED_TEXTS = 500_000
MAX_TOKEN_BYTES = 2 * 1024 * 1024
"""One XML tag or comment; older XML parsers take time by its square."""

MAX_EXPONENT = 30
MAX_NUMBER_LENGTH = 40
MAX_LIST_LENGTH = 1_000
"""Marks in one checklist of a JSON file."""

MAX_CONTAINERS = 2 * MAX_ROWS
MAX_DEPTH = 8
MAX_FINDINGS = 100
