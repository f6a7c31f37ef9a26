"""Information security 信息安全: incidents and leaks as they are found, reported and filed."""

from domain.areas.infosec import incidents

REGISTERS = incidents.REGISTERS
