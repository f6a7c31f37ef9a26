"""Information security 信息安全: incidents, faults, power cuts, idle computers, the index."""

from domain.areas.infosec import computers, incidents

REGISTERS = (*incidents.REGISTERS, *computers.REGISTERS)
CASES = (incidents.RESPONSE, *computers.CASES)
