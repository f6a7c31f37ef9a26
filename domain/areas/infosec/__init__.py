"""Information security 信息安全: incidents and leaks, found, reported, settled and filed."""

from domain.areas.infosec import incidents

REGISTERS = incidents.REGISTERS
