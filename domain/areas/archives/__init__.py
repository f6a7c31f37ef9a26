"""Archives 档案: the catalogue, filing, reading, lists handed over, checks and destruction."""

from domain.areas.archives import books, destruction, filing, occasions, reading

THINGS = (books.VOLUMES,)
HOLDS = (reading.HOLDS,)
CASES = (filing.FILING, reading.READING, destruction.DESTRUCTION, occasions.OCCASION)
REGISTERS = (books.TRANSFERS,)
CHECKS = books.CHECKS
